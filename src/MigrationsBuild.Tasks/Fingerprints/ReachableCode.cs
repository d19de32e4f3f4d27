using System.Reflection.Metadata;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>
/// The types and methods that the model may depend on. They are met in an order that depends only on themselves, and each is added to the
/// fingerprint when it is met.
/// </summary>
internal sealed class ReachableCode
{
    private readonly ReferenceReader _references;
    private readonly TypePrinter _types;
    private readonly MethodPrinter _methods;
    private readonly HostBuilders _hosts;
    private readonly CallTargets _targets;
    private readonly Queue<CodeType> _openTypes = new();
    private readonly Queue<CodeMethod> _openMethods = new();
    private readonly HashSet<CodeMethod> _held = [];
    private bool _findsTypes;

    private readonly List<string>? _trail;

    public ReachableCode(CodeBase code, List<string>? trail = null)
    {
        (Code, _trail) = (code, trail);
        _references = new ReferenceReader(code);
        Attributes = new AttributePrinter(this);
        _types = new TypePrinter(this, Attributes);
        _methods = new MethodPrinter(this, _types);
        _targets = new CallTargets(this);
        _hosts = new HostBuilders(_references);
    }

    public CodeBase Code { get; }

    public PrintHash Print { get; } = new();

    public AttributePrinter Attributes { get; }

    /// <summary>Whether code is loaded that nobody has read: then there is no fingerprint.</summary>
    public bool LoadsCode { get; private set; }

    /// <summary>Whether resources are read, other than by the migrations themselves.</summary>
    public bool ReadsResources { get; private set; }

    /// <summary>Whether a call from the entry point ends there, because it builds the host.</summary>
    public bool BuildsHost(CodeAssembly assembly, Instruction instruction) => _hosts.IsBuiltBy(assembly, instruction);

    public CodeReference Read(CodeAssembly assembly, EntityHandle handle) => _references.Read(assembly, handle);

    /// <summary>Adds everything that was met, and what that leads to.</summary>
    public void Complete()
    {
        while (_openTypes.Count > 0 || _openMethods.Count > 0)
        {
            if (_openTypes.Count > 0)
            {
                var type = _openTypes.Dequeue();
                _trail?.Add($"{Print} {Code.NameOf(type)}");
                _types.Print(type);
                _targets.Add(type);
            }
            else
            {
                var method = _openMethods.Dequeue();
                _trail?.Add($"{Print} {Code.NameOf(method.Type)}::{Code.NameOf(method)}");
                _methods.Print(method, _held.Contains(method));
            }
        }
    }

    public void Mention(IEnumerable<CodeType> types)
    {
        foreach (var type in types)
            Mention(type);
    }

    public void Mention(CodeType type)
    {
        if (type.IsMentioned)
            return;
        type.IsMentioned = true;
        _openTypes.Enqueue(type);
    }

    public void Reach(CodeMethod method)
    {
        if (method.IsReached)
            return;
        method.IsReached = true;
        Mention(method.Type);
        _openMethods.Enqueue(method);
    }

    /// <summary>Has all methods of a type and its own base types count.</summary>
    public void ReachAll(CodeType type)
    {
        foreach (var part in type.Lineage)
        {
            part.CallsAll = true;
            Mention(part);
            foreach (var method in part.Methods)
                Reach(method);
        }
    }

    /// <summary>Adds methods of which nothing runs after the call that builds the host, unless other code calls them.</summary>
    public void ReachHeld(IReadOnlyList<CodeMethod> methods)
    {
        _held.UnionWith(methods);
        foreach (var method in methods)
            Reach(method);
    }

    /// <summary>Follows what a token means.</summary>
    /// <param name="reference">Its meaning.</param>
    /// <param name="from">The method whose code has the token, if it is code.</param>
    public void Follow(CodeReference reference, CodeMethod? from)
    {
        var mayRelease = _held.Count > 0 && reference.Methods.Count > 0 && (from is null || !_held.Contains(from));
        if (mayRelease && reference.Methods.Any(_held.Contains))
            Release();
        if (reference.IsFollowed)
            return;
        reference.IsFollowed = true;
        Mention(reference.Mentions);
        foreach (var method in reference.Methods)
        {
            Reach(method);
            if (method.IsVirtual)
                _targets.Call(method.Slot);
        }

        if (reference.Field is { } field)
            _types.Print(field, hasName: false);
        if (reference.External is { } member)
            Follow(member);
    }

    /// <summary>Follows a text that may name a type, or a method of a type that is mentioned anywhere.</summary>
    public void FollowName(string name)
    {
        if (Code.Find(name) is { } type)
            Mention(type);
        _targets.CallNamed(name);
    }

    /// <summary>Adds what a call finds without naming it.</summary>
    public void Doubt(CodeReference call, Reflection reflection)
    {
        switch (reflection)
        {
            case Reflection.FindsTypes:
                MentionAll();
                break;
            case Reflection.FindsMethods:
                _targets.CallAll();
                break;
            case Reflection.FindsAll:
            case Reflection.CallsAllOfArgument when call.Arguments.Count == 0:
                FindAll();
                break;
            case Reflection.LoadsCode:
                LoadsCode = true;
                break;
            case Reflection.CallsAllOfArgument:
                foreach (var type in call.Arguments)
                    ReachAll(type);
                break;
        }
    }

    private void Follow(ExternalMember member)
    {
        ReadsResources |= member.Type.Name.StartsWith("System.Resources.", StringComparison.Ordinal)
            || member.Type.Assembly.StartsWith("Microsoft.Extensions.Localization", StringComparison.Ordinal)
            || member.Name.StartsWith("GetManifestResource", StringComparison.Ordinal);
        if (ServingContracts.AreCalledBy(member))
            _targets.Serve();
        if (ServingContracts.AreStartedBy(member))
            FindAll();
    }

    private void FindAll()
    {
        MentionAll();
        _targets.CallAll();
    }

    private void Release()
    {
        foreach (var method in _held)
            _openMethods.Enqueue(method);
        _held.Clear();
    }

    /// <summary>Mentions all types that a search finds, in the order in which it finds them.</summary>
    private void MentionAll()
    {
        if (_findsTypes)
            return;
        _findsTypes = true;
        foreach (var type in Code.Assemblies.SelectMany(assembly => assembly.Types).Where(IsFound))
        {
            Print.Add(Code.NameOf(type));
            Mention(type);
        }
    }

    /// <summary>Whether a search would find a type that source declares.</summary>
    private static bool IsFound(CodeType type) =>
        !type.IsClosure && !type.ShortName.StartsWith("<>", StringComparison.Ordinal);
}
