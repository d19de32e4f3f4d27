using System.Reflection;
using System.Reflection.Metadata;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>
/// The methods of mentioned types that are called without being named: by virtual calls, by libraries, and by reflection.
/// </summary>
internal sealed class CallTargets(ReachableCode reachable)
{
    private static readonly HashSet<string> _methodsOfObject = ["ToString", "Equals", "GetHashCode", "Finalize"];
    private static readonly HashSet<string> _basicTypes = ["System.Object", "System.ValueType", "System.Enum", "System.Attribute"];

    private readonly Dictionary<MethodSlot, List<CodeMethod>> _bySlot = [];
    private readonly Dictionary<string, List<CodeMethod>> _byName = [];
    private readonly HashSet<MethodSlot> _called = [];
    private readonly HashSet<string> _named = [];
    private readonly List<CodeMethod> _serving = [];
    private bool _callsAll;
    private bool _serves;

    /// <summary>Adds a mentioned type.</summary>
    public void Add(CodeType type)
    {
        var implementations = Implementations(type);
        foreach (var method in type.Methods)
        {
            Add(_byName, method.Name, method);
            if (method.IsVirtual)
                AddTarget(method.Slot, method);
            if (IsCalled(method) || (method.IsVirtual && IsCalledByLibrary(method, implementations[method].ToList())))
                reachable.Reach(method);
        }

        foreach (var declarations in implementations)
        {
            foreach (var declaration in declarations)
                AddImplementation(declarations.Key, declaration);
        }
    }

    private void AddImplementation(CodeMethod method, CodeReference declaration)
    {
        foreach (var declared in declaration.Methods.Where(declared => declared.Slot != method.Slot || !method.IsVirtual))
            AddTarget(declared.Slot, method);
        if (declaration.External is not null && !method.IsVirtual)
            reachable.Reach(method);
    }

    /// <summary>A virtual call: each method of that slot may be its target.</summary>
    public void Call(MethodSlot slot)
    {
        if (_called.Add(slot) && _bySlot.TryGetValue(slot, out var methods))
            methods.ForEach(reachable.Reach);
    }

    /// <summary>A call by name.</summary>
    public void CallNamed(string name)
    {
        if (_named.Add(name) && _byName.TryGetValue(name, out var methods))
            methods.ForEach(reachable.Reach);
    }

    /// <summary>Calls of any methods by reflection.</summary>
    public void CallAll()
    {
        if (_callsAll)
            return;
        _callsAll = true;
        foreach (var method in _byName.Values.SelectMany(methods => methods).Where(method => !method.Type.IsClosure).ToList())
            reachable.Reach(method);
    }

    /// <summary>The application runs, so its services are called.</summary>
    public void Serve()
    {
        if (_serves)
            return;
        _serves = true;
        _serving.ForEach(reachable.Reach);
    }

    private void AddTarget(MethodSlot slot, CodeMethod method)
    {
        Add(_bySlot, slot, method);
        if (_called.Contains(slot))
            reachable.Reach(method);
    }

    private static void Add<T>(Dictionary<T, List<CodeMethod>> methods, T key, CodeMethod method)
        where T : notnull
    {
        if (!methods.TryGetValue(key, out var list))
            methods[key] = list = [];
        list.Add(method);
    }

    /// <summary>
    /// Whether a method is called because its type is mentioned. Libraries call constructors, accessors and operators that they find by
    /// reflection: services are created, options are filled, and EF Core reads the rows of HasData.
    /// </summary>
    private bool IsCalled(CodeMethod method) => method.Name == ".cctor"
        || _named.Contains(method.Name)
        || (!method.Type.IsClosure
            && ((method.Definition.Attributes & MethodAttributes.SpecialName) != 0
                || _callsAll
                || method.Type.CallsAll
                || AttributePrinter.IsMarked(reachable.Code, method)));

    private bool IsCalledByLibrary(CodeMethod method, IReadOnlyList<CodeReference> declarations)
    {
        if (_methodsOfObject.Contains(method.SimpleName))
            return true;
        var contracts = ContractsOf(method, declarations);
        if (contracts.Exists(contract => !ServingContracts.Contains(contract)))
            return true;
        if (contracts.Count > 0)
        {
            _serving.Add(method);
            return _serves;
        }

        // Whatever implements something, but nothing that is known here.
        return declarations.Count == 0 && !method.IsOverride && (method.Definition.Attributes & MethodAttributes.Final) != 0
            && !DeclaresSlot(method);
    }

    /// <summary>The base types and interfaces of libraries that may declare a method.</summary>
    private List<ExternalType> ContractsOf(CodeMethod method, IReadOnlyList<CodeReference> declarations)
    {
        if (declarations.Count > 0)
            return [.. declarations.Select(declaration => declaration.External?.Type).OfType<ExternalType>()];
        return
        [
            .. method.Type.ExternalContracts.Concat(method.Type.ContractsOfDerived)
                .Where(contract => !_basicTypes.Contains(contract.Name))
                .Where(contract => ServingContracts.MayDeclare(contract, method.SimpleName)),
        ];
    }

    private static bool DeclaresSlot(CodeMethod method) => method.Type.Lineage.Skip(1)
        .Any(type => type.IsInterface && type.Methods.Any(declared => declared.Slot == method.Slot));

    /// <summary>The methods that implement a method of another name, or explicitly, with its declarations.</summary>
    private ILookup<CodeMethod, CodeReference> Implementations(CodeType type)
    {
        List<Implementation> found = [];
        foreach (var handle in type.Definition.GetMethodImplementations())
        {
            var implementation = type.Assembly.Metadata.GetMethodImplementation(handle);
            if (implementation.MethodBody.Kind == HandleKind.MethodDefinition)
            {
                found.Add(new Implementation(
                    type.Assembly.Method((MethodDefinitionHandle)implementation.MethodBody),
                    reachable.Read(type.Assembly, implementation.MethodDeclaration)));
            }
        }

        return found.ToLookup(implementation => implementation.Method, implementation => implementation.Declaration);
    }

    private sealed record Implementation(CodeMethod Method, CodeReference Declaration);
}
