using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;
using static MigrationsBuild.Tasks.Tests.ShopProject;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>The SQL of a migration from its draft to its approval, and after later changes.</summary>
[TestClass]
public sealed class ApprovalTests : IDisposable
{
    private readonly ShopProject _project = new();

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void A_draft_is_a_warning_an_error_on_a_build_server_and_silent_once_approved()
    {
        _project.Write(B, "CREATE TABLE b (x);\n");

        Assert.IsTrue(_project.Build().Single() is { Code: "MIG1002", IsError: false });
        Assert.IsTrue(_project.BuildStrict().Single() is { Code: "MIG1002", IsError: true });
        Assert.IsTrue(_project.Run(new DbApprove()));

        Assert.StartsWith($"  {B}  {B}.sql  ", _project.Lines[0]);
        Assert.AreEqual("ShopContext: 1 approved, 2 in all: ShopContext.approvals", _project.Lines[^1]);
        Assert.IsEmpty(_project.BuildStrict());
    }

    [TestMethod]
    [DataRow("", true)]
    [DataRow("DROP INDEX a_x;\n", false)]
    public void A_migration_that_can_be_rolled_back_without_any_effect_is_approved_with_a_remark(string down, bool isRemarked)
    {
        _project.Write(B, new Emission("CREATE INDEX a_x ON a (x);\n", down, null, [], [], []));
        _project.Build();

        Assert.IsTrue(_project.Run(new DbApprove()));

        Assert.AreEqual(isRemarked, _project.Lines.Contains("    DOWN IS EMPTY: a rollback changes nothing but the history"));
    }

    [TestMethod]
    public void SQL_edited_by_hand_is_refused_until_it_is_approved_again()
    {
        _project.Folder.Replace(Up(A), "CREATE TABLE", "CREATE  TABLE");
        Assert.AreEqual(MigrationState.Edited, StateForRunner(), "The runner refuses it as well.");
        var approvals = _project.Folder.Read(Approvals);

        var finding = _project.BuildStrict().Single();
        Assert.AreEqual(("MIG1003", Up(A), true), (finding.Code, finding.File, finding.IsError));
        _project.Run(new DbApprove());
        Assert.AreEqual("MIG1003", _project.Findings.Single().Code, "Only by its name.");
        Assert.AreEqual(approvals, _project.Folder.Read(Approvals));
        Assert.IsTrue(_project.Run(new DbApprove(), ("DbRev", "A")));

        Assert.Contains("    EDITED BY HAND: the SQL file is pinned as it is; its C# does this:", _project.Lines);
        Assert.IsEmpty(_project.BuildStrict());
        Assert.AreEqual(MigrationState.Approved, StateForRunner());
        Assert.Contains("CREATE  TABLE", _project.Folder.Read(Up(A)));
        Assert.IsTrue(_project.Run(new DbCheck()));
        Assert.IsEmpty(_project.Findings);
    }

    [TestMethod]
    public void CSharp_that_yields_the_same_SQL_is_no_edit_and_an_approval_notes_it()
    {
        var before = _project.Folder.Read(Approvals);
        var hash = _project.Write(A, "CREATE TABLE a (x);\n", comment: "// A licence.");

        Assert.IsEmpty(_project.BuildStrict());
        Assert.IsTrue(_project.Run(new DbApprove()));

        Assert.AreEqual(
            "ShopContext: 0 approved, 1 in all, 1 with changed C# and the same SQL: ShopContext.approvals", _project.Lines.Single());
        Assert.AreEqual(before[..^65] + hash + "\n", _project.Folder.Read(Approvals), "The last column is the C#'s hash.");
    }

    [TestMethod]
    public void CSharp_that_generates_different_SQL_is_an_edit_until_the_SQL_was_read()
    {
        _project.Write(A, "CREATE TABLE people (x);\n");

        var finding = _project.BuildStrict().Single();
        Assert.AreEqual(("MIG1003", Source(A), true), (finding.Code, finding.File, finding.IsError));
        Assert.IsFalse(_project.Run(new DbApprove(), ("DbRev", "head")));
        Assert.AreEqual(("MIG1019", Up(A)), (_project.Error.Code, _project.Error.File));
        Assert.IsTrue(_project.Run(new DbApprove(), ("DbRev", "head")));

        Assert.Contains("CREATE TABLE people", _project.Folder.Read(Up(A)));
        Assert.IsEmpty(_project.BuildStrict());
    }

    [TestMethod]
    public void A_draft_whose_CSharp_changes_gets_its_SQL_again_but_not_over_an_edit_by_hand()
    {
        _project.Write(B, "SELECT 0;\n");
        _project.Build();
        _project.Write(B, "SELECT 1;\n");
        Assert.AreEqual("MIG1002", _project.Build().Single().Code);
        Assert.EndsWith("\nSELECT 1;\n", _project.Folder.Read(Up(B)));

        _project.Folder.Replace(Up(B), "SELECT 1;", "SELECT 11;");
        Assert.Contains("(edited by hand)", _project.Build().Single().Text);
        _project.Write(B, "SELECT 2;\n");

        Assert.AreEqual("MIG1003", _project.Build().Single().Code);
        Assert.EndsWith("\nSELECT 11;\n", _project.Folder.Read(Up(B)));
    }

