using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Revisions;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Review;

/// <summary>
/// The migrations of a context that a line of the approvals file, an SQL file or a C# file names, but that the assembly doesn't contain. If
/// the C# file exists and isn't compiled, the project file is probably wrong, so nothing of the migration is deleted.
/// </summary>
public sealed class MissingMigrations
{
    private static readonly string[] _extensions = [".cs", ".fs", ".vb"];
    private readonly ContextReport _report;
    private readonly HashSet<string> _compiled;
    private readonly HashSet<string> _folders;

    private MissingMigrations()
    {
        (_report, _compiled, _folders) = (null!, [], []);
        (Uncompiled, WithSource, WithoutSource, Sql, Orphans, UnapprovedOrphans) = ([], [], [], [], [], []);
    }

    /// <summary>None.</summary>
    public static MissingMigrations None { get; } = new();

    /// <summary>Finds them.</summary>
    internal MissingMigrations(ContextReport report, ApprovalsFile? approvals)
    {
        _report = report;
        var compiled = report.Migrations.Select(migration => migration.Id).Concat(report.OtherMigrations);
        _compiled = new HashSet<string>(compiled, MigrationId.Equality);
        var folders = report.Migrations.Select(migration => Path.GetDirectoryName(migration.Source)!).Append(report.Folder);
        _folders = [.. folders.Where(Directory.Exists)];
        var lines = approvals?.Approvals.Where(approval => !_compiled.Contains(approval.Id)).ToList() ?? [];
        var files = SqlFiles(approvals).ToList();
        var named = lines.Select(line => line.Id).Concat(files.Select(file => file.Migration)).Distinct(MigrationId.Equality);
        var sources = named.Select(SourceOf).OfType<string>().Concat(NewerSources());
        Uncompiled = [.. sources.Distinct().OrderBy(path => path, MigrationId.Order)];
        var withSource = new HashSet<string>(Uncompiled.Select(path => Path.GetFileNameWithoutExtension(path)), MigrationId.Equality);
        WithSource = [.. lines.Where(line => withSource.Contains(line.Id))];
        WithoutSource = [.. lines.Where(line => !withSource.Contains(line.Id))];
        var known = new HashSet<string>(lines.Select(line => line.Id).Concat(withSource), MigrationId.Equality);
        Sql = [.. files.Select(file => file.Path)];
        Orphans = [.. files.Where(file => file.IsAsGenerated && !withSource.Contains(file.Migration)).Select(file => file.Path)];
        UnapprovedOrphans = [.. files.Where(file => file.IsAsGenerated && !known.Contains(file.Migration)).Select(file => file.Path)];
    }

    /// <summary>The C# files that exist and aren't compiled.</summary>
    public IReadOnlyList<string> Uncompiled { get; }

    /// <summary>The approvals of migrations whose C# file exists.</summary>
    public IReadOnlyList<Approval> WithSource { get; }

    /// <summary>The approvals of migrations that have no C# file.</summary>
    public IReadOnlyList<Approval> WithoutSource { get; }

    /// <summary>All SQL files of such migrations.</summary>
    public IReadOnlyList<string> Sql { get; }

    /// <summary>The SQL files that weren't edited, of migrations without a C# file.</summary>
    public IReadOnlyList<string> Orphans { get; }

    /// <summary>Those of <see cref="Orphans"/> whose migrations aren't approved.</summary>
    private IReadOnlyList<string> UnapprovedOrphans { get; }

    /// <summary>The findings about them.</summary>
    internal IEnumerable<Diagnostic> Findings(string approvalsPath) => Uncompiled.Select(NotCompiled)
        .Concat(WithoutSource.Select(approval => new Diagnostic(
            DiagnosticCodes.MissingMigration,
            $"{approval.Id} is approved, but {_report.MigrationsAssembly} contains no such migration. "
            + "Restore its C# file from version control.",
            new Hint("Or remove the line", VerbTable.Approve),
            new Location(approvalsPath, approval.Line, 1))))
        .Concat(UnapprovedOrphans.Select(path => new Diagnostic(
            DiagnosticCodes.OrphanedSql,
            "The migration of this SQL is missing. "
            + "Restore its C# file from version control.",
            new Hint("Or delete the SQL", VerbTable.Approve),
            new Location(path, 1, 1))));

