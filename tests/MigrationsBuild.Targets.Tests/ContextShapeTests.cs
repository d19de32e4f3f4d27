using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>The supported forms and numbers of contexts.</summary>
[TestClass]
public class ContextShapeTests
{
    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void Internal_nested_and_inherited_contexts_on_several_databases_share_a_history_table()
    {
        using var project = TestProject.Create(TestPackages.BothDatabases);
        project.Folder.Replace("AppContext.cs", "public class AppDbContext", "internal class AppDbContext").Write("More.cs", """
            using Microsoft.AspNetCore.Identity;
            using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
            using Microsoft.EntityFrameworkCore;

            namespace App;

            public class Entry { public int Id { get; set; } }

            public class Member : IdentityUser { public string? Motto { get; set; } }

            public abstract class TemplateContext<TEntity> : DbContext where TEntity : class
            {
                public DbSet<TEntity> All => Set<TEntity>();
            }

            public static class Audit
            {
                public class TrailContext : TemplateContext<Entry>
                {
                    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=app.db");
                }
            }

            public class MemberContext : IdentityDbContext<Member>
            {
                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseNpgsql("Host=127.0.0.1;Database=app");
            }

            """);
        project.Run("DbRevision", "Msg=initial", "DbContextName=AppDbContext");
        project.Run("DbRevision", "Msg=initial", "DbContextName=App.MemberContext");
        project.Run(
            "DbRevision",
            "Msg=initial",
            "DbContextName=TrailContext",
            "DbMigrationsFolder=Data/History",
            "DbMigrationsNamespace=Shop.Storage");
        project.Run("DbApprove");

        Assert.Contains("CREATE TABLE \"AspNetUsers\"", project.Folder.Read(project.Folder.Find("Migrations/Member", "*_Initial.sql")));
        Assert.Contains("namespace Shop.Storage\n", project.Folder.Read(project.Folder.Find("Data/History", "*_Initial.cs")));
        Assert.Contains("1 migration applied", project.Run("DbMigrate", "DbContextName=AppDbContext").Output);
        Assert.Contains("1 migration applied", project.Run("DbMigrate", "DbContextName=TrailContext").Output);
        Assert.HasCount(2, SqliteFile.Query(project.Folder["app.db"], "SELECT * FROM __EFMigrationsHistory"));
    }
}
