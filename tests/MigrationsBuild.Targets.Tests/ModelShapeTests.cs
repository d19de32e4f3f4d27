using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>What of EF Core a project may replace or extend.</summary>
[TestClass]
public class ModelShapeTests
{
    [TestMethod]
    public void Naming_conventions_hold_in_drift_SQL_and_history_table()
    {
        using var project = TestProject.CreateMigrated(TestPackages.Naming).AddToUser("public string? LastName { get; set; }");

        Assert.StartsWith("User.LastName has no migration: adds column \"users\".\"last_name\" TEXT.", project.Build().Ours.Single().Text);
        project.Run("DbRevision");
        project.Run("DbApprove");
        Assert.EndsWith("ALTER TABLE \"users\" ADD \"last_name\" TEXT NULL;\n", project.Folder.Read(project.Sql("AddUserLastName")));
        project.Run("DbMigrate", "DbTo=Initial");
        Assert.Contains("1 migration applied", project.Run("DbMigrate").Output);
        Assert.Contains("Nothing to apply", project.Run("DbMigrate").Output);
        Assert.HasCount(2, SqliteFile.Query(project.Folder["app.db"], "SELECT migration_id, product_version FROM __EFMigrationsHistory"));
        Assert.IsEmpty(project.Build(TestCode.Ci).Diagnostics);
    }

    [TestMethod]
    public void A_default_schema_and_a_history_table_in_another_one()
    {
        using var project = TestProject.Create(TestPackages.Npgsql).Configure("builder.HasDefaultSchema(\"shop\");");
        project.Folder.Replace("AppContext.cs", "Database=app\")", "Database=app\", npgsql => npgsql.MigrationsHistoryTable(\"applied\", \"ops\"))");
        project.Run("DbRevision", "Msg=initial");
        project.Run("DbApprove");
        var (server, database) = (PostgreSqlServer.Shared, PostgreSqlServer.NewName());

        Assert.Contains("1 migration applied", project.RunOn(server.ConnectionString(database), "DbMigrate").Output);
        Assert.Contains("Nothing to apply", project.RunOn(server.ConnectionString(database), "DbMigrate").Output);

        Assert.Contains("CREATE TABLE shop.\"Users\"", project.Folder.Read(project.Sql("Initial")));
        Assert.HasCount(1, server.Query(database, "SELECT * FROM ops.applied"));
        Assert.IsEmpty(server.Query(database, "SELECT * FROM shop.\"Users\""));
        server.Execute("postgres", $"DROP DATABASE {database}");
    }

    [TestMethod]
    public void UseSeeding_is_the_applications_and_not_run_by_a_migration()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Replace("AppContext.cs", "UseSqlite(\"Data Source=app.db\")", "UseSqlite(\"Data Source=app.db\").UseSeeding((context, _) => { context.Add(new User { Name = \"seed\" }); context.SaveChanges(); })")
            .Write("Program.cs", "using Microsoft.EntityFrameworkCore;\n\nusing var context = new App.AppDbContext();\ncontext.Database.Migrate();\n");

        Assert.IsEmpty(project.Build(TestCode.Ci).Diagnostics);
        project.Run("DbMigrate");
        Assert.IsEmpty(SqliteFile.Query(project.Folder["app.db"], "SELECT * FROM Users"));

        project.Execute(new Dictionary<string, string?>());
        Assert.HasCount(1, SqliteFile.Query(project.Folder["app.db"], "SELECT * FROM Users"));
    }
}
