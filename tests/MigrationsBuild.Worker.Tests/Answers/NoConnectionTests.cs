namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>B21: the connection string is known at run time only. The tasks' tests show what verbs say of it.</summary>
[TestClass]
public class NoConnectionTests
{
    [TestMethod]
    public void A_name_without_a_setting_is_no_matter_of_the_model_and_a_verb_that_connects_names_the_variable()
    {
        var connections = Fixture.Models.Ask(request => request with { WantsConnections = true }).Connections;

        Assert.AreEqual(
            "the application's configuration has no ConnectionStrings:Shop",
            connections["MigrationsBuild.Worker.Fixtures.Connections.NamedConnectionContext"]["problem"]);
        Assert.AreEqual("Npgsql.EntityFrameworkCore.PostgreSQL", Fixture.Models["NamedConnectionContext"].Provider);
    }
}
