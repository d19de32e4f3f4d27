namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>Internal, nested and inherited contexts, and several contexts with the same name.</summary>
[TestClass]
public class ContextShapeTests
{
    private const string Shapes = "MigrationsBuild.Worker.Fixtures.ContextShapes.";

    [TestMethod]
    [DataRow("Audit+TrailContext")]
    [DataRow("Audit+InternalContext")]
    [DataRow("Sales.ShopContext")]
    [DataRow("Stock.ShopContext")]
    public void Internal_nested_and_inherited_contexts_are_reported_by_their_full_names(string context) =>
        Assert.HasCount(1, Fixture.Models.Shared.Answer.Contexts.Where(report => report.Name == Shapes + context));

    [TestMethod]
    public void Two_contexts_with_the_same_name_are_distinguished_by_their_namespace()
    {
        var problem = Fixture.Models.Draft("ShopContext").Problem;

        Assert.AreEqual("MIG4002", problem.Code.Id);
        Assert.MatchesRegex(
            @"^There are several DbContexts: \S+\.ShopContext, \S+\.ShopContext\. "
            + @"Name one: -p:DbContextName=\S+\.(Sales|Stock)\.ShopContext$", problem.Text);
    }

    [TestMethod]
    public void A_draft_that_would_hide_another_contexts_class_is_refused() =>
        Assert.StartsWith("A class with that name already exists: Storage.Initial.", DraftOfStock("Initial").Text);

    [TestMethod]
    public void A_draft_that_would_overwrite_another_contexts_snapshot_is_refused()
    {
        var finding = DraftOfStock("First");

        Assert.AreEqual(("MIG4005", "ContextShapes/Data/ShopContextModelSnapshot.cs"), (finding.Code, finding.File));
    }

    private static Finding DraftOfStock(string name)
    {
        var start = Fixture.Models.Ask(
            request => request with { Revision = true, RevisionName = name, ContextName = Shapes + "Stock.ShopContext" },
            project => (project["DbMigrationsFolder"], project["DbMigrationsNamespace"]) = ("ContextShapes/Data", "Storage"));
        Assert.IsEmpty(start.Answer.Changes);
        return new Finding(start.Problem, Fixture.Models.Folder);
    }
}
