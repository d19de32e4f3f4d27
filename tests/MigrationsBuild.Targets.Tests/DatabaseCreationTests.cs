using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>B09, B10: how a missing database is created is what options and model say.</summary>
[TestClass]
public class DatabaseCreationTests
{
    [TestMethod]
    public void The_admin_database_the_template_and_the_collation_are_those_of_the_context()
    {
        var server = PostgreSqlServer.Shared;
        var (database, template, admin) = (PostgreSqlServer.NewName(), PostgreSqlServer.NewName(), PostgreSqlServer.NewName());
        server.Execute("postgres", $"CREATE DATABASE {admin}");
        server.Execute("postgres", $"CREATE DATABASE {template} TEMPLATE template0");
        server.Execute(template, "CREATE TABLE country (code text); INSERT INTO country VALUES ('CH')");
        using var project = TestProject.Create(TestPackages.Npgsql);
        project.Folder
            .Replace("AppContext.cs", "UseNpgsql(\"Host=127.0.0.1;Database=app\")", $"UseNpgsql(\"Host=127.0.0.1;Database=app\", npgsql => npgsql.UseAdminDatabase(\"{admin}\"))")
            .Replace("AppContext.cs", "    protected override void OnConfiguring", $$"""
                    protected override void OnModelCreating(ModelBuilder model) => model.UseDatabaseTemplate("{{template}}").UseCollation("C");

                    protected override void OnConfiguring
                """);

        project.Run("DbRevision", "Msg=initial");
        project.Run("DbApprove");
        var migrated = project.RunOn(server.ConnectionString(database), "DbMigrate");

        Assert.Contains($"Created {database}", migrated.Output);
        CollectionAssert.AreEqual(new[] { "CH|C" }, server.Query(database, "SELECT code, (SELECT datcollate FROM pg_database WHERE datname = current_database()) FROM country").ToArray());
        Assert.IsEmpty(project.Build().Ours);
        // The administrative database is asked, and no other.
        server.Execute("postgres", $"DROP DATABASE {admin}");
        server.Execute("postgres", $"DROP DATABASE {database} WITH (FORCE)");
        var refused = project.Build(new Dictionary<string, string?> { ["MIGRATIONS_CONNECTION"] = server.ConnectionString(database) }, "-t:DbMigrate");
        Assert.Contains($"database \"{admin}\" does not exist", refused.Ours.Single().Text);
        server.Execute("postgres", $"DROP DATABASE {template}");
    }
}
