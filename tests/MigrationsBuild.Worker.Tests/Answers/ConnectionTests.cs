namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>What contexts connect to, as far as their configuration tells.</summary>
[TestClass]
public class ConnectionTests
{
    private static readonly Lazy<Start> _start = new(() => Fixture.Models.Ask(request => request with { WantsConnections = true }));

    [TestMethod]
    public void A_file_in_the_folder_that_the_application_sets_is_named_by_its_path() => Assert.AreEqual(
        $"Data Source={Path.Combine(Fixture.Models.Folder, "App_Data", "shop.db")}", Of("DataDirectoryContext", "string"));

    [TestMethod]
    public void A_name_that_no_configuration_knows_is_the_problem_of_verbs_that_connect_and_of_no_other()
    {
        Assert.AreEqual("the application's configuration has no ConnectionStrings:Shop", Of("NamedConnectionContext", "problem"));
        Assert.AreEqual("Npgsql.EntityFrameworkCore.PostgreSQL", Fixture.Models["NamedConnectionContext"].Provider);
    }

    private static string Of(string context, string field) =>
        _start.Value.Connections["MigrationsBuild.Worker.Fixtures.Connections." + context][field];
}
