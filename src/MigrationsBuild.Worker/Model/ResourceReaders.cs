using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace MigrationsBuild.Worker.Model;

/// <summary>
/// Which migrations read embedded resources: by themselves, or through helpers in other projects. The name of the resource may be put
/// together at run time, so no text tells which one.
/// </summary>
/// <param name="projects">Names of the assemblies whose code is looked at; packages are not.</param>
internal sealed class ResourceReaders(HashSet<string> projects)
{
    private static readonly Dictionary<short, OpCode> _codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private readonly HashSet<MethodBase> _visited = [];

    /// <summary>Whether code of a migration, or code that it calls, reads a resource.</summary>
    /// <param name="type">The migration's class.</param>
    public bool Contains(Type type)
    {
        _visited.Clear();
        // The model of a Designer file is large, and only describes.
        return MethodsOf(type).Where(method => method.Name != "BuildTargetModel").Any(Reads);
    }

    private static IEnumerable<MethodBase> MethodsOf(Type type)
    {
        const BindingFlags All = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;
        return type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All));
    }

    private bool Reads(MethodBase method)
    {
        if (method.DeclaringType == typeof(Assembly) && method.Name.StartsWith("GetManifestResource", StringComparison.Ordinal))
            return true;
        if (!IsOwn(method) || !_visited.Add(method))
            return false;
        // What the compiler makes of lambdas, iterators and async methods is a class of its own.
        var made = method is { IsConstructor: true, DeclaringType: { } type } && type.IsDefined(typeof(CompilerGeneratedAttribute)) ? MethodsOf(type) : [];
        return Called(method).Concat(made).Any(Reads);
    }

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
            return method.Module.ResolveMethod(token, method.DeclaringType?.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // A method of an assembly that isn't there.
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
