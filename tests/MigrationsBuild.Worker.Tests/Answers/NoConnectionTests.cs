namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>A connection string that is known at run time only. The tasks' tests show the messages of verbs about it.</summary>
[TestClass]
public class NoConnectionTests
{
    [TestMethod]
    public void A_missing_connection_string_doesnt_affect_the_model_and_is_reported_to_verbs_that_connect()
    {
        var connections = Fixture.Models.Detailed.Connections;

        Assert.AreEqual(
            "the application's configuration has no ConnectionStrings:Shop",
            connections["MigrationsBuild.Worker.Fixtures.Connections.NamedConnectionContext"]["problem"]);
        Assert.AreEqual("Npgsql.EntityFrameworkCore.PostgreSQL", Fixture.Models["NamedConnectionContext"].Provider);
    }
}
