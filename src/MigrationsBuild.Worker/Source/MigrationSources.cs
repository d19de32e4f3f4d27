using System.Reflection;
using MigrationsBuild.Contexts;
using MigrationsBuild.Files;
using MigrationsBuild.Messages;

namespace MigrationsBuild.Worker.Source;

/// <summary>Finds the C# files of migrations.</summary>
/// <param name="assembly">The migrations assembly. Migrations may read SQL from its resources.</param>
/// <param name="projects">The names of the assemblies whose code may read the resources for a migration.</param>
internal sealed class MigrationSources(
    MigrationsProject project, SourceMap source, HashCache hashes, Assembly assembly, IEnumerable<string> projects)
{
    // Compiled .resx files aren't scripts. Any other resource may be one, because SQL has more extensions than .sql.
    private readonly string[] _scripts = [.. assembly.GetManifestResourceNames().Where(name =>
        !name.EndsWith(".resources", StringComparison.Ordinal))];
    private readonly ResourceReaders _readers = new([.. projects, assembly.GetName().Name!]);
    private readonly string _extension = project.Language switch { "F#" => ".fs", "VB" => ".vb", _ => ".cs" };
    private ILookup<string, string>? _byName;
    private string? _lastFolder;

    /// <summary>The folder of a context's first migration.</summary>
    public string DefaultFolder { get; } = Path.GetFullPath(Path.Combine(
        project.Folder, project.MigrationsFolder.Length == 0 ? "Migrations" : project.MigrationsFolder));

    /// <summary>A migration with its file and the hash of its source.</summary>
    public MigrationReport Find(string id, Type type)
    {
        var migration = new MigrationReport(id, FileOf(id, type), "", Emission: null);
        _lastFolder = Path.GetDirectoryName(migration.Source);
        var scripts = ScriptsOf(migration, type).Select(HashOfScript);
        return migration with { SourceHash = HashOf([hashes.Of(migration.Source), hashes.Of(migration.Designer), .. scripts]) };
    }

    /// <summary>The hash of a migration's C#.</summary>
    /// <param name="hashes">The hashes of its file, of its Designer file, and of the scripts that it may read.</param>
    public static string HashOf(params string[] hashes) => ContentHash.OfHashes(hashes);

    /// <summary>
    /// The embedded scripts that the migration may read: those that its C# names, or all if it reads resources and names none. Too many do
    /// no harm, because a different hash only means that the SQL is compared.
    /// </summary>
    private string[] ScriptsOf(MigrationReport migration, Type type)
    {
        if (_scripts.Length == 0)
            return [];
        var text = (File.Exists(migration.Source) ? SourceText.Read(migration.Source) : "") + $"\"{migration.Id}\" \"{type.Name}\"";
        return _readers.Contains(type) && !Array.Exists(_scripts, script => Names(text, script))
            ? _scripts
            : [.. _scripts.Where(script => Mentions(text, script))];
    }

    private static bool Mentions(string text, string script) => script.Split('.')[..^1]
        .TakeLast(2)
        .Any(part => part.Length > 3 && text.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a text has the name of a script as a literal, and not just as a word, which may be the name of a table.</summary>
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
    /// The file of a migration. Usually it is in the folder of the previous one, or in the default folder. The PDB is read only if it
    /// isn't, because that takes a tenth of a check's time. The next candidate is a file of that name in the project, and the last one is
    /// the path at which EF Core would write it.
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
        .EnumerateFiles(
            project.Folder,
            "*" + _extension,
            new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
        .Where(path => !IsBuildOutput(Path.GetRelativePath(project.Folder, path)))
        .ToLookup(path => Path.GetFileName(path), StringComparer.OrdinalIgnoreCase)!;

    private static bool IsBuildOutput(string relative) => relative.Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj";
}
