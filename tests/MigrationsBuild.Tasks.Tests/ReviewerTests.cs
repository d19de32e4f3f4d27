using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Approving;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.Git;
using MigrationsBuild.Tasks.VerbTasks;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>Who has written and who has approved a migration, in real repositories.</summary>
[TestClass]
public sealed class ReviewerTests : IDisposable
{
    private const string Ada = "Ada";
    private const string Ben = "Ben";

    private readonly ShopProject _project = new();

    public ReviewerTests()
    {
        Git("init", "-q", "-b", "main");
        _project.Folder.Write(".gitignore", "bin\nobj\n");
        Commit(Ada);
        Git("switch", "-q", "-c", "feature");
        _project.Write(ShopProject.B, "CREATE TABLE b (x);\n", "DROP TABLE b;\n");
        _project.Build();
        Commit(Ada);
    }

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void An_approval_by_the_author_is_a_finding_at_its_line()
    {
        Approve(Ada);

        Assert.IsFalse(Check());

        var (code, file, line, _, text) = _project.Error;
        Assert.AreEqual(("MIG1033", "ShopContext.approvals"), (code, Path.GetFileName(file)));
        Assert.StartsWith(ShopProject.B, _project.Folder.Read(ShopProject.Approvals).Split('\n')[line - 1]);
        Assert.Contains($"{ShopProject.B} was approved by Ada <ada@example.org>, who has written SQL of it as well.", text);
        Assert.IsTrue(_project.Run(new DbCheck()), "Only a call with the property asks.");
    }

    [TestMethod]
    public void A_colleague_approves()
    {
        Approve(Ben);

        Assert.IsTrue(Check(), string.Join("\n", _project.Findings));
    }

    [TestMethod]
    public void Whoever_has_edited_the_SQL_has_written_it_too()
    {
        _project.Folder.Replace(ShopProject.Down(ShopProject.B), "DROP TABLE b;", "DROP TABLE b; -- gone");
        Commit(Ben);
        Approve(Ben);

        Assert.IsFalse(Check());
        Assert.Contains("approved by Ben", _project.Error.Text);
    }

    [TestMethod]
    public void An_edit_of_the_header_writes_no_SQL()
    {
        _project.Folder.Replace(ShopProject.Up(ShopProject.B), "-- Generator: ", "-- Generator: the new ");
        Commit(Ben);
        Approve(Ben);

        Assert.IsTrue(Check(), string.Join("\n", _project.Findings));
    }

    [TestMethod]
    public void Whoever_removes_a_line_has_written_the_SQL_too()
    {
        _project.Folder.Replace(ShopProject.Down(ShopProject.B), "DROP TABLE b;", "DELETE FROM b\nWHERE x\n  AND y;");
        Commit(Ada);
        _project.Folder.Replace(ShopProject.Down(ShopProject.B), "\n  AND y;", ";");
        Commit(Ben);
        Approve(Ben);

        Assert.IsFalse(Check());
        Assert.Contains("approved by Ben", _project.Error.Text);
    }

    [TestMethod]
    public void Whoever_moves_the_approvals_has_approved_nothing()
    {
        Approve(Ada);
        var moved = "Migrations/FormerContext.approvals";
        Git("mv", ShopProject.Approvals, moved);
        Commit(Ben);
        Git("mv", moved, ShopProject.Approvals);
        Commit(Ben);

        Assert.IsFalse(Check());
        Assert.Contains("approved by Ada", _project.Error.Text);
    }

    [TestMethod]
    public void A_build_asks_as_well_and_a_project_file_cant()
    {
        Approve(Ada);
        _project.Harness.Metadata["DbReportSince"] = "main";
        Assert.IsTrue(_project.Run(new CheckMigrations()));
        Assert.IsFalse(_project.Run(new CheckMigrations(), ("DbRequireReviewer", "true")), "After a build whose findings are stored.");
        Assert.AreEqual("MIG1033", _project.Error.Code);
        Assert.IsTrue(_project.Run(new CheckMigrations()), "The findings that are stored don't contain those about people.");
        Assert.IsFalse(_project.Run(new CheckMigrations(), ("DbRequireReviewer", "yes")));
        Assert.AreEqual("MIG4010", _project.Error.Code);

        _project.Harness.Metadata["RequireReviewer"] = "true";
        Assert.IsFalse(_project.Run(new DbCheck()));
        Assert.AreEqual("MIG4010", _project.Error.Code);
        Assert.Contains("it counts only in a command line", _project.Error.Text);
    }

    [TestMethod]
    public void Approvals_of_another_tool_are_left_out()
    {
        Git("switch", "-q", "main");
        _project.Folder.Write("legal/contracts.approvals", "signed\n");
        Commit(Ben);
        Git("switch", "-q", "feature");
        Approve(Ben);

        Assert.IsTrue(Check(), string.Join("\n", _project.Findings));
    }

    [TestMethod]
    public void What_changes_an_approved_line_later_is_no_approval()
    {
        Approve(Ben);
        _project.Folder.Write(ShopProject.Approvals, _project.Folder.Read(ShopProject.Approvals).TrimEnd('\n') + " verified\n");
        Commit(Ada);

        Assert.IsTrue(Check(), string.Join("\n", _project.Findings));
    }

    [TestMethod]
    public void An_acceptance_that_the_author_adds_has_to_be_approved_again()
    {
        Approve(Ben);
        _project.Folder.Write(
            ShopProject.Approvals, _project.Folder.Read(ShopProject.Approvals).TrimEnd('\n') + " accepts MIG2101 \"nobody reads it\"\n");
        Commit(Ada);

        Assert.IsFalse(Check());
        Assert.Contains("approved by Ada", _project.Error.Text);
    }

