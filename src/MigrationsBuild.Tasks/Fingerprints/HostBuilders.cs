using System.Reflection.Metadata;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>
/// The calls that build a host. The worker runs the entry point and holds its thread there (ApplicationServices in the worker), so nothing
/// after such a call runs.
/// </summary>
internal sealed class HostBuilders(ReferenceReader references)
{
    public const string Interface = "Microsoft.Extensions.Hosting.IHostBuilder";

    private static readonly HashSet<string> _types =
    [
        "Microsoft.AspNetCore.Builder.WebApplicationBuilder", "Microsoft.Extensions.Hosting.HostApplicationBuilder",
        "Microsoft.Extensions.Hosting.HostBuilder", Interface,
    ];

    private readonly Dictionary<CodeMethod, bool> _known = [];

    /// <summary>Whether nothing after an instruction runs.</summary>
    public bool IsBuiltBy(CodeAssembly assembly, Instruction instruction)
    {
        if (instruction.Code is not (ILOpCode.Call or ILOpCode.Callvirt))
            return false;
        var called = references.Read(assembly, instruction.Token);
        return called.External is { } member
            ? member.Name == "Build" && member.Parameters.Count == 0 && _types.Contains(member.Type.Name)
            : called.Methods.Count == 1 && !called.Methods[0].IsVirtual && NeverReturns(called.Methods[0]);
    }

    /// <summary>Whether a method builds the host on each way through its code.</summary>
    private bool NeverReturns(CodeMethod method)
    {
        if (_known.TryGetValue(method, out var known))
            return known;
        _known[method] = false;
        if (method.Definition.RelativeVirtualAddress == 0)
            return false;
        var assembly = method.Type.Assembly;
        var body = assembly.Image.GetMethodBody(method.Definition.RelativeVirtualAddress);
        var code = new MethodCode(body, instruction => IsBuiltBy(assembly, instruction));
        return _known[method] = code.NeverReturns;
    }
}
