using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>
/// A project with a context of several migrations. What the C# of each yields is given; the approvals and the SQL files are those that the
/// tasks have written.
/// </summary>
internal sealed class ShopProject : IDisposable
{
    public const string A = "20260101000000_A";
    public const string B = "20260102000000_B";
    public const string Approvals = "Migrations/ShopContext.approvals";

    private readonly List<MigrationReport> _migrations = [];

    /// <summary>A project.</summary>
    /// <param name="hasMigration">Whether it has the migration <see cref="A"/>, approved.</param>
    public ShopProject(bool hasMigration = true)
    {
        if (!hasMigration)
            return;
        Folder.Write(Approvals, ApprovalsFile.For(Report, []).ToText());
        Write(A, "CREATE TABLE a (x);\n");
        Assert.IsTrue(Run(new DbApprove()));
        Harness.ForgetStarts();
    }

    public TaskHarness Harness { get; } = new();

    public TestFolder Folder => Harness.Folder;

    /// <summary>Each difference between the model and the migrations.</summary>
    public List<Diagnostic> Drift { get; } = [];

    /// <summary>What of the next draft is known not to work.</summary>
    public List<string> DraftWarnings { get; } = [];

    /// <summary>The changes of the context after its migrations were approved.</summary>
    public Func<ContextReport, ContextReport> Change { get; set; } = report => report;

    /// <summary>The worker's report, with the SQL of every migration.</summary>
    public ContextReport Report => Change(Harness.Context([.. Drift]) with { Migrations = [.. _migrations] });

    /// <summary>The findings of the last task.</summary>
    public IReadOnlyList<Found> Findings =>
    [
        .. Harness.Engine.Errors.Select(
            error => new Found(error.Code!, error.File!, error.LineNumber, IsError: true, error.Message!)),
        .. Harness.Engine.Warnings.Select(
            warning => new Found(warning.Code!, warning.File!, warning.LineNumber, IsError: false, warning.Message!)),
    ];

    /// <summary>The finding of the last task that is an error.</summary>
    public Found Error => Findings.Single(finding => finding.IsError);

    /// <summary>The lines of the last task.</summary>
    public string[] Lines => [.. Harness.Engine.Lines];

    public static string Up(string id) => $"Migrations/{id}.sql";

    public static string Down(string id) => $"Migrations/{id}.down.sql";

    public static string Source(string id) => $"Migrations/{id}.cs";

    /// <summary>A snapshot of the model, as far as the tasks read it.</summary>
    public static string Snapshot(string model) =>
        $"[DbContext(typeof(ShopContext))] partial class ShopContextModelSnapshot : ModelSnapshot {{ }} // {model}\n";

    /// <summary>Writes the C# of a migration, which the next build compiles.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="up">The SQL that it yields.</param>
    /// <param name="down">The SQL that reverts it, if there is any.</param>
    /// <param name="comment">What else the C# holds.</param>
    /// <returns>Hash of the C#.</returns>
    public string Write(string id, string up, string? down = null, string comment = "") =>
        Write(id, new Emission(up, down, down is null ? "Down() throws" : null, [], [], []), comment);

    /// <summary>Writes the C# of a migration, which the next build compiles.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="emission">What it yields.</param>
    /// <param name="comment">What else the C# holds.</param>
    /// <returns>Hash of the C#.</returns>
    public string Write(string id, Emission emission, string comment = "")
    {
        Folder.Write(Source(id), CSharp(id, emission, comment));
        Compile(id, emission, comment);
        return ContentHash.OfText(CSharp(id, emission, comment));
    }

    /// <summary>The next build compiles a migration whose C# is written.</summary>
    private void Compile(string id, Emission emission, string comment = "")
    {
        Forget(id);
        _migrations.Add(new MigrationReport(id, Folder[Source(id)], ContentHash.OfText(CSharp(id, emission, comment)), emission));
    }

