using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>B21: the connection string is known at run time only.</summary>
[TestClass]
public class NoConnectionTests
{
    [TestMethod]
    public void A_name_without_a_setting_is_no_matter_of_the_model_and_a_verb_that_connects_names_the_variable()
    {
        var server = PostgreSqlServer.Shared;
        var database = PostgreSqlServer.NewName();
        using var project = TestProject.Create(TestPackages.Npgsql);
        project.Folder.Replace("AppContext.cs", "\"Host=127.0.0.1;Database=app\"", "\"Name=ConnectionStrings:Shop\"");

        project.Run("DbRevision", "Msg=initial");
        project.Run("DbApprove");
        var refused = project.Build("-t:DbMigrate").Ours.Single();

        Assert.AreEqual("MIG4006", refused.Code, refused.Text);
        Assert.Contains("ConnectionStrings:Shop", refused.Text);
        Assert.Contains("Set the environment variable MIGRATIONS_CONNECTION", refused.Text);
        Assert.Contains("Initial", project.Run("DbHistory").Output);
        Assert.IsEmpty(project.Build().Ours);
        Assert.Contains("1 migration applied", project.RunOn(server.ConnectionString(database), "DbMigrate").Output);
        server.Execute("postgres", $"DROP DATABASE {database} WITH (FORCE)");
    }
}
