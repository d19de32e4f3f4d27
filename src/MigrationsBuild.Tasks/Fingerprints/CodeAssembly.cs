using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>An assembly whose code is read: that of the application or of a project that it references.</summary>
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
        Types = [.. Metadata.TypeDefinitions.Select(handle => new CodeType(this, handle))];
        foreach (var type in Types)
            _byName[type.Name] = type;
    }

    public string Path { get; }

    public PEReader Image { get; }

    public MetadataReader Metadata { get; }

    public string Name { get; }

    /// <summary>The types, in the order of the metadata.</summary>
    public IReadOnlyList<CodeType> Types { get; }

    /// <summary>What a token means, for the tokens that were met so far.</summary>
    public Dictionary<EntityHandle, CodeReference> References { get; } = [];

    /// <summary>The texts of the signatures that were met so far.</summary>
    public Dictionary<(BlobHandle Blob, SignatureKind Kind), SignatureText> Signatures { get; } = [];

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
