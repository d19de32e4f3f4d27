using System.Reflection;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Worker.Model;

/// <summary>Finds the C# files of migrations.</summary>
/// <param name="request">The request.</param>
/// <param name="source">The PDBs, which know where a class was written.</param>
/// <param name="hashes">The hashes of source files.</param>
internal sealed class MigrationSources(WorkerRequest request, SourceMap source, HashCache hashes)
{
    private ILookup<string, string>? _byName;
    private string? _lastFolder;

    /// <summary>Where a context's first migration goes.</summary>
    public string DefaultFolder { get; } = Path.GetFullPath(Path.Combine(
        request.ProjectFolder, request.MigrationsFolder.Length == 0 ? "Migrations" : request.MigrationsFolder));

    /// <summary>A migration with its file.</summary>
    /// <param name="id">The migration's id.</param>
    /// <param name="type">Its class.</param>
    public MigrationReport Find(string id, Type type)
    {
        var migration = new MigrationReport(id, FileOf(id, type), "", Emission: null);
        _lastFolder = Path.GetDirectoryName(migration.Source);
        return migration with { SourceHash = HashOf(hashes.Of(migration.Source), hashes.Of(migration.Designer)) };
    }

    /// <summary>The hash of a migration's C#.</summary>
    /// <param name="source">The hash of its file.</param>
    /// <param name="designer">The hash of its Designer file.</param>
    public static string HashOf(string source, string designer) => ContentHash.OfHashes(source, designer);

    /// <summary>
    /// Mostly it lies beside the one before, or where EF Core puts it; to ask the PDB first would cost a check that finds nothing else
    /// a tenth of its time. Else the PDB knows, or its name in the project's folder; else it is where it would be.
    /// </summary>
    private string FileOf(string id, Type type)
    {
        var beside = Path.Combine(_lastFolder ?? DefaultFolder, id + ".cs");
        if (File.Exists(beside))
            return beside;
        var up = type.GetMethod("Up", BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly);
        return source.FileOf(up) ?? ByName[id + ".cs"].FirstOrDefault() ?? Path.Combine(DefaultFolder, id + ".cs");
    }

    private ILookup<string, string> ByName => _byName ??= Directory
        .EnumerateFiles(request.ProjectFolder, "*.cs", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
        .Where(path => !IsBuildOutput(Path.GetRelativePath(request.ProjectFolder, path)))
        .ToLookup(path => Path.GetFileName(path), StringComparer.OrdinalIgnoreCase)!;

    private static bool IsBuildOutput(string relative) => relative.Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj";
}