    [TestMethod]
    public void So_does_a_draft_whose_CSharp_is_the_same_and_yields_other_SQL()
    {
        _project.Write(B, "SELECT 'a';\n");
        _project.Build();
        Assert.EndsWith("\nSELECT 'a';\n", _project.Folder.Read(Up(B)));
        _project.Yield(B, "SELECT 'b';\n");

        Assert.AreEqual("MIG1002", _project.Build().Single().Code);

        Assert.EndsWith("\nSELECT 'b';\n", _project.Folder.Read(Up(B)));
    }

    [TestMethod]
    public void A_strict_build_writes_nothing_into_the_source_tree()
    {
        _project.Write(B, "CREATE TABLE b (x);\n", "DROP TABLE b;\n");
        var before = _project.Folder.Sources();

        Assert.AreEqual("MIG1002", _project.BuildStrict().Single().Code);
        CollectionAssert.AreEquivalent(before.ToArray(), _project.Folder.Sources().ToArray());
        _project.Build();

        CollectionAssert.AreEquivalent(new[] { Up(B), Down(B) }, _project.Folder.Sources().Keys.Except(before.Keys).ToArray());
    }

    [TestMethod]
    public void A_build_that_cant_write_the_SQL_of_a_draft_goes_on()
    {
        _project.Write(B, "CREATE TABLE b (x);\n");
        Directory.CreateDirectory(_project.Folder[Up(B)]);

        Assert.IsTrue(_project.Build().Single() is { Code: "MIG1002", IsError: false });
    }

    [TestMethod]
    public void A_migration_that_is_missing_is_named_at_its_line_and_dropped_by_the_next_approval()
    {
        var lines = _project.Folder.Read(Approvals);
        _project.Folder.Write(Approvals, lines + $"20990101000000_Gone base {new string('a', 64)} irreversible {new string('b', 64)}\n");

        var finding = _project.BuildStrict().Single();

        Assert.AreEqual(("MIG1004", Approvals, 8, true), (finding.Code, finding.File, finding.Line, finding.IsError));
        Assert.IsTrue(_project.Run(new DbApprove()));
        Assert.Contains("  20990101000000_Gone  dropped: there is no such migration", _project.Lines);
        Assert.AreEqual(lines, _project.Folder.Read(Approvals));
    }

    [TestMethod]
    public void A_migration_that_comes_after_another_one_than_when_it_was_approved_is_named()
    {
        _project.Write(B, "CREATE TABLE b (x);\n");
        Assert.IsTrue(_project.Run(new DbApprove()));
        var approvals = _project.Folder.Read(Approvals);
        _project.Folder.Replace(Approvals, $"{B} {A} ", $"{B} base ");

        var finding = _project.BuildStrict().Single();

        Assert.AreEqual(("MIG1005", Up(B), true), (finding.Code, finding.File, finding.IsError));
        Assert.Contains($"was approved directly after base, but a merge has put {A} between them", finding.Text);
        Assert.IsTrue(_project.Run(new DbApprove()));
        Assert.AreEqual("MIG1005", _project.Findings.Single().Code, "Only by its name.");
        Assert.IsTrue(_project.Run(new DbApprove(), ("DbRev", "B")));
        Assert.AreEqual(approvals, _project.Folder.Read(Approvals));
        Assert.IsEmpty(_project.BuildStrict());
    }

    [TestMethod]
    [DataRow("<<<<<<< HEAD", "merge conflict")]
    [DataRow("what is this", "this line isn't")]
    public void An_approvals_file_that_cant_be_read_is_an_error_of_every_task_at_its_line(string inserted, string text)
    {
        _project.Write(B, "CREATE TABLE b (x);\n");
        _project.Folder.Replace(Approvals, A, $"{inserted}\n{A}");
        var before = _project.Folder.Sources();

        foreach (var task in new MigrationsTask[] { new CheckMigrations(), new DbMigrate(), new DbApprove(), new DbRevision() })
        {
            Assert.IsFalse(_project.Run(task), task.GetType().Name);

            Assert.IsTrue(_project.Error is { Code: "MIG1012", File: Approvals, Line: 7 }, $"{task.GetType().Name}: {_project.Error}");
            Assert.Contains(text, _project.Error.Text);
        }

        Assert.AreEqual(0, _project.Harness.RunnerStarts);
        CollectionAssert.AreEquivalent(before.ToArray(), _project.Folder.Sources().ToArray());
    }

    [TestMethod]
    public void An_unrelated_file_is_never_written_over()
    {
        File.Delete(_project.Folder[Approvals]);
        _project.Folder.Write(Up(A), "SELECT 'mine';\n");
        var before = _project.Folder.Sources();

        Assert.IsFalse(_project.Run(new DbApprove()));

        Assert.AreEqual(("MIG1011", Up(A)), (_project.Error.Code, _project.Error.File));
        CollectionAssert.AreEquivalent(before.ToArray(), _project.Folder.Sources().ToArray());
    }