    private Diagnostic NotCompiled(string source)
    {
        var id = Path.GetFileNameWithoutExtension(source);
        var migration = new MigrationReport(id, source, "", Emission: null);
        var hasAttribute = MigrationSource.TextsOf(migration).Any(text => text.Contains($"\"{id}\""));
        var files = new[] { source, migration.Designer }.Where(File.Exists);
        return new Diagnostic(
            DiagnosticCodes.NotCompiled,
            $"{Path.GetFileName(source)} isn't compiled: {_report.MigrationsAssembly} contains no migration {id}. " + (hasAttribute
                ? $"Build the project again. If that doesn't help, add to the project file: {Items(files)}"
                : $"No file has its attribute [Migration(\"{id}\")]. Restore {Path.GetFileName(migration.Designer)} from version control"),
            new Location(source, 1, 1));
    }

    /// <summary>The finding that the project doesn't compile a new draft.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="assembly">The name of the assembly that would contain it.</param>
    /// <param name="files">The C# files of the draft that aren't compiled.</param>
    public static Diagnostic NotCompiled(MigrationReport draft, string assembly, IEnumerable<string> files) => new(
        DiagnosticCodes.NotCompiled,
        $"{Path.GetFileName(draft.Source)} was written, but the project doesn't compile it, "
        + $"so {assembly} won't contain the migration {draft.Id}. "
        + $"Add to the project file: {Items(files)}",
        new Location(draft.Source, 1, 1));

    private static string Items(IEnumerable<string> files) =>
        string.Join(" ", files.Select(path => $"<Compile Include=\"{InProject(path)}\" />"));

    /// <summary>The SQL files of this context that belong to no migration in the assembly.</summary>
    private IEnumerable<(string Path, string Migration, bool IsAsGenerated)> SqlFiles(ApprovalsFile? approvals)
    {
        foreach (var path in _folders.SelectMany(folder => Directory.GetFiles(folder, "*.sql")))
        {
            var name = Path.GetFileName(path);
            var id = name.Substring(0, name.Length - (name.EndsWith(".down.sql", StringComparison.OrdinalIgnoreCase) ? 9 : 4));
            if (!_compiled.Contains(id) && MigrationFiles.TryRead(path, _report.Dialect) is { } file
                && MigrationId.Equality.Equals(file.Migration, id) && (file.Context == _report.Name || file.Context == approvals?.Context))
            {
                yield return (path, id, file.IsAsGenerated);
            }
        }
    }

    private string? SourceOf(string id) => MigrationId.IsUsable(id)
        ? _folders.SelectMany(folder => _extensions.Select(extension => Path.Combine(folder, id + extension))).FirstOrDefault(File.Exists)
        : null;

    /// <summary>The C# files of this context's migrations that are newer than the newest one in the assembly.</summary>
    private IEnumerable<string> NewerSources()
    {
        var newest = _report.Migrations.Count == 0 ? "" : _report.Migrations[_report.Migrations.Count - 1].Id;
        return _folders.SelectMany(folder => Directory.EnumerateFiles(folder))
            .Where(path => _extensions.Contains(Path.GetExtension(path))
                && MigrationSource.HasMigrationName(path)
                && MigrationId.Order.Compare(Path.GetFileNameWithoutExtension(path), newest) > 0
                && !_compiled.Contains(Path.GetFileNameWithoutExtension(path))
                && MigrationSource.IsOf(path, _report.ShortName));
    }

    /// <summary>A path relative to the project, which is the nearest parent folder with a project file.</summary>
    private static string InProject(string path)
    {
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Directory.EnumerateFiles(folder, "*.*proj").Any())
                return path.Substring(folder.Length).TrimStart('/', '\\').Replace('\\', '/');
        }

        return path;
    }
}
