using System.Reflection;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Worker.Model;

/// <summary>Finds the C# files of migrations.</summary>
internal sealed class MigrationFiles(WorkerRequest request, SourceMap source)
{
    private ILookup<string, string>? _byName;

    /// <summary>Where a context's first migration goes.</summary>
    public string DefaultFolder { get; } = Path.GetFullPath(Path.Combine(
        request.ProjectFolder, request.MigrationsFolder.Length == 0 ? "Migrations" : request.MigrationsFolder));

    /// <summary>A migration with its file: by the PDB, by its name in the project's folder, or where it would be.</summary>
    /// <param name="id">The migration's id.</param>
    /// <param name="type">Its class.</param>
    public MigrationReport Find(string id, Type type)
    {
        var up = type.GetMethod("Up", BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly);
        var file = source.FileOf(up) ?? ByName[id + ".cs"].FirstOrDefault() ?? Path.Combine(DefaultFolder, id + ".cs");
        var migration = new MigrationReport(id, file, "", Emission: null);
        return migration with { SourceHash = ContentHash.OfSources(migration.Source, migration.Designer) };
    }

    private ILookup<string, string> ByName => _byName ??= Directory
        .EnumerateFiles(request.ProjectFolder, "*.cs", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
        .Where(path => !IsBuildOutput(Path.GetRelativePath(request.ProjectFolder, path)))
        .ToLookup(path => Path.GetFileName(path), StringComparer.OrdinalIgnoreCase)!;

    private static bool IsBuildOutput(string relative) => relative.Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj";
}
