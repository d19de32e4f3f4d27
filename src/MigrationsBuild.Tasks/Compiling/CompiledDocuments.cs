using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Compiling;

/// <summary>The source files from which an assembly was compiled, with the checksums in its portable PDB.</summary>
/// <seealso href="https://github.com/dotnet/runtime/blob/main/docs/design/specs/PortablePdb-Metadata.md#document-table-0x30"/>
internal sealed class CompiledDocuments
{
    private static readonly Guid _sha1 = new("FF1816EC-AA5E-4D10-87F7-6F4963833460");
    private static readonly Guid _sha256 = new("8829D00F-11B8-4213-878B-770E8597AC16");

    private readonly Dictionary<string, (Guid Algorithm, byte[] Checksum)> _documents = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the PDB of an assembly; without one, no file is known.</summary>
    public CompiledDocuments(ProjectDescription project, string assembly)
    {
        try
        {
            using var image = new PEReader(File.OpenRead(assembly));
            HasCode = image.HasMetadata;
            Stream? Open(string path) => File.Exists(path) ? File.OpenRead(path) : null;
            if (!image.TryOpenAssociatedPortablePdb(assembly, Open, out var provider, out _) || provider is null)
                return;
            using (provider)
                Read(provider.GetMetadataReader(), project);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            // Treated like a missing PDB.
        }
    }

    /// <summary>Whether the file is an assembly.</summary>
    public bool HasCode { get; }

    /// <summary>Whether a file is the one that was compiled; <see langword="null"/> if the PDB doesn't have it.</summary>
    public bool? Has(string path)
    {
        if (!_documents.TryGetValue(Path.GetFullPath(path), out var document))
            return null;
        using HashAlgorithm hash = document.Algorithm == _sha1 ? SHA1.Create() : SHA256.Create();
        return File.Exists(path) && hash.ComputeHash(File.ReadAllBytes(path)).SequenceEqual(document.Checksum);
    }

    private void Read(MetadataReader pdb, ProjectDescription project)
    {
        foreach (var handle in pdb.Documents)
        {
            var document = pdb.GetDocument(handle);
            var algorithm = pdb.GetGuid(document.HashAlgorithm);
            if (algorithm == _sha1 || algorithm == _sha256)
                _documents[project.RealPath(pdb.GetString(document.Name))] = (algorithm, pdb.GetBlobBytes(document.Hash));
        }
    }
}
