using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>Databases that the runner doesn't know: all but applying is done for them, and a script says what to run.</summary>
[TestClass]
public class OtherProviderTests
{
    [TestMethod]
    public void SQL_Server_has_drift_drafts_approvals_and_a_script_of_batches()
    {
        using var project = TestProject.CreateMigrated(TestPackages.OtherProviders).AddAvatar();
        Assert.Contains("adds column [Users].[Avatar] nvarchar(max)", project.Run("DbRevision", "Msg=add avatar").Output);
        project.Folder.Replace(project.Sql("AddAvatar").Replace(".sql", ".cs", StringComparison.Ordinal), "migrationBuilder.AddColumn<string>(", """
            migrationBuilder.Sql("CREATE VIEW [Names] AS SELECT [Name] FROM [Users]");
                        migrationBuilder.Sql("CREATE TRIGGER [T] ON [Users] AFTER INSERT AS\nBEGIN\n    SELECT 1;\nEND");
                        migrationBuilder.Sql("ALTER DATABASE CURRENT SET RECOVERY SIMPLE;", suppressTransaction: true);
                        migrationBuilder.AddColumn<string>(
            """);
        project.Build();
        project.Run("DbApprove");

        var up = Script(project, "Initial:head");
        Assert.Contains("-- Run by: sqlcmd -b -I -x -i", up);
        Assert.Contains(
            "  BEGIN TRANSACTION;\n  GO\n  CREATE VIEW [Names] AS SELECT [Name] FROM [Users]\n  GO\n"
            + "  CREATE TRIGGER [T] ON [Users] AFTER INSERT AS\n  BEGIN\n      SELECT 1;\n  END\n  GO\n  COMMIT;\n  GO\n"
            + "  ALTER DATABASE CURRENT SET RECOVERY SIMPLE;\n  GO\n"
            + "  BEGIN TRANSACTION;\n  GO\n  ALTER TABLE [Users] ADD [Avatar] nvarchar(max) NULL;\n  GO\n  INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])\n  VALUES (N'",
            up);
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void MySQL_has_a_script_in_its_own_words_and_a_context_in_memory_has_nothing()
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
