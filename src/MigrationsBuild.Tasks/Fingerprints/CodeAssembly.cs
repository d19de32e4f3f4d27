using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>An assembly whose code is read: that of the application or of a project that it references.</summary>
/// <remarks>
/// The keys of the dictionaries are tokens, not handles. The package contains no machine code for collections of structs such as handles,
/// so each build after an edit would have to compile it.
/// </remarks>
internal sealed class CodeAssembly : IDisposable
{
    private readonly Dictionary<string, CodeType> _byName = [];
    private readonly Dictionary<int, long> _texts = [];

    /// <exception cref="BadImageFormatException">The file is no managed assembly, or not only managed.</exception>
    public CodeAssembly(string path)
    {
        Path = path;
        Image = new PEReader(new MemoryStream(File.ReadAllBytes(path)));
        if ((Image.PEHeaders.CorHeader?.Flags & CorFlags.ILOnly) != CorFlags.ILOnly)
            throw new BadImageFormatException($"{path} contains code that isn't IL.");
        Metadata = Image.GetMetadataReader();
        Name = Metadata.GetString(Metadata.GetAssemblyDefinition().Name);
        List<CodeType> types = [];
        foreach (var handle in Metadata.TypeDefinitions)
        {
            var type = new CodeType(this, handle);
            types.Add(type);
            _byName[type.Name] = type;
        }

        Types = types;
    }

    public string Path { get; }

    public PEReader Image { get; }

    public MetadataReader Metadata { get; }

    public string Name { get; }

    /// <summary>The types, in the order of the metadata.</summary>
    public IReadOnlyList<CodeType> Types { get; }

    /// <summary>What a token means, for the tokens that were found so far.</summary>
    public Dictionary<int, CodeReference> References { get; } = [];

    /// <summary>The types of other assemblies that were found so far, by their tokens.</summary>
    public Dictionary<int, ExternalType> External { get; } = [];

    /// <summary>The texts of the signatures that were found so far, for each kind by the position of the blob.</summary>
    public Dictionary<int, SignatureText>[] Signatures { get; } =
        [.. Enum.GetNames(typeof(SignatureKind)).Select(_ => new Dictionary<int, SignatureText>())];

    /// <summary>The hash of a literal.</summary>
    public long HashOfText(int token)
    {
        if (!_texts.TryGetValue(token, out var hash))
            _texts[token] = hash = PrintHash.Of(Metadata.GetUserString((UserStringHandle)MetadataTokens.Handle(token)));
        return hash;
    }

    public CodeType this[TypeDefinitionHandle handle] => Types[MetadataTokens.GetRowNumber(handle) - 1];

    public CodeType? Find(string name) => _byName.TryGetValue(name, out var type) ? type : null;

    /// <summary>The method at which the application begins; <see langword="null"/> for a library.</summary>
    public CodeMethod? EntryPoint
    {
        get
        {
            var token = Image.PEHeaders.CorHeader!.EntryPointTokenOrRelativeVirtualAddress;
            return token != 0 && MetadataTokens.EntityHandle(token) is { Kind: HandleKind.MethodDefinition } handle
                ? Method((MethodDefinitionHandle)handle)
                : null;
        }
    }

    public CodeMethod Method(MethodDefinitionHandle handle) => this[Metadata.GetMethodDefinition(handle).GetDeclaringType()].Method(handle);

    public byte[] Bytes(BlobHandle blob) => Metadata.GetBlobBytes(blob);

    /// <inheritdoc/>
    public void Dispose() => Image.Dispose();
}
