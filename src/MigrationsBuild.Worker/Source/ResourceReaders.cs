using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace MigrationsBuild.Worker.Source;

/// <summary>
/// Finds migrations that read embedded resources, directly or through helpers in other projects. The name of the resource may be built at
/// run time, so the code doesn't show which resource it is.
/// </summary>
/// <param name="projects">The names of the assemblies whose code is searched. Packages are not searched.</param>
internal sealed class ResourceReaders(HashSet<string> projects)
{
    private static readonly Dictionary<short, OpCode> _codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private readonly HashSet<MethodBase> _visited = [];

    /// <summary>Whether the code of a migration, or code that it calls, reads a resource.</summary>
    public bool Contains(Type type)
    {
        _visited.Clear();
        // The model of a Designer file is large and calls only EF Core.
        return MethodsOf(type).Where(method => method.Name != "BuildTargetModel").Any(Reads);
    }

    private static IEnumerable<MethodBase> MethodsOf(Type type)
    {
        const BindingFlags All = BindingFlags.DeclaredOnly
            | BindingFlags.Public
            | BindingFlags.NonPublic
            | BindingFlags.Static
            | BindingFlags.Instance;
        return type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All));
    }

    private bool Reads(MethodBase method)
    {
        if (method.DeclaringType == typeof(Assembly) && method.Name.StartsWith("GetManifestResource", StringComparison.Ordinal))
            return true;
        if (!IsOwn(method) || !_visited.Add(method))
            return false;
        return Called(method).Concat(CompilerGenerated(method)).Any(Reads);
    }

    /// <summary>For lambdas, iterators and async methods the compiler generates a class, whose constructor the method calls.</summary>
    private static IEnumerable<MethodBase> CompilerGenerated(MethodBase method) =>
        method is { IsConstructor: true, DeclaringType: { } type } && type.IsDefined(typeof(CompilerGeneratedAttribute))
            ? MethodsOf(type)
            : [];

    private bool IsOwn(MethodBase method) => projects.Contains(method.Module.Assembly.GetName().Name!);

    private static List<MethodBase> Called(MethodBase method)
    {
        var called = new List<MethodBase>();
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var i = 0; i < code.Length;)
        {
            var operation = code[i] == 0xFE && i + 1 < code.Length ? _codes[(short)(0xFE00 | code[i + 1])] : _codes[code[i]];
            i += operation.Size;
            if (operation.OperandType == OperandType.InlineMethod && Resolve(method, BitConverter.ToInt32(code, i)) is { } target)
                called.Add(target);
            i += SizeOf(operation.OperandType, code, i);
        }

        return called;
    }

    private static MethodBase? Resolve(MethodBase method, int token)
    {
        try
        {
            return method.Module.ResolveMethod(
                token,
                method.DeclaringType?.GetGenericArguments(),
                method.IsGenericMethod ? method.GetGenericArguments() : null);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The method's assembly is missing.
            return null;
        }
    }

    private static int SizeOf(OperandType operand, byte[] code, int position) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, position),
        _ => 4,
    };
}
