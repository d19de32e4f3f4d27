using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>
/// The source files of the types that the model may depend on, by the portable PDBs beside the assemblies. The file of the entry point is
/// left out: most of its code doesn't concern the model.
/// </summary>
internal static class ModelSources
{
    /// <summary>The kind of the documents of a type without code, such as an enumeration.</summary>
    /// <seealso href="https://github.com/dotnet/runtime/blob/main/docs/design/specs/PortablePdb-Metadata.md"/>
    private static readonly Guid _typeDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    /// <summary>The absolute paths, after the code was read.</summary>
    public static IEnumerable<string> Of(CodeBase code) => code.Assemblies.SelectMany(Of).Distinct();

    private static List<string> Of(CodeAssembly assembly)
    {
        try
        {
            return Read(assembly);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // There is no PDB that can be read, or it names files as no system does. Then no edit is expected to change the model.
            return [];
        }
    }

    private static List<string> Read(CodeAssembly assembly)
    {
        Stream? Open(string path) => File.Exists(path) ? File.OpenRead(path) : null;
        if (!assembly.Image.TryOpenAssociatedPortablePdb(assembly.Path, Open, out var provider, out _) || provider is null)
            return [];
        using (provider)
        {
            var pdb = provider.GetMetadataReader();
            var entryPoint = assembly.EntryPoint?.Type.Name;
            bool IsOfEntryPoint(CodeType type) =>
                type.Name == entryPoint || type.Name.StartsWith(entryPoint + "+", StringComparison.Ordinal);
            var documents = assembly.Types.Where(type => type.IsMentioned).SelectMany(type => DocumentsOf(type, pdb));
            var ofEntryPoint = assembly.Types.Where(IsOfEntryPoint).SelectMany(type => DocumentsOf(type, pdb));
            return
            [
                .. documents.Except(ofEntryPoint)
                    .Select(document => pdb.GetString(pdb.GetDocument(document).Name))
                    .Where(Path.IsPathRooted),
            ];
        }
    }

    private static IEnumerable<DocumentHandle> DocumentsOf(CodeType type, MetadataReader pdb) => type.Definition.GetMethods()
        .Select(method => pdb.GetMethodDebugInformation(method.ToDebugInformationHandle()).Document)
        .Where(document => !document.IsNil)
        .Concat(pdb.GetCustomDebugInformation(type.Handle)
            .Select(pdb.GetCustomDebugInformation)
            .Where(information => pdb.GetGuid(information.Kind) == _typeDocuments)
            .SelectMany(information => Documents(pdb.GetBlobReader(information.Value))));

    private static List<DocumentHandle> Documents(BlobReader blob)
    {
        var documents = new List<DocumentHandle>();
        while (blob.RemainingBytes > 0)
            documents.Add(MetadataTokens.DocumentHandle(blob.ReadCompressedInteger()));
        return documents;
    }
}
