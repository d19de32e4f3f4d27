using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>One migration drafted in place of the oldest ones.</summary>
[TestClass]
public class SquashDraftTests
{
    [TestMethod]
    public void It_creates_the_model_of_the_last_one_in_its_folder_and_namespace_and_leaves_the_snapshot()
    {
        var answer = Squash("Initial", "Begin").Answer;

        Assert.AreEqual("20261120090000_Begin", answer.Target!.Id);
        CollectionAssert.AreEqual(
            new[] { "20261120090000_Begin.Designer.cs", "20261120090000_Begin.cs" },
            answer.Changes.Select(change => Path.GetFileName(change.Path)).ToArray());
        Assert.AreEqual(Path.Combine(Fixture.Shop.Folder, "Migrations"), Path.GetDirectoryName(answer.Changes[0].Path));
        Assert.Contains("namespace Shop.Migrations", answer.Changes[1].Text!);
        Assert.Contains("[Migration(\"20261120090000_Begin\")]", answer.Changes[0].Text!);
        var initial = answer.Contexts.Single(context => context.ShortName == "ShopContext").Migrations[0];
        Assert.AreEqual(initial.Emission!.Up, answer.Target.Emission!.Up, "The SQL of the only migration that it replaces.");
        Assert.AreEqual(initial.Emission.Down, answer.Target.Emission.Down);
    }

    [TestMethod]
    public void Statements_that_are_carried_over_follow_the_tables_and_are_reverted_before_them()
    {
        var answer = Squash("Initial", "Begin", ["CREATE VIEW v AS\n  SELECT \"x\"", "INSERT INTO t VALUES (1)"], ["DROP VIEW v"]).Answer;

        Assert.EndsWith("CREATE VIEW v AS\n  SELECT \"x\";\n\nINSERT INTO t VALUES (1);\n", answer.Target!.Emission!.Up!);
        Assert.StartsWith("DROP VIEW v;\n", answer.Target.Emission.Down!);
        Assert.Contains("migrationBuilder.Sql(@\"CREATE VIEW v AS\n  SELECT \"\"x\"\"\");", answer.Changes[1].Text!);
        Assert.Contains("migrationBuilder.Sql(@\"DROP VIEW v\");", answer.Changes[1].Text!);
    }

    [TestMethod]
    [DataRow("Initial", "Initial", "MIG4005", "A migration with that name already exists: 20261120090000_Initial")]
    [DataRow("Initial", "ShopContext", "MIG4005", "")]
    [DataRow("OverdueOrders", "Begin", "MIG4008", "OverdueOrders has no Designer file, so")]
    [DataRow("Nowhere", "Begin", "MIG3007", "Can't locate revision identified by 'Nowhere'")]
    public void A_name_or_a_revision_that_can_not_be_used_is_refused(string to, string name, string code, string message)
    {
        var problem = Squash(to, name).Problem;

        Assert.AreEqual(code, problem.Code.Id, problem.Text);
        Assert.Contains(message, problem.Message);
        if (problem.Code == DiagnosticCodes.DuplicateName)
            Assert.Contains("Msg=", problem.Text);
    }

    private static Start Squash(string to, string name, string[]? up = null, string[]? down = null) =>
        Fixture.Shop.Ask(request => request with
        {
            SquashTo = to,
            EmitRevisions = to,
            RevisionName = name,
            ContextName = "ShopContext",
            CarriedUp = up ?? [],
            CarriedDown = down ?? [],
        });
}
