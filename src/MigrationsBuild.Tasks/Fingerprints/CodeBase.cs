using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>The assemblies whose code is read, and what their tokens mean.</summary>
internal sealed class CodeBase : IDisposable
{
    private readonly Dictionary<string, CodeAssembly> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<CodeAssembly, SignatureWriter> _writers = [];
    private int _numbers;

    /// <summary>
    /// Whether a type is missing in the assembly that should contain it: then another one contains it, and calls go there.
    /// </summary>
    public bool IsIncomplete { get; private set; }

    /// <param name="paths">The assemblies, the application first. The same assembly may be named by several paths.</param>
    /// <exception cref="BadImageFormatException">A file is no managed assembly.</exception>
    public CodeBase(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            var assembly = new CodeAssembly(path);
            if (_byName.ContainsKey(assembly.Name))
            {
                assembly.Dispose();
                continue;
            }

            Application ??= assembly;
            _byName[assembly.Name] = assembly;
            _writers[assembly] = new SignatureWriter(this, assembly);
        }

        foreach (var type in Types)
            AddContracts(type);
        foreach (var type in Types)
            AddInherited(type);
    }

    /// <summary>The assembly whose start-up code creates the contexts.</summary>
    public CodeAssembly? Application { get; }

    /// <summary>The assemblies, in the order of their names.</summary>
    public IEnumerable<CodeAssembly> Assemblies => _byName.Values.OrderBy(assembly => assembly.Name, StringComparer.Ordinal);

    public IEnumerable<CodeType> Types => _byName.Values.SelectMany(assembly => assembly.Types);

    /// <summary>The type of a full name, in whichever assembly it is.</summary>
    public CodeType? Find(string name) => _byName.Values.Select(assembly => assembly.Find(name)).FirstOrDefault(type => type is not null);

    public SignatureText Signature(CodeAssembly assembly, BlobHandle blob, SignatureKind kind) => _writers[assembly].Write(blob, kind);

    /// <summary>The name of a type. Generated types have the number in which they were met.</summary>
    public string NameOf(CodeType type)
    {
        if (type.IsGenerated && type.Number == 0)
            type.Number = ++_numbers;
        return type.IsGenerated ? "#" + type.Number : type.Name;
    }

    /// <summary>The name of a method. Generated methods have the number in which they were met.</summary>
    public string NameOf(CodeMethod method)
    {
        if (method.IsGenerated && method.Number == 0)
            method.Number = ++_numbers;
        return method.IsGenerated ? "#" + method.Number : method.Name;
    }

    /// <summary>The type that a token names, if its code is read: for a generic type, its definition.</summary>
    public CodeType? Resolve(CodeAssembly assembly, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => assembly[(TypeDefinitionHandle)handle],
        HandleKind.TypeReference => Find(ExternalOf(assembly, handle)!),
        HandleKind.TypeSpecification => GenericDefinition(assembly, handle) is { IsNil: false } definition
            ? Resolve(assembly, definition)
            : null,
        _ => null,
    };

    private CodeType? Find(ExternalType named)
    {
        if (!_byName.TryGetValue(named.Assembly, out var assembly))
            return null;
        var type = assembly.Find(named.Name);
        IsIncomplete |= type is null;
        return type;
    }

    /// <summary>The type that a token names, as it is named; <see langword="null"/> if it is no class or interface.</summary>
    public ExternalType? ExternalOf(CodeAssembly assembly, EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeSpecification)
            handle = GenericDefinition(assembly, handle);
        if (handle.IsNil || handle.Kind != HandleKind.TypeReference)
            return null;
        var token = MetadataTokens.GetToken(handle);
        if (!assembly.External.TryGetValue(token, out var type))
            assembly.External[token] = type = ReadReference(assembly, (TypeReferenceHandle)handle);
        return type;
    }

    /// <summary>The full name of the type that declares a method, for an attribute's constructor.</summary>
    public string DeclaringName(CodeAssembly assembly, EntityHandle method) => method.Kind == HandleKind.MethodDefinition
        ? assembly[assembly.Metadata.GetMethodDefinition((MethodDefinitionHandle)method).GetDeclaringType()].Name
        : ExternalOf(assembly, assembly.Metadata.GetMemberReference((MemberReferenceHandle)method).Parent)?.Name ?? "";

    private ExternalType ReadReference(CodeAssembly assembly, TypeReferenceHandle handle)
    {
        var reference = assembly.Metadata.GetTypeReference(handle);
        var name = assembly.Metadata.GetString(reference.Name);
        if (reference.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            var outer = ExternalOf(assembly, reference.ResolutionScope)!;
            return new ExternalType(outer.Assembly, $"{outer.Name}+{name}");
        }

        var space = assembly.Metadata.GetString(reference.Namespace);
        var scope = reference.ResolutionScope.Kind == HandleKind.AssemblyReference
            ? assembly.Metadata.GetString(assembly.Metadata.GetAssemblyReference((AssemblyReferenceHandle)reference.ResolutionScope).Name)
            : assembly.Name;
        return new ExternalType(scope, space.Length > 0 ? $"{space}.{name}" : name);
    }

    /// <summary>The definition of a generic type; nil for arrays and the like.</summary>
    private static EntityHandle GenericDefinition(CodeAssembly assembly, EntityHandle handle)
    {
        var metadata = assembly.Metadata;
        var blob = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            return default;
        blob.ReadByte();
        return blob.ReadTypeHandle();
    }

    private void AddContracts(CodeType type)
    {
        if (!type.Definition.BaseType.IsNil)
            AddContract(type, type.Definition.BaseType);
        foreach (var handle in type.Definition.GetInterfaceImplementations())
            AddContract(type, type.Assembly.Metadata.GetInterfaceImplementation(handle).Interface);
    }

    private void AddContract(CodeType type, EntityHandle contract)
    {
        if (Resolve(type.Assembly, contract) is { } own)
            type.OwnContracts.Add(own);
        else if (ExternalOf(type.Assembly, contract) is { } external)
            type.ExternalContracts.Add(external);
    }

    private static void AddInherited(CodeType type)
    {
        var contracts = type.Lineage.Skip(1).ToList();
        foreach (var contract in contracts)
            type.ExternalContracts.UnionWith(contract.ExternalContracts);
        foreach (var contract in contracts)
            contract.ContractsOfDerived.UnionWith(type.ExternalContracts);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var assembly in _byName.Values)
            assembly.Dispose();
    }
}
