namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>B14, B20, B26: a context on SQLite whose file, collations and triggers only the application or its SQL know.</summary>
[TestClass]
public class SqliteOptionTests
{
    [TestMethod]
    public void The_application_s_folder_a_rebuild_and_a_collation_are_named_from_the_draft_on()
    {
        var start = Fixture.Models.Ask(
            request => request with { Revision = true, ContextName = "RebuildContext", WantsConnections = true });

        Assert.AreEqual(
            $"Data Source={Path.Combine(Fixture.Models.Folder, "App_Data", "shop.db")}",
            start.Connections["MigrationsBuild.Worker.Fixtures.Connections.DataDirectoryContext"]["string"]);
        CollectionAssert.AreEqual(
            new[] { "rebuilds table \"Users\"", "uses the collation \"UNI\"" },
            start.Answer.Target!.Emission!.Operations.TakeLast(2).Select(note => note.Split(':', ',')[0]).ToArray());
    }
}
