using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.VerbTasks;
using MigrationsBuild.Testing;
using static MigrationsBuild.Tasks.Tests.ShopProject;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>The outcomes of <c>DbVerify</c> are stored, and count only for the SQL that was verified.</summary>
[TestClass]
public sealed class VerificationTests : IDisposable
{
    private readonly ShopProject _project = new();

    public VerificationTests()
    {
        _project.Harness.Metadata["DbConnectionVariable"] = "VERIFICATION_TESTS_NOT_SET";
        _project.Harness.Metadata["DbVerify"] = "required";
    }

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void A_strict_build_fails_until_the_migration_is_verified()
    {
        var finding = _project.BuildStrict().Single();
        Assert.AreEqual(("MIG1028", true), (finding.Code, finding.IsError));
        Assert.StartsWith($"{A} was never verified.", finding.Text);
        Assert.EndsWith($"{A}.sql", finding.File);
        Assert.AreEqual("MIG1028", _project.Build().Single().Code, "A local build warns.");

        Verify((A, ""));

        Assert.IsEmpty(_project.BuildStrict());
        Assert.IsEmpty(_project.Build());
    }

    [TestMethod]
    public void An_unchanged_build_sees_the_outcome_too()
    {
        Assert.HasCount(1, _project.Build());

        Verify((A, ""));
        Assert.IsTrue(_project.Harness.Execute(new BuildTasks.CheckMigrations()));

        Assert.IsEmpty(_project.Findings);
    }

    [TestMethod]
    public void An_approval_keeps_the_outcome_for_other_machines()
    {
        Verify((A, ""));
        Assert.IsTrue(_project.Run(new DbApprove()));

        Assert.EndsWith(" verified\n", _project.Folder.Read(Approvals));
        Assert.AreEqual("ShopContext: 0 approved, 1 in all, 1 verified: ShopContext.approvals", _project.Lines[^1]);
        ForgetOutcomes();
        Assert.IsEmpty(_project.BuildStrict());
        Assert.IsTrue(_project.Run(new DbApprove()));
        Assert.EndsWith(" verified\n", _project.Folder.Read(Approvals), "Another approval keeps it.");
    }

    [TestMethod]
    public void An_outcome_is_valid_for_the_assertions_with_which_it_was_found()
    {
        var assertions = $"Migrations/{A}.verify.sql";
        _project.Folder.Write(assertions, "SELECT 1 WHERE false;\n");
        Verify((A, ""));
        Assert.IsTrue(_project.Run(new DbApprove()));
        ForgetOutcomes();
        Assert.IsEmpty(_project.BuildStrict());
        _project.Folder.Write(assertions, "SELECT 1 WHERE false;\r\n");
        Assert.IsEmpty(_project.BuildStrict(), "Git changes line ends.");
        Assert.IsEmpty(_project.Build());

        _project.Folder.Write(assertions, "SELECT 2 WHERE false;\n");

        Assert.AreEqual("MIG1028", _project.BuildStrict().Single().Code);
        Assert.AreEqual("MIG1028", _project.Build().Single().Code);
        Verify((A, ""));
        Assert.IsEmpty(_project.BuildStrict());
        File.Delete(_project.Folder[assertions]);
        Assert.AreEqual("MIG1028", _project.BuildStrict().Single().Code, "The file is part of the outcome.");
    }

    [TestMethod]
    public void A_draft_is_approved_with_its_outcome()
    {
        _project.Harness.Metadata["DbVerify"] = "optional";
        _project.Write(B, "CREATE TABLE b (x);\n", "DROP TABLE b;\n");
        _project.Build();

        Verify((B, "MIG3037"));
        Assert.IsTrue(_project.Run(new DbApprove()));

        Assert.Contains("    VERIFICATION FAILED: MIG3037", _project.Lines);
        Assert.DoesNotContain("verified", _project.Folder.Read(Approvals));
        _project.Harness.Metadata["DbVerify"] = "required";
        Assert.StartsWith($"The verification of {B} failed (MIG3037).", _project.BuildStrict().Single(one => one.Code == "MIG1028"
            && one.File.EndsWith($"{B}.sql", StringComparison.Ordinal)).Text);
    }

    [TestMethod]
    public void Changed_SQL_voids_the_outcome()
    {
        Verify((A, ""));
        _project.Run(new DbApprove());
        _project.Write(A, "CREATE TABLE a (x, y);\n");

        Assert.IsFalse(_project.Run(new DbApprove(), ("DbRev", A)), "Nobody has read it.");
        Assert.IsTrue(_project.Run(new DbApprove(), ("DbRev", A)));

        Assert.DoesNotContain("verified", _project.Folder.Read(Approvals));
        Assert.AreEqual("MIG1028", _project.BuildStrict().Single().Code);
    }

    [TestMethod]
    public void The_report_shows_the_outcome()
    {
        _project.Harness.Metadata["DbReport"] = "report.md";
        _project.Write(B, "CREATE TABLE b (x);\n");
        Verify((B, ""));
        _project.Build();
        Assert.Contains("- Verified on a scratch database\n", _project.Folder.Read("report.md"));

        Verify((B, "MIG3038"));
        _project.Build();

        Assert.Contains("- **Verification failed:** MIG3038\n", _project.Folder.Read("report.md"));
    }

    [TestMethod]
    public void With_a_git_revision_the_migrations_since_then_are_verified()
    {
        _project.Harness.Metadata["DbReportSince"] = "HEAD";
        Git("init", "-q");
        Git("add", "Migrations");
        Git("commit", "-q", "-m", "A");
        Assert.IsTrue(Verify());
        Assert.Contains("ShopContext: no migration is new since HEAD, so none is verified", _project.Lines);
        Assert.AreEqual(0, _project.Harness.RunnerStarts);

        _project.Write(B, "CREATE TABLE b (x);\n");
        _project.Run(new DbApprove());
        Verify((B, ""));

        var request = RunnerRequest.From(_project.Harness.RunnerRequests.Single()[0]);
        Assert.AreEqual($"{B}:head", request.To);
    }

    [TestMethod]
    public void A_mark_in_the_approvals_file_is_one_word()
    {
        var text = _project.Folder.Read(Approvals).TrimEnd();
        _project.Folder.Write(Approvals, text + " VERIFIED\n");

        Assert.AreEqual("MIG1012", _project.BuildStrict().Single().Code);
    }

    private bool Verify(params (string Id, string Failure)[] outcomes)
    {
        var lines = outcomes.Select(outcome => "print " + new MessageLine(RunnerMessages.Verified)
            .With("migration", outcome.Id).With("failure", outcome.Failure));
        _project.Harness.RunnerScript([.. lines]);
        return _project.Run(new DbVerify());
    }

    /// <summary>The build folder of another machine.</summary>
    private void ForgetOutcomes()
    {
        foreach (var file in Directory.GetFiles(_project.Folder["obj"], "verified.*", SearchOption.AllDirectories))
            File.Delete(file);
    }

    private void Git(params string[] arguments)
    {
        string[] author = ["-c", "user.name=test", "-c", "user.email=test@localhost"];
        var result = CommandLine.Run(_project.Folder.Path, "git", [.. author, .. arguments]);
        Assert.AreEqual(0, result.ExitCode, result.ToString());
    }
}
