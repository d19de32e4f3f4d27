using System.Reflection;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Worker.Model;

/// <summary>Finds the C# files of migrations.</summary>
/// <param name="project">The project of the migrations.</param>
/// <param name="source">The PDBs, which know where a class was written.</param>
/// <param name="hashes">The hashes of source files.</param>
/// <param name="assembly">The migrations assembly; migrations may read SQL from its resources.</param>
/// <param name="projects">Names of the assemblies whose code may read it for them.</param>
internal sealed class MigrationSources(
    MigrationsProject project, SourceMap source, HashCache hashes, Assembly assembly, IEnumerable<string> projects)
{
    // Compiled .resx files aren't scripts. Any other resource may be one: SQL has more endings than .sql.
    private readonly string[] _scripts = [.. assembly.GetManifestResourceNames().Where(name =>
        !name.EndsWith(".resources", StringComparison.Ordinal))];
    private readonly ResourceReaders _readers = new([.. projects, assembly.GetName().Name!]);
    private readonly string _extension = project.Language switch { "F#" => ".fs", "VB" => ".vb", _ => ".cs" };
    private ILookup<string, string>? _byName;
    private string? _lastFolder;

    /// <summary>Where a context's first migration goes.</summary>
    public string DefaultFolder { get; } = Path.GetFullPath(Path.Combine(
        project.Folder, project.MigrationsFolder.Length == 0 ? "Migrations" : project.MigrationsFolder));

    /// <summary>A migration with its file.</summary>
    /// <param name="id">The migration's id.</param>
    /// <param name="type">Its class.</param>
    public MigrationReport Find(string id, Type type)
    {
        var migration = new MigrationReport(id, FileOf(id, type), "", Emission: null);
        _lastFolder = Path.GetDirectoryName(migration.Source);
        return migration with { SourceHash = HashOf([hashes.Of(migration.Source), hashes.Of(migration.Designer), .. ScriptsOf(migration, type).Select(HashOfScript)]) };
    }

    /// <summary>The hash of a migration's C#.</summary>
    /// <param name="hashes">The hashes of its file, of its Designer file, and of the scripts that it seems to read.</param>
    public static string HashOf(params string[] hashes) => ContentHash.OfHashes(hashes);

    /// <summary>
    /// The embedded scripts that the migration may read: those whose name its C# mentions; all, if it reads resources and names none.
    /// One too many does no harm: SQL is compared then.
    /// </summary>
    private string[] ScriptsOf(MigrationReport migration, Type type)
    {
        if (_scripts.Length == 0)
            return [];
        var text = (File.Exists(migration.Source) ? SourceText.Read(migration.Source) : "") + $"\"{migration.Id}\" \"{type.Name}\"";
        return _readers.Contains(type) && !Array.Exists(_scripts, script => Names(text, script))
            ? _scripts
            : [.. _scripts.Where(script => script.Split('.')[..^1].TakeLast(2).Any(part => part.Length > 3 && text.Contains(part, StringComparison.OrdinalIgnoreCase)))];
    }

    /// <summary>Whether a text names a script in a literal of its own, not by a word that may be a table's, too.</summary>
    private static bool Names(string text, string script)
    {
        var parts = script.Split('.');
        var name = parts.Length > 1 ? parts[^2] : script;
        return text.Contains($"\"{name}\"", StringComparison.OrdinalIgnoreCase)
            || text.Contains($"{name}.{parts[^1]}", StringComparison.OrdinalIgnoreCase);
    }

    private string HashOfScript(string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return ContentHash.OfText(SourceText.Normalize(reader.ReadToEnd()));
    }

    /// <summary>
    /// Mostly it lies beside the one before, or where EF Core puts it; to ask the PDB first would cost a check that finds nothing else
    /// a tenth of its time. Else the PDB knows, or its name in the project's folder; else it is where it would be.
    /// </summary>
    private string FileOf(string id, Type type)
    {
        var beside = Path.Combine(_lastFolder ?? DefaultFolder, id + _extension);
        if (File.Exists(beside))
            return beside;
        var up = type.GetMethod("Up", BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly);
        return source.FileOf(up) ?? ByName[id + _extension].FirstOrDefault() ?? Path.Combine(DefaultFolder, id + _extension);
    }

    private ILookup<string, string> ByName => _byName ??= Directory
        .EnumerateFiles(project.Folder, "*" + _extension, new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
        .Where(path => !IsBuildOutput(Path.GetRelativePath(project.Folder, path)))
        .ToLookup(path => Path.GetFileName(path), StringComparer.OrdinalIgnoreCase)!;

    private static bool IsBuildOutput(string relative) => relative.Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj";
}
