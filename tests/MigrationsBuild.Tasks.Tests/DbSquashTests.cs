using MigrationsBuild.Contexts;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.VerbTasks;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>The files of migrations that one draft replaces. Worker and runner are stand-ins: what they draft and prove is given.</summary>
[TestClass]
public sealed class DbSquashTests : IDisposable
{
    private const string C = "20260103000000_C";
    private const string S = "20260102000000_Squashed";

    private readonly ShopProject _project = new();

    public DbSquashTests()
    {
        _project.Write(ShopProject.B, "CREATE TABLE b (x);\n");
        _project.Write(C, "CREATE TABLE c (x);\n");
        Assert.IsTrue(_project.Run(new DbApprove()));
        _project.Harness.ForgetStarts();
    }

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void The_files_are_exchanged_and_the_old_ones_are_kept()
    {
        var old = _project.Folder.Read(ShopProject.Up(ShopProject.B));

        Assert.IsTrue(Squash("B"), string.Join("\n", _project.Findings));

        var approvals = ApprovalsFile.Read(_project.Folder[ShopProject.Approvals]);
        Assert.AreEqual($"{S} replaces {ShopProject.A} {ShopProject.B}", approvals.Squashes.Single().ToString());
        Assert.AreEqual(C, approvals.Approvals.Single().Id);
        Assert.AreEqual(ShopProject.B, approvals.Approvals.Single().Previous, "Its approval stays as it was.");
        CollectionAssert.AreEquivalent(
            new[]
            {
                $"{C}.cs", $"{C}.sql", $"{S}.cs", $"{S}.Designer.cs", $"{S}.sql", "ShopContext.approvals", "ShopContextModelSnapshot.cs",
            },
            Directory.GetFiles(_project.Folder["Migrations"]).Select(Path.GetFileName).ToArray());
        Assert.AreEqual(old, _project.Folder.Read($"obj/squashed/{S}/{ShopProject.B}.sql"));
        Assert.Contains("ShopContext: 2 migrations squashed into " + S, _project.Lines);
        var proof = Manifest.From(_project.Harness.RunnerRequests.Single().Skip(1));
        CollectionAssert.AreEqual(
            new[] { ShopProject.A, ShopProject.B, S }, proof.Migrations.Select(migration => migration.Id).ToArray());
        Assert.AreEqual($"{S} replaces {ShopProject.A} {ShopProject.B}", proof.Squashes.Single().ToString());
        Assert.IsEmpty(Directory.GetDirectories(_project.Folder["obj"], "squash-*"));
    }

    [TestMethod]
    public void A_proof_that_fails_leaves_everything_as_it_was()
    {
        var before = _project.Folder.Sources();
        RunnerSays(new MessageLine(RunnerMessages.Diagnostic).With("code", "MIG3043").With("message", "It differs."));

        Assert.IsFalse(Squash("B"));

        Assert.AreEqual("MIG3043", _project.Error.Code);
        CollectionAssert.AreEqual(before.ToArray(), _project.Folder.Sources().ToArray());
    }

    [TestMethod]
    public void Statements_that_must_be_carried_over_are_drafted_and_proven_again()
    {
        RunnerSays(
            new MessageLine(RunnerMessages.Carried).With("up", "CREATE VIEW v").With("down", "DROP VIEW v"),
            new MessageLine(RunnerMessages.Carried).With("up", "CREATE VIEW w").With("down", "DROP VIEW w"));

        Assert.IsFalse(Squash("B"), "The stand-in asks for them again.");

        Assert.AreEqual("MIG9001", _project.Error.Code);
        var requests = _project.Harness.WorkerRequests.Select(WorkerRequest.From).OrderBy(request => request.CarriedUp.Count).ToList();
        Assert.AreEqual(("B", 0), (requests[0].SquashTo, requests[0].CarriedUp.Count));
        CollectionAssert.AreEqual(new[] { "CREATE VIEW v", "CREATE VIEW w" }, requests[1].CarriedUp.ToArray());
        CollectionAssert.AreEqual(new[] { "DROP VIEW w", "DROP VIEW v" }, requests[1].CarriedDown.ToArray());
    }

    [TestMethod]
    [DataRow("X", "MIG3007", "Can't locate revision identified by 'X'")]
    [DataRow("base", "MIG3007", "it is base, before the first migration")]
    [DataRow("A", "MIG1031", "is the first migration")]
    [DataRow("", "MIG4010", "The last migration to replace is missing.")]
    public void A_revision_that_leaves_nothing_to_replace_is_refused(string revision, string code, string message) =>
        Refuses(revision, code, message);

    [TestMethod]
    public void A_draft_can_not_be_replaced()
    {
        _project.Write("20260104000000_D", "CREATE TABLE d (x);\n");
        _project.Build();

        Refuses("D", "MIG1031", "20260104000000_D is not approved");
    }

    [TestMethod]
    public void Uncommitted_changes_are_refused()
    {
        Git("init", "-q");
        Refuses("B", "MIG1031", "The folder of the migrations has changes that aren't committed (?? ");

        Git("add", "-A");
        Git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "all");
        Assert.IsTrue(Squash("B"), string.Join("\n", _project.Findings));
    }

    [TestMethod]
    public void An_unknown_state_of_git_is_refused()
    {
        Git("init", "-q");
        _project.Folder.Write("Migrations/.git/config", "[core");

        Refuses("B", "MIG1031", "because git status failed");
    }

    [TestMethod]
    public void A_squashed_draft_is_not_discarded()
    {
        Assert.IsTrue(Squash("C"));
        _project.Forget(ShopProject.A);
        _project.Forget(ShopProject.B);
        _project.Forget(C);

        _project.Harness.Answers(new WorkerAnswer([_project.Report], []) { Target = _project.Report.Migrations[0] });
        Assert.IsFalse(_project.Harness.Execute(new DbDiscard()));

        Assert.AreEqual("MIG4008", _project.Error.Code);
        Assert.Contains("replaces 3 migrations, and discarding it doesn't bring them back", _project.Error.Text);
        Assert.IsTrue(File.Exists(_project.Folder[ShopProject.Source(S)]));
    }

    private void Refuses(string revision, string code, string message)
    {
        var before = _project.Folder.Sources();

        Assert.IsFalse(Squash(revision));

        Assert.AreEqual(code, _project.Error.Code, _project.Error.Text);
        Assert.Contains(message, _project.Error.Text);
        CollectionAssert.AreEqual(before.ToArray(), _project.Folder.Sources().ToArray());
        Assert.AreEqual(0, _project.Harness.RunnerStarts);
    }

    private bool Squash(string revision)
    {
        var (id, emission) = (S, new Emission("CREATE TABLE a (x);\nCREATE TABLE b (x);\n", null, "Down() throws", [], [], []));
        return _project.Draft(new DbSquash(), id, emission, [("DbTo", revision)]);
    }

    private void RunnerSays(params MessageLine[] messages) =>
        _project.Harness.RunnerScript([.. messages.Select(message => "print " + message)]);

    private void Git(params string[] arguments)
    {
        var result = CommandLine.Run(_project.Folder["Migrations"], "git", arguments);
        Assert.AreEqual(0, result.ExitCode, result.ToString());
    }
}
