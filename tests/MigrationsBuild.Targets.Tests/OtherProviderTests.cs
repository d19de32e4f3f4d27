using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>Databases that the runner doesn't know: all but applying is done for them, and a script says what to run.</summary>
[TestClass]
public class OtherProviderTests
{
    [TestMethod]
    public void SQL_Server_has_drift_drafts_approvals_and_a_script_of_batches()
    {
        using var project = TestProject.Create(TestPackages.OtherProviders);
        Assert.Contains("adds table [Users]", project.Run("DbRevision", "Msg=initial").Output);
        project.Folder.Replace(project.Sql("Initial").Replace(".sql", ".cs", StringComparison.Ordinal), "migrationBuilder.CreateTable(", """
            migrationBuilder.Sql("CREATE VIEW [One] AS SELECT 1 AS [Value]");
                        migrationBuilder.Sql("ALTER DATABASE CURRENT SET RECOVERY SIMPLE;", suppressTransaction: true);
                        migrationBuilder.CreateTable(
            """);
        File.Delete(project.Folder[project.Sql("Initial")]);
        project.Run("DbApprove");

        var script = Script(project, "base:head");

        Assert.Contains("-- Run by: sqlcmd -b -I -x -i", script);
        Assert.Contains(
            "  BEGIN TRANSACTION;\n  GO\n  CREATE VIEW [One] AS SELECT 1 AS [Value]\n  GO\n  COMMIT;\n  GO\n"
            + "  ALTER DATABASE CURRENT SET RECOVERY SIMPLE;\n  GO\n"
            + "  BEGIN TRANSACTION;\n  GO\n  CREATE TABLE [Users] (",
            script);
        Assert.Contains("  GO\n  INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])\n  VALUES (N'", script);
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void MySQL_gets_a_script_and_an_in_memory_context_gets_nothing()
    {
        using var project = TestProject.Create(TestPackages.OtherProviders);
        project.Folder.Replace("AppContext.cs", "UseSqlServer(", "UseMySQL(").Write("MemoryContext.cs", """
            using Microsoft.EntityFrameworkCore;

            namespace App;

            public class MemoryContext : DbContext
            {
                public DbSet<Models.User> Users => Set<Models.User>();

                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseInMemoryDatabase("app");
            }

            """);
        project.Run("DbRevision", "Msg=initial");
        project.Run("DbApprove");

        var script = Script(project, "base:head");

        Assert.Contains("  START TRANSACTION;\n  CREATE TABLE `Users` (", script);
        Assert.Contains("  INSERT INTO `__EFMigrationsHistory` (`MigrationId`, `ProductVersion`)\n  VALUES ('", script);
        Assert.DoesNotContain("GO\n", script);
        var error = project.Build("-t:DbRevision", "-p:DbContextName=MemoryContext").Ours.Single();
        Assert.AreEqual("MIG4001", error.Code);
    }

    private static string Script(TestProject project, string range) => project.Run("DbScript", "DbRev=" + range).Output;
}