    [TestMethod]
    public void A_line_that_a_colleague_removes_and_adds_again_is_approved_by_the_colleague()
    {
        var draft = _project.Folder.Read(ShopProject.Approvals);
        Approve(Ada);
        _project.Folder.Write(ShopProject.Approvals, draft);
        Commit(Ben);
        Approve(Ben);

        Assert.IsTrue(Check(), string.Join("\n", _project.Findings));
    }

    [TestMethod]
    public void An_approval_that_isnt_committed_has_no_author()
    {
        Assert.IsTrue(_project.Run(new DbApprove()));

        Assert.IsFalse(Check());
        Assert.Contains($"No commit adds this approval of {ShopProject.B}", _project.Error.Text);
    }

    [TestMethod]
    public void SQL_that_isnt_committed_has_no_author()
    {
        _project.Folder.Replace(ShopProject.Up(ShopProject.B), "CREATE TABLE b (x);", "CREATE TABLE b (x, y);");
        Assert.IsTrue(_project.Run(new DbApprove()));

        Assert.IsFalse(Check());
        Assert.Contains($"The SQL of {ShopProject.B} isn't committed", _project.Error.Text);

        Git("rm", "-q", "--cached", ShopProject.Up(ShopProject.B));
        Git("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "forgotten");
        Assert.IsFalse(Check());
        Assert.Contains($"The SQL of {ShopProject.B} isn't committed", _project.Error.Text);
    }

    [TestMethod]
    public void Old_migrations_are_left_out_only_when_their_context_is_adopted()
    {
        Approve(Ada);
        Git("branch", "-q", "draft", "HEAD~1");
        Assert.IsFalse(Check("draft"), "The revision has the migration as a draft, and other approvals.");
        Git("switch", "-q", "draft");
        Git("rm", "-q", ShopProject.Approvals, ShopProject.Up(ShopProject.A));
        Commit(Ben);
        Git("switch", "-q", "feature");

        Assert.IsTrue(Check("draft"), string.Join("\n", _project.Findings));
    }

    [TestMethod]
    public void A_context_that_is_renamed_and_adopted_again_stays_adopted()
    {
        Git("switch", "-q", "main");
        Git("checkout", "-q", "feature", "--", ShopProject.Source(ShopProject.B));
        Commit(Ben);
        Git("switch", "-q", "feature");
        Git("merge", "-q", "main");
        _project.Change = report => report with { Name = "App.StoreContext" };
        Git("rm", "-q", ShopProject.Approvals, "Migrations/*.sql");
        _project.Folder.Write("Migrations/StoreContext.approvals", ApprovalsFile.For(_project.Report, []).ToText());
        _project.Build();
        Approve(Ada);

        Assert.IsFalse(Check());
        Assert.Contains($"{ShopProject.B} was approved by Ada", string.Join("\n", _project.Findings));
    }

    [TestMethod]
    public void Without_a_revision_or_the_whole_history_the_check_fails()
    {
        Approve(Ben);
        Assert.IsFalse(Check(""));
        Assert.AreEqual("MIG4010", _project.Error.Code);
        Assert.EndsWith("-p:DbReportSince=origin/main", _project.Error.Text);

        var commit = CommandLine.Run(_project.Folder.Path, "git", ["rev-parse", "HEAD~1"]).Output.Trim();
        _project.Folder.Write(".git/shallow", commit + "\n");
        Assert.IsFalse(Check("HEAD"));
        Assert.AreEqual("MIG4010", _project.Error.Code);
        Assert.Contains("git fetch --unshallow", _project.Error.Text);
    }

    [TestMethod]
    public void The_verbose_history_knows_both_people()
    {
        Approve(Ben);
        _project.Harness.ForgetStarts();

        _project.Run(new DbHistory(), ("DbVerbose", "true"));

        var migration = Manifest.From(_project.Harness.RunnerRequests.Single().Skip(1)).Find(ShopProject.B);
        Assert.AreEqual(("Ada <ada@example.org>", "Ben <ben@example.org>"), (migration.Author, migration.Approver));
    }

    [TestMethod]
    public void People_are_compared_by_their_addresses()
    {
        Assert.AreEqual(new GitPerson("Ada", "ADA@example.org"), new GitPerson("Ada B.", "ada@example.org"));
        Assert.AreNotEqual(new GitPerson("Ada", "ada@example.org"), new GitPerson("Ada", "ada@example.com"));
        Assert.IsNull(new Approvers([]).Find(new Approval("1_A", "base", "a", "b", "c")));
    }

    private bool Check(string since = "main")
    {
        _project.Harness.Metadata["DbReportSince"] = since;
        return _project.Run(new DbCheck(), ("DbRequireReviewer", "true"));
    }

    private void Approve(string person)
    {
        Assert.IsTrue(_project.Run(new DbApprove()), string.Join("\n", _project.Findings));
        Commit(person);
    }

    private void Commit(string person)
    {
        Git("add", "--all");
        Git("-c", $"user.name={person}", "-c", $"user.email={person.ToLowerInvariant()}@example.org", "commit", "-q", "-m", "change");
    }

    private void Git(params string[] arguments)
    {
        var result = CommandLine.Run(_project.Folder.Path, "git", arguments);
        Assert.AreEqual(0, result.ExitCode, result.ToString());
    }
}
