using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Review;

/// <summary>A context with migrations on disk, as the worker would report it.</summary>
internal sealed class ReviewedProject : IDisposable
{
    public const string Generator = "EF Core 10";

    private readonly TestFolder _folder = new();

    /// <summary>A project of migrations <c>1_A</c>, <c>2_B</c>, …, each of which creates a table of its name.</summary>
    public ReviewedProject(params string[] ids)
    {
        Directory.CreateDirectory(_folder["Migrations"]);
        Report = new ContextReport(
            "App.Shop",
            "Provider",
            "App",
            "10.0.0",
            Generator,
            _folder["Migrations"],
            new HistoryTable(null, "History", "Id", "Version", ""),
            [.. ids.Select(Migration)],
            [],
            "");
    }

    public ContextReport Report { get; set; }

    public TestFolder Folder => _folder;

    public string this[string file] => _folder["Migrations/" + file];

    public MigrationReport Migration(string id) =>
        new(id, this[id + ".cs"], Hash(id), new Emission($"CREATE TABLE {id};\n", $"DROP TABLE {id};\n", null, [], [], []));

    /// <summary>The hash of a migration's C#.</summary>
    public static string Hash(string source) => ContentHash.OfText(source);

    /// <summary>Replaces the report of a migration.</summary>
    public void Change(string id, Func<MigrationReport, MigrationReport> change) =>
        Report = Report with
        {
            Migrations = [.. Report.Migrations.Select(migration => migration.Id == id ? change(migration) : migration)],
        };

    /// <summary>Has the C# of a migration changed so that it yields this.</summary>
    public void ChangeSource(string id, string up) =>
        Change(id, migration => migration with { SourceHash = Hash(up), Emission = migration.Emission! with { Up = up } });

    /// <summary>Writes the SQL files of all migrations.</summary>
    public ReviewedProject WriteSql()
    {
        var files = new FileTransaction();
        foreach (var migration in Report.Migrations)
            ContextReview.WriteSql(Report, migration, files);
        files.Commit();
        return this;
    }

    /// <summary>Writes an approvals file that approves these migrations with the SQL in their files.</summary>
    public ReviewedProject Approve(params string[] ids)
    {
        var previous = Approval.Base;
        var approvals = new List<Approval>();
        foreach (var migration in Report.Migrations.Where(migration => ids.Contains(migration.Id)))
        {
            approvals.Add(new Approval(
                migration.Id, previous, SqlFile.Read(migration.Up, SqlDialect.Sqlite)!.BodyHash,
                File.Exists(migration.Down) ? SqlFile.Read(migration.Down, SqlDialect.Sqlite)!.BodyHash : Approval.Irreversible,
                migration.SourceHash));
            previous = migration.Id;
        }

        return Approve([.. approvals]);
    }

    /// <summary>Writes an approvals file.</summary>
    public ReviewedProject Approve(params Approval[] approvals)
    {
        _folder.Write("Migrations/Shop.approvals", new ApprovalsFile("App.Shop", "App", Report.Provider, "History", approvals).ToText());
        return this;
    }

    public ContextReview Review() => ContextReview.Of(Report);

    /// <summary>What is found: code and file of each finding.</summary>
    public string Findings() =>
        string.Join(", ", Review().AllFindings.Select(finding => $"{finding.Code} {Path.GetFileName(finding.Location?.File)}".TrimEnd()));

    /// <summary>The states of all migrations in order.</summary>
    public string States() => string.Join(' ', Review().Migrations.Select(migration => migration.State));

    /// <summary>The text of the only finding.</summary>
    public Diagnostic Finding() => Review().AllFindings.Single();

    public void Dispose() => _folder.Dispose();
}