    private static string CSharp(string id, Emission emission, string comment = "") =>
        $"{comment}\n[DbContext(typeof(ShopContext)), Migration(\"{id}\")] class M : Migration; // {emission.Up} {emission.Down}\n";

    /// <summary>The next build doesn't compile a migration, whose C# file is still there.</summary>
    /// <param name="id">Its id.</param>
    public void Forget(string id) => _migrations.RemoveAll(migration => migration.Id == id);

    /// <summary>The C# of a migration yields other SQL from now on, though it is the same: what it reads has changed.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="up">The SQL.</param>
    public void Yield(string id, string up)
    {
        var migration = _migrations.Single(migration => migration.Id == id);
        _migrations[_migrations.IndexOf(migration)] = migration with { Emission = migration.Emission! with { Up = up } };
    }

    /// <summary>A local build.</summary>
    /// <returns>What it finds.</returns>
    public IReadOnlyList<Found> Build() => Build(isStrict: false);

    /// <summary>A build of a build server.</summary>
    /// <returns>What it finds.</returns>
    public IReadOnlyList<Found> BuildStrict() => Build(isStrict: true);

    /// <summary>Runs a task on the project as it is now, in a local call.</summary>
    public bool Run(MigrationsTask task, params (string Name, string Value)[] properties)
    {
        Harness.Metadata["DbStrict"] = "false";
        return Harness.Answers(Report).Execute(task, properties);
    }

    /// <summary>Has the worker answer with a draft. If the task writes it, the next build compiles it.</summary>
    /// <param name="task">The task that is to write it.</param>
    /// <param name="id">The draft's id.</param>
    /// <param name="emission">What it yields.</param>
    /// <param name="properties">What the call says.</param>
    /// <param name="replaces">The id of the draft that it takes the place of under another name.</param>
    /// <returns>Whether the task succeeds.</returns>
    public bool Draft(
        MigrationsTask task, string id, Emission emission, (string Name, string Value)[]? properties = null, string? replaces = null)
    {
        var draft = new MigrationReport(id, Folder[Source(id)], ContentHash.OfText(CSharp(id, emission)), emission);
        string[] deleted = replaces is null ? [] : [Source(replaces), $"Migrations/{replaces}.Designer.cs", Up(replaces), Down(replaces)];
        Harness.Answers(new WorkerAnswer([Report], [])
        {
            Target = draft,
            TargetContext = Report.Name,
            DraftWarnings = [.. DraftWarnings],
            Changes =
            [
                .. deleted.Select(file => new SourceChange(Folder[file], null)),
                new SourceChange(draft.Designer, "// the model\n"),
                new SourceChange(draft.Source, CSharp(id, emission)),
                new SourceChange(Folder["Migrations/ShopContextModelSnapshot.cs"], Snapshot($"with {emission.Up}")),
            ],
        });
        var isDone = Harness.Execute(task, properties ?? []);
        if (File.Exists(draft.Source) && File.ReadAllText(draft.Source) == CSharp(id, emission))
            Compile(id, emission);
        if (replaces is not null)
            Forget(replaces);
        return isDone;
    }

    public void Dispose() => Harness.Dispose();

    /// <summary>The worker writes only the SQL that the verdict needs.</summary>
    private IReadOnlyList<Found> Build(bool isStrict)
    {
        Harness.Metadata["DbStrict"] = isStrict ? "true" : "false";
        Folder.Write("bin/App.dll", Guid.NewGuid().ToString());
        var without = Report with { Migrations = [.. _migrations.Select(migration => migration with { Emission = null })] };
        var needed = ContextReview.NeedEmission(without);
        Harness.Answers(Report with
        {
            Migrations =
            [
                .. _migrations.Select(migration => needed.Contains(migration.Id) ? migration : migration with { Emission = null }),
            ],
        });
        Harness.Execute(new CheckMigrations());
        return Findings;
    }
}

/// <summary>A finding as MSBuild shows it.</summary>
internal sealed record Found(string Code, string File, int Line, bool IsError, string Text);
