namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>Contexts on SQLite with a file or a collation that only the application defines.</summary>
[TestClass]
public class SqliteOptionTests
{
    [TestMethod]
    public void The_applications_folder_a_rebuild_and_a_collation_are_reported_with_the_draft()
    {
        var draft = Fixture.Models.Draft("RebuildContext").Answer;

        Assert.AreEqual(
            $"Data Source={Path.Combine(Fixture.Models.Folder, "App_Data", "shop.db")}",
            Fixture.Models.Detailed.Connections["MigrationsBuild.Worker.Fixtures.Connections.DataDirectoryContext"]["string"]);
        CollectionAssert.AreEqual(
            new[] { "rebuilds table \"Users\"", "uses the collation \"UNI\"" },
            draft.Target!.Emission!.Operations.TakeLast(2).Select(note => note.Split(':', ',')[0]).ToArray());
    }
}
