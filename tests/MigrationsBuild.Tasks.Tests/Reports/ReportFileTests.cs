using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.Git;
using MigrationsBuild.Tasks.Reports;
using MigrationsBuild.Tasks.VerbTasks;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Tasks.Tests.Reports;

[TestClass]
public class ReportFileTests
{
    private static readonly Diagnostic _drift = new(
        DiagnosticCodes.Drift,
        "User.Avatar has no migration",
        new Location("/elsewhere/User.cs", 12, 20));

    [TestMethod]
    public void It_is_written_by_a_build_that_fails_by_an_unchanged_one_and_only_if_it_differs()
    {
        using var harness = Create();
        harness.Metadata["DbDrift"] = "error";

        Assert.IsFalse(harness.Answers(harness.Context(_drift)).Execute(new CheckMigrations()));
        Assert.Contains(
            "| User.Avatar has no migration | MIG1001 | <code>/elsewhere/User.cs:12</code> |",
            harness.Folder.Read("reports/db.md"));
        File.SetLastWriteTimeUtc(harness.Folder["reports/db.md"], DateTime.UnixEpoch);
        Assert.IsFalse(harness.Execute(new CheckMigrations()));
        Assert.AreEqual(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(harness.Folder["reports/db.md"]));
        File.Delete(harness.Folder["reports/db.md"]);
        Assert.IsFalse(harness.Execute(new CheckMigrations()));

        Assert.IsTrue(File.Exists(harness.Folder["reports/db.md"]));
        Assert.AreEqual(1, harness.Starts);
    }

    [TestMethod]
    public void DbCheck_and_a_publish_write_it_and_the_SARIF_file_as_a_build_does()
    {
        using var harness = Create();
        harness.Metadata["DbErrorLog"] = "reports/db.sarif";
        harness.Metadata["DbPublish"] = "none";
        harness.Answers(harness.Context(_drift));

        foreach (var task in new MigrationsTask[] { new DbCheck(), new PublishMigrations() })
        {
            Assert.IsTrue(harness.Execute(task), task.GetType().Name);

            Assert.Contains("MIG1001", harness.Folder.Read("reports/db.md"), task.GetType().Name);
            Assert.Contains("MIG1001", harness.Folder.Read("reports/db.sarif"), task.GetType().Name);
            Directory.Delete(harness.Folder["reports"], recursive: true);
        }
    }

    [TestMethod]
    public void Without_a_verdict_the_report_has_the_reason()
    {
        using var harness = Create();
        harness.WorkerScript("error Failed to load", "exit 134");

        harness.Execute(new CheckMigrations());

        Assert.Contains("### No verdict", harness.Folder.Read("reports/db.md"));
        Assert.Contains("MIG1009", harness.Folder.Read("reports/db.md"));
    }

    [TestMethod]
    public void A_path_that_cant_be_written_is_a_coded_error()
    {
        using var harness = Create();
        harness.Folder.Write("reports", "a file where a folder should be");

        Assert.IsFalse(harness.Answers(harness.Context()).Execute(new CheckMigrations()));

        Assert.AreEqual("MIG4007", harness.Engine.Errors.Single().Code);
    }

    [TestMethod]
    public void It_is_compared_with_the_approvals_file_of_a_git_revision()
    {
        using var harness = Create();
        var context = harness.Context();
        harness.Answers(context);
        Git(harness, "init", "-q");
        Git(harness, "commit", "-q", "--allow-empty", "-m", "nothing yet");
        harness.Folder.Write(
            "Migrations/ShopContext.approvals",
            new ApprovalsFile(context.Name, "App", context.Provider, "__EFMigrationsHistory", []).ToText());
        Git(harness, "add", "Migrations");
        Git(harness, "commit", "-q", "-m", "adopted");
        harness.Metadata["DbReportSince"] = "HEAD~1";

        harness.Execute(new CheckMigrations());
        var isNew = harness.Folder.Read("reports/db.md");
        harness.Folder.Write(
            "Migrations/ShopContext.approvals",
            File.ReadAllText(harness.Folder["Migrations/ShopContext.approvals"]) + Line(harness));
        Git(harness, "commit", "-q", "-a", "-m", "approved");
        harness.Metadata["DbReportSince"] = "HEAD";
        harness.Execute(new CheckMigrations());

        Assert.Contains("Compared with <code>HEAD&#126;1</code>", isNew);
        Assert.Contains("(new, not approved)", isNew);
        Assert.Contains("### ShopContext: no changes", harness.Folder.Read("reports/db.md"));
    }

    [TestMethod]
    [DataRow("nowhere")]
    [DataRow("--help")]
    public void A_revision_that_isnt_there_is_a_coded_error_with_the_fix(string revision)
    {
        using var harness = Create();
        harness.Metadata["DbReportSince"] = revision;
        Git(harness, "init", "-q");

        Assert.IsFalse(harness.Answers(harness.Context()).Execute(new CheckMigrations()));
        var unknown = harness.Engine.Errors.Single();

        Assert.AreEqual("MIG4010", unknown.Code);
        Assert.Contains($"DbReportSince is {revision}: ", unknown.Message!);
        Assert.Contains("git fetch origin", unknown.Message!);
    }

    [TestMethod]
    public void Without_git_it_reports_that_git_is_missing()
    {
        using var folder = new TestFolder();

        var failure = Assert.ThrowsExactly<MigrationsException>(
            () => new GitRevision("main", folder.Path, new GitRepository(folder.Path, default, "no-such-git")).Verify());

        Assert.AreSame(DiagnosticCodes.InvalidSetting, failure.Diagnostic.Code);
        Assert.Contains("Install git", failure.Message);
    }

    private static TaskHarness Create()
    {
        var harness = new TaskHarness();
        harness.Metadata["DbReport"] = "reports/db.md";
        return harness;
    }

    /// <summary>Approves the migration with its current SQL.</summary>
    private static string Line(TaskHarness harness)
    {
        var up = Sql.SqlFile.Read(harness.Folder["Migrations/20260101000000_A.sql"], Sql.SqlDialect.Sqlite)!;
        return $"20260101000000_A base {up.BodyHash} irreversible {new string('c', 64)}\n";
    }

    private static void Git(TaskHarness harness, params string[] arguments)
    {
        var result = CommandLine.Run(harness.Folder.Path, "git", ["-c", "user.name=test", "-c", "user.email=test@localhost", .. arguments]);
        Assert.AreEqual(0, result.ExitCode, result.ToString());
    }
}