    [TestMethod]
    public void Without_an_approvals_file_only_drift_is_checked_and_nothing_is_written()
    {
        File.Delete(_project.Folder[Approvals]);
        File.Delete(_project.Folder[Up(A)]);
        _project.Drift.Add(new Diagnostic(DiagnosticCodes.Drift, "User.Avatar has no migration"));
        var before = _project.Folder.Sources();

        Assert.AreEqual("MIG1001", _project.Build().Single().Code);

        Assert.StartsWith("MIG1006: ShopContext has 1 migrations and no approvals file", _project.Lines.Single());
        CollectionAssert.AreEquivalent(before.ToArray(), _project.Folder.Sources().ToArray());
    }

    [TestMethod]
    public void Values_of_the_moment_are_pinned_as_they_were_read_and_no_check_takes_them_for_an_edit()
    {
        var read = new Emission("INSERT INTO a VALUES ('09:00');\n", null, "Down() throws", [], [], [])
        {
            UpAgain = "INSERT INTO a VALUES ('09:01');\n",
            Warnings = ["The table is rebuilt"],
        };
        var later = read with { Up = "INSERT INTO a VALUES ('10:00');\n", UpAgain = "INSERT INTO a VALUES ('10:01');\n" };
        _project.Write(B, read);
        _project.Build();

        _project.Change = report => report with
        {
            Migrations = [.. report.Migrations.Select(migration => migration.Id == B ? migration with { Emission = later } : migration)],
        };
        Assert.IsTrue(_project.Run(new DbApprove()));

        Assert.Contains("    EF CORE WARNS: The table is rebuilt", _project.Lines);
        Assert.ContainsSingle(line => line.StartsWith("    PINNED AS IT IS NOW: ", StringComparison.Ordinal), _project.Lines);
        Assert.EndsWith("\n" + read.Up, _project.Folder.Read(Up(B)));
        Assert.IsTrue(_project.Run(new DbCheck()));
        Assert.IsEmpty(_project.Findings);
        Assert.ContainsSingle(
            message => message.Message!.StartsWith("MIG1023: ", StringComparison.Ordinal),
            _project.Harness.Engine.Messages);

        _project.Folder.Replace(Up(B), "INSERT INTO", "INSERT OR IGNORE INTO");
        _project.Run(new DbCheck());
        Assert.AreEqual(("MIG1003", Up(B)), (_project.Findings.Single().Code, _project.Findings.Single().File));
    }

    [TestMethod]
    public void An_adoption_shows_which_migration_has_no_SQL_and_the_runner_gets_none()
    {
        using var project = new ShopProject(hasMigration: false);
        project.Write(A, new Emission(null, null, "line 1 of the command: COMMIT would end the transaction", [], [], []));

        Assert.IsTrue(project.Run(new DbApprove()));
        Assert.Contains("    NO SQL: line 1 of the command: COMMIT would end the transaction", project.Lines);
        Assert.IsFalse(File.Exists(project.Folder[Up(A)]));
        project.Run(new DbScript());

        var migration = Manifest.From(project.Harness.RunnerRequests.Single().Skip(1)).Migrations.Single();
        Assert.AreEqual((MigrationState.Approved, null), (migration.State, migration.UpPath));
        Assert.Contains("COMMIT would end the transaction", migration.Reason!);
    }

    [TestMethod]
    public void A_draft_that_cant_be_written_as_SQL_is_refused_with_the_reason()
    {
        _project.Write(B, new Emission(null, null, "line 1 of the command: COMMIT would end the transaction", [], [], []));

        var finding = _project.Build().Single();
        Assert.AreEqual(("MIG1010", Source(B), false), (finding.Code, finding.File, finding.IsError));
        Assert.IsFalse(File.Exists(_project.Folder[Up(B)]));
        Assert.IsFalse(_project.Run(new DbApprove()));

        Assert.AreEqual(("MIG1010", Source(B)), (_project.Error.Code, _project.Error.File));
        Assert.Contains("COMMIT would end the transaction", _project.Error.Text);
        Assert.DoesNotContain(B, _project.Folder.Read(Approvals));
    }

    [TestMethod]
    public void A_history_repository_that_writes_other_SQL_each_time_is_a_warning_and_one_that_reads_otherwise_an_error()
    {
        _project.Change = report => report with { History = report.History with { HasNonDeterministicScripts = true } };
        Assert.IsTrue(_project.BuildStrict().Single() is { Code: "MIG4017", IsError: false });

        _project.Change = report => report with { History = report.History with { Unsupported = "History overrides how rows are read" } };
        var finding = _project.BuildStrict().Single();

        Assert.AreEqual(("MIG4017", true), (finding.Code, finding.IsError));
        Assert.Contains("History overrides how rows are read", finding.Text);
    }

    /// <summary>The newest migration in the runner's manifest.</summary>
    private MigrationState StateForRunner()
    {
        _project.Harness.ForgetStarts();
        _project.Run(new DbScript());
        return Manifest.From(_project.Harness.RunnerRequests.Single().Skip(1)).Migrations[^1].State;
    }
}
