using MigrationsBuild.Contexts;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Drafting;
using MigrationsBuild.Tasks.Projects;
using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>A draft is discarded without a build: it may be what keeps the project from compiling.</summary>
[TestClass]
public sealed class DbDiscardTests : IDisposable
{
    private const string First = "20260101000000_A";
    private const string Draft = "20260102000000_B";
    private const string Snapshot = "Migrations/ShopContextModelSnapshot.cs";
    private readonly TaskHarness _harness = new();

    public DbDiscardTests()
    {
        WriteMigration(First, "old model");
        WriteMigration(Draft, "new model");
        _harness.Folder.Write($"Migrations/{Draft}.sql", "SELECT 'mine';\n").Write(
            Snapshot,
            Text("ShopContextModelSnapshot : ModelSnapshot", "", "BuildModel", "new model"));
        Approve(First);
    }

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    public void The_Designer_file_of_the_migration_before_gives_the_snapshot()
    {
        Assert.IsTrue(Discard());

        Assert.AreEqual(Text("ShopContextModelSnapshot : ModelSnapshot", "", "BuildModel", "old model"), _harness.Folder.Read(Snapshot));
        CollectionAssert.AreEquivalent(
            new[] { $"{First}.cs", $"{First}.Designer.cs", $"{Draft}.sql", "ShopContextModelSnapshot.cs", "ShopContext.approvals" },
            Directory.GetFiles(_harness.Folder["Migrations"]).Select(Path.GetFileName).ToArray(),
            "SQL that isn't ours stays.");
        Assert.Contains($"ShopContext: discarded {Draft}", _harness.Engine.Lines);
    }

    [TestMethod]
    public void The_snapshot_that_was_kept_before_the_draft_is_restored_to_the_letter()
    {
        var backups = new SnapshotBackups(new ProjectDescription(_harness.Item, []));
        var change = new SourceChange(_harness.Folder[Snapshot], _harness.Folder.Read(Snapshot));
        _harness.Folder.Write(Snapshot, "// as it was");
        backups.Write("App.ShopContext", backups.Of(new DraftKey("App.ShopContext", Draft), change, replaces: null));
        _harness.Folder.Write(Snapshot, change.Text!);

        Assert.IsTrue(Discard());

        Assert.AreEqual("// as it was", _harness.Folder.Read(Snapshot));
    }

    [TestMethod]
    [DataRow("approved")]
    [DataRow("stripped")]
    [DataRow("several")]
    [DataRow("no snapshot")]
    public void If_the_files_are_not_enough_nothing_is_done_before_the_build(string why)
    {
        if (why == "approved")
            Approve(First, Draft);
        else if (why == "stripped")
            File.Delete(_harness.Folder[$"Migrations/{First}.Designer.cs"]);
        else if (why == "several")
            _harness.Folder.Write(
                "Log/LogContext.approvals",
                ApprovalsFile.For(_harness.Context() with { Name = "App.LogContext" }, []).ToText());
        else
            File.Delete(_harness.Folder[Snapshot]);
        var before = Directory.GetFiles(_harness.Folder["Migrations"]);

        Assert.IsFalse(Discard());

        CollectionAssert.AreEquivalent(before, Directory.GetFiles(_harness.Folder["Migrations"]));
        Assert.IsEmpty(_harness.Engine.Errors);
        if (why == "several")
            Assert.IsTrue(Discard(("DbContextName", "shopcontext")));
    }

    private bool Discard(params (string, string)[] properties)
    {
        var task = new DbDiscard { BeforeBuild = true };
        Assert.IsTrue(_harness.Execute(task, properties));
        Assert.AreEqual(0, _harness.Starts);
        return task.IsDone;
    }

    private void Approve(params string[] ids) => _harness.Folder.Write(
        "Migrations/ShopContext.approvals",
        ApprovalsFile.For(_harness.Context(), [.. ids.Select((id, i) => Approved(id, i == 0 ? Approval.Base : ids[i - 1]))]).ToText());

    private static Approval Approved(string id, string previous) =>
        new(id, previous, new string('a', 64), Approval.Irreversible, new string('b', 64));

    private void WriteMigration(string id, string model)
    {
        var name = id[15..];
        _harness.Folder.Write($"Migrations/{id}.cs", $"public partial class {name} : Migration {{ }}")
            .Write($"Migrations/{id}.Designer.cs", Text(name, $"    [Migration(\"{id}\")]\n", "BuildTargetModel", model));
    }

    private static string Text(string name, string attribute, string method, string model) =>
        $"namespace App.Migrations\n{{\n    [DbContext(typeof(ShopContext))]\n{attribute}    partial class {name}\n    {{\n"
        + $"        protected override void {method}(ModelBuilder modelBuilder) => {model};\n    }}\n}}\n";
}
