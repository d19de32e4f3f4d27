using System.Reflection;
using System.Reflection.Emit;

namespace MigrationsBuild.Testing;

/// <summary>
/// Which folders of a project use which, read from the compiled assembly: from signatures, attributes and the code of methods. A folder is
/// the part of a namespace that follows the project's own.
/// </summary>
/// <param name="assembly">The assembly.</param>
/// <param name="project">The project's namespace.</param>
public sealed class FolderDependencies(Assembly assembly, string project)
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> _opCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>
    /// Each pair of folders that use one another, directly or through others, with a type that does so: empty if there is an order in which
    /// each folder uses only those before it.
    /// </summary>
    public IReadOnlyList<string> Circles
    {
        get
        {
            var uses = Uses();
            if (uses.Count == 0)
                throw new InvalidOperationException(
                    $"{assembly.GetName().Name} has no folders that use each other: is {project} its namespace?");
            var reachable = uses.GroupBy(use => use.From)
                .ToDictionary(group => group.Key, group => group.Select(use => use.To).ToHashSet());
            for (var grows = true; grows;)
            {
                grows = false;
                foreach (var targets in reachable.Values)
                {
                    foreach (var next in targets.ToList().SelectMany(target => reachable.GetValueOrDefault(target) ?? []))
                        grows |= targets.Add(next);
                }
            }

            return
            [
                .. uses.Where(use => reachable.GetValueOrDefault(use.To)?.Contains(use.From) == true)
                    .Select(use => $"{use.From} -> {use.To}: {use.Example}").Order(StringComparer.Ordinal),
            ];
        }
    }

    /// <summary>The uses of one folder by another, each with its first example.</summary>
    private List<(string From, string To, string Example)> Uses() =>
    [
        .. assembly.GetTypes().Where(IsOurs)
            .SelectMany(type => UsedBy(type).SelectMany(Parts).Distinct().Where(used => used.Assembly == assembly && IsOurs(used))
                .Select(used => (From: FolderOf(type), To: FolderOf(used), Example: $"{type.Name} uses {used.Name}")))
            .Where(use => use.From != use.To)
            .GroupBy(use => (use.From, use.To))
            .Select(group => group.First()),
    ];

    private bool IsOurs(Type type) =>
        type.Namespace is { } name && (name == project || name.StartsWith(project + ".", StringComparison.Ordinal));

    private string FolderOf(Type type) =>
        type.Namespace!.Length == project.Length ? "(root)" : type.Namespace[(project.Length + 1)..].Split('.')[0];

    /// <summary>A type and those that it is made of.</summary>
    private static IEnumerable<Type> Parts(Type type) => type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
        : [type];

    private static IEnumerable<Type> UsedBy(Type type) =>
    [
        .. type.GetInterfaces(),
        .. type.BaseType is { } parent ? [parent] : Type.EmptyTypes,
        .. AttributesOf(type),
        .. type.GetFields(Declared).SelectMany(field => Known(() => AttributesOf(field).Append(field.FieldType))),
        .. type.GetMethods(Declared).SelectMany(method => Known(() => UsedBy(method).Append(method.ReturnType))),
        .. type.GetConstructors(Declared).SelectMany(constructor => Known(() => UsedBy(constructor))),
    ];

    private static IEnumerable<Type> UsedBy(MethodBase method) =>
    [
        .. AttributesOf(method),
        .. method.GetParameters().Select(parameter => parameter.ParameterType),
        .. method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? [],
        .. Tokens(method).Select(token => Resolve(method, token)).OfType<MemberInfo>().SelectMany(UsedBy),
    ];

    private static IEnumerable<Type> UsedBy(MemberInfo member) => member switch
    {
        Type type => [type],
        MethodInfo { IsGenericMethod: true } method => [method.DeclaringType!, .. method.GetGenericArguments()],
        _ => member.DeclaringType is { } type ? [type] : [],
    };

    private static IEnumerable<Type> AttributesOf(MemberInfo member) =>
        member.CustomAttributes.Select(attribute => attribute.AttributeType);

    private static MemberInfo? Resolve(MethodBase method, int token) => method.Module.ResolveMember(
        token,
        method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null,
        method.IsGenericMethod ? method.GetGenericArguments() : null);

    /// <summary>The types that a member uses; none if it uses a library that the test host doesn't have.</summary>
    private static Type[] Known(Func<IEnumerable<Type>> types)
    {
        try
        {
            return [.. types()];
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }

    /// <summary>The tokens of types, methods and fields in a method's code.</summary>
    private static IEnumerable<int> Tokens(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var i = 0; i < code.Length;)
        {
            var opCode = code[i] == 0xFE ? _opCodes[(short)(0xFE00 | code[++i])] : _opCodes[code[i]];
            i++;
            if (opCode.OperandType
                is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                yield return BitConverter.ToInt32(code, i);
            i += opCode.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, i)),
                _ => 4,
            };
        }
    }
}
