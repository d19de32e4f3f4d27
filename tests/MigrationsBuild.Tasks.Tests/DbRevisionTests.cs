using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests;

[TestClass]
public sealed class DbRevisionTests : IDisposable
{
    private const string Id = "20260102000000_B";
    private readonly TaskHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    public void In_an_adopted_project_the_draft_has_SQL()
    {
        _harness.Folder.Write("Migrations/ShopContext.approvals", ApprovalsFile.For(_harness.Context(), []).ToText());

        Assert.IsTrue(Draft());

        Assert.IsTrue(File.Exists(_harness.Folder[$"Migrations/{Id}.sql"]));
        Assert.Contains("Read the SQL. Then run: dotnet build -t:DbApprove", _harness.Engine.Lines);
    }

    [TestMethod]
    public void In_a_project_that_isnt_adopted_it_is_only_CSharp_with_a_hint()
    {
        Assert.IsTrue(Draft());

        CollectionAssert.AreEquivalent(
            new[] { $"{Id}.cs", $"{Id}.Designer.cs", "Snapshot.cs" },
            Directory.GetFiles(_harness.Folder["Migrations"]).Select(Path.GetFileName).ToArray());
        Assert.Contains(
            "ShopContext.approvals is missing, so no SQL was written. "
            + "To have the SQL of all migrations reviewed and applied, run: dotnet build -t:DbApprove",
            _harness.Engine.Lines);
        _harness.Execute(new CheckMigrations());
        Assert.IsEmpty(_harness.Engine.Warnings);
    }

    [TestMethod]
    public void While_a_migration_isnt_compiled_the_same_isnt_drafted_again()
    {
        var context = _harness.Context();
        _harness.Folder.Write("Migrations/ShopContext.approvals", ApprovalsFile.For(context, []).ToText())
            .Write("Migrations/20260101120000_New.cs",
                "[DbContext(typeof(ShopContext)), Migration(\"20260101120000_New\")] class New : Migration;");

        Assert.IsFalse(Draft());

        var error = _harness.Engine.Errors.Single();
        Assert.AreEqual(("MIG1021", "Migrations/20260101120000_New.cs"), (error.Code, error.File));
        Assert.IsFalse(File.Exists(_harness.Folder[$"Migrations/{Id}.cs"]));
        Assert.IsFalse(File.Exists(_harness.Folder["Migrations/Snapshot.cs"]));
    }

    [TestMethod]
    public void Nor_by_a_build_that_drafts_by_itself()
    {
        _harness.Metadata["DbAutoDraft"] = "true";
        _harness.Folder.Write("Migrations/20260101120000_New.cs",
            "[DbContext(typeof(ShopContext)), Migration(\"20260101120000_New\")] class New : Migration;");
        Answer();

        _harness.Execute(new CheckMigrations());

        Assert.AreEqual("MIG1021", _harness.Engine.Warnings.Single().Code);
        Assert.IsFalse(File.Exists(_harness.Folder[$"Migrations/{Id}.cs"]));
    }

    [TestMethod]
    public void An_approval_keeps_the_SQL_and_the_line_of_such_a_migration()
    {
        var context = _harness.Context();
        _harness.Folder.Write("Migrations/ShopContext.approvals", ApprovalsFile.For(context, []).ToText());
        _harness.Answers(context).Execute(new CheckMigrations());
        _harness.Execute(new DbApprove());
        _harness.Folder.Write(
            "Migrations/20260101000000_A.cs", "[DbContext(typeof(ShopContext)), Migration(\"20260101000000_A\")] class A : Migration;");
        var before = (_harness.Folder.Read("Migrations/20260101000000_A.sql"), _harness.Folder.Read("Migrations/ShopContext.approvals"));
        _harness.Answers(context with { Migrations = [] });

        Assert.IsTrue(_harness.Execute(new DbApprove()));

        Assert.AreEqual("MIG1021", _harness.Engine.Warnings.Single().Code);
        Assert.AreEqual(
            before, (_harness.Folder.Read("Migrations/20260101000000_A.sql"), _harness.Folder.Read("Migrations/ShopContext.approvals")));

        File.Delete(_harness.Folder["Migrations/20260101000000_A.cs"]);
        Assert.IsTrue(_harness.Execute(new DbApprove()));
        Assert.Contains("  20260101000000_A.sql  deleted: there is no such migration", _harness.Engine.Lines);
        Assert.IsFalse(File.Exists(_harness.Folder["Migrations/20260101000000_A.sql"]));
    }

    [TestMethod]
    public void A_context_that_cant_be_created_is_a_warning_to_the_draft_of_another_that_is_named()
    {
        var broken = new SeenContext("App.LogContext", SeenState.NotCreated);

        Assert.IsFalse(Draft([], broken));
        Assert.EndsWith("For another context, name it: -p:DbContextName=App.ShopContext", _harness.Engine.Errors.Single().Message!);

        _harness.Metadata["DbStrict"] = "true";
        Assert.IsTrue(Draft([("DbContextName", "ShopContext")], broken));
        Assert.AreEqual("MIG1009", _harness.Engine.Warnings.Single().Code);
        Assert.IsTrue(File.Exists(_harness.Folder[$"Migrations/{Id}.cs"]));
    }

    private bool Draft((string, string)[]? properties = null, params SeenContext[] broken)
    {
        Answer(broken);
        return _harness.Execute(new DbRevision(), properties ?? []);
    }

    private void Answer(params SeenContext[] broken)
    {
        var emission = new Emission("ALTER TABLE a;\n", null, "Down() throws", ["alters a"], [], []);
        SourceChange New(string file) => new(_harness.Folder["Migrations/" + file], "// new\n");
        var problems = broken.Select(context => new Diagnostic(DiagnosticCodes.NoVerdict, $"{context.Name} can't be created"));
        _harness.Answers(new WorkerAnswer([_harness.Context()], [.. problems])
        {
            Seen = [new SeenContext("App.ShopContext", SeenState.Reported), .. broken],
            Target = new MigrationReport(Id, _harness.Folder[$"Migrations/{Id}.cs"], new string('d', 64), emission),
            TargetContext = "App.ShopContext",
            Changes = [New($"{Id}.Designer.cs"), New($"{Id}.cs"), New("Snapshot.cs")],
        });
    }
}
