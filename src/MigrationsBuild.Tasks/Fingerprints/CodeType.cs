using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>A type whose code is read.</summary>
internal sealed class CodeType
{
    private CodeMethod[]? _methods;

    public CodeType(CodeAssembly assembly, TypeDefinitionHandle handle)
    {
        (Assembly, Handle) = (assembly, handle);
        Definition = assembly.Metadata.GetTypeDefinition(handle);
        ShortName = assembly.Metadata.GetString(Definition.Name);
        Name = assembly.Metadata.FullName(handle);
        IsGenerated = GeneratedName.Is(ShortName);
        IsClosure = GeneratedName.IsOfClosure(ShortName);
    }

    public CodeAssembly Assembly { get; }

    public TypeDefinitionHandle Handle { get; }

    public TypeDefinition Definition { get; }

    public string ShortName { get; }

    /// <summary>The full name; a nested type is separated by a plus sign.</summary>
    public string Name { get; }

    /// <summary>
    /// Whether the compiler has made up the name. Such names contain the position of a member in its class, so an edit of one member
    /// renames what belongs to others.
    /// </summary>
    public bool IsGenerated { get; }

    /// <summary>
    /// Whether the compiler has collected in the type what belongs to several members: lambdas, the states of an iterator, constant data.
    /// Only the parts that are reached count.
    /// </summary>
    public bool IsClosure { get; }

    /// <summary>The number of the type in the order in which they were met: the name of a generated type; 0 if it wasn't met.</summary>
    public int Number { get; set; }

    /// <summary>Whether reachable code mentions the type.</summary>
    public bool IsMentioned { get; set; }

    /// <summary>Whether all of its methods can be called without a call in code.</summary>
    public bool CallsAll { get; set; }

    /// <summary>The value that its members have if they have none of their own: see <see cref="NullabilityPrinter"/>.</summary>
    public byte? NullableContext { get; set; }

    public bool IsInterface => (Definition.Attributes & TypeAttributes.Interface) != 0;

    /// <summary>The base type and the interfaces that are in assemblies whose code is read.</summary>
    public List<CodeType> OwnContracts { get; } = [];

    /// <summary>The base types and interfaces in other assemblies, also those of own base types and interfaces.</summary>
    public HashSet<ExternalType> ExternalContracts { get; } = [];

    /// <summary>The external interfaces of types that derive from this one: a method of this type may implement them.</summary>
    public HashSet<ExternalType> ContractsOfDerived { get; } = [];

    /// <summary>The methods, in the order of the metadata.</summary>
    public IReadOnlyList<CodeMethod> Methods => _methods ??= [.. Definition.GetMethods().Select(handle => new CodeMethod(this, handle))];

    /// <summary>The type and its own base types and interfaces, directly and indirectly.</summary>
    public IEnumerable<CodeType> Lineage => OwnContracts.SelectMany(contract => contract.Lineage).Prepend(this);

    /// <summary>The methods of a type are consecutive rows.</summary>
    public CodeMethod Method(MethodDefinitionHandle handle) =>
        Methods[MetadataTokens.GetRowNumber(handle) - MetadataTokens.GetRowNumber(Methods[0].Handle)];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
