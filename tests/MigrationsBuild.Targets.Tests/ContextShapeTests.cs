using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>How contexts may be written, and how many of them.</summary>
[TestClass]
public class ContextShapeTests
{
    [TestMethod]
    public void Internal_nested_and_inherited_contexts_on_several_databases_share_a_history_table()
    {
        using var project = TestProject.Create(TestPackages.BothDatabases);
        project.Folder.Replace("AppContext.cs", "public class AppDbContext", "internal class AppDbContext").Write("More.cs", """
            using App.Models;
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

                protected override void OnModelCreating(ModelBuilder builder)
                {
                    base.OnModelCreating(builder);
                    builder.Entity<IdentityRole>().HasData(new IdentityRole("admin") { Id = "1", ConcurrencyStamp = "1" });
                }
            }

            """);
        foreach (var context in new[] { "AppDbContext", "TrailContext", "App.MemberContext" })
            project.Run("DbRevision", "Msg=initial", $"DbContextName={context}");
        project.Run("DbApprove");

        Assert.IsEmpty(project.Build(TestCode.Ci).Diagnostics);
        Assert.Contains("CREATE TABLE \"AspNetUsers\"", project.Folder.Read(project.Folder.Find("Migrations/Member", "*_Initial.sql")));
        Assert.Contains("1 migration applied", project.Run("DbMigrate", "DbContextName=AppDbContext").Output);
        Assert.Contains("1 migration applied", project.Run("DbMigrate", "DbContextName=TrailContext").Output);
        Assert.Contains("Nothing to apply", project.Run("DbMigrate", "DbContextName=AppDbContext").Output);
        Assert.HasCount(2, SqliteFile.Query(project.Folder["app.db"], "SELECT * FROM __EFMigrationsHistory"));
        project.Folder.Replace("More.cs", ", ConcurrencyStamp = \"1\"", "").Replace("More.cs", "Motto", "Slogan");
        CollectionAssert.AreEquivalent(
            new[] { ("MIG1008", "IdentityRole.ConcurrencyStamp", 25), ("MIG1001", "Member.Slogan", 10) },
            project.Build().Ours.Select(finding => (finding.Code, finding.Text.Split(' ')[0], finding.Line)).ToArray());
    }

    [TestMethod]
    public void Two_contexts_of_one_name_are_told_apart_by_their_namespace()
    {
        using var project = TestProject.Create();
        project.Folder.Write("AppContext.cs", "").Write("Sales.cs", Shop("Sales", "Order")).Write("Stock.cs", Shop("Stock", "Item"));

        var error = project.Build("-t:DbRevision", "-p:Msg=initial", "-p:DbContextName=ShopContext").Ours.Single();
        project.Run("DbRevision", "Msg=initial", "DbContextName=App.Sales.ShopContext");
        project.Run("DbRevision", "Msg=initial", "DbContextName=App.Stock.ShopContext");
        project.Run("DbApprove");

        Assert.AreEqual("MIG4002", error.Code);
        Assert.MatchesRegex(@"^There are several DbContexts: App\.(Sales|Stock)\.ShopContext, App\.(Sales|Stock)\.ShopContext\. Say which: -p:DbContextName=App\.(Sales|Stock)\.ShopContext$", error.Text);
        Assert.Contains("CREATE TABLE \"Order\"", project.Folder.Read(project.Folder.Find("Migrations", "*_Initial.sql")));
        Assert.Contains("CREATE TABLE \"Item\"", project.Folder.Read(project.Folder.Find("Migrations/Shop", "*_Initial.sql")));
        Assert.HasCount(2, Directory.GetFiles(project.Folder.Path, "ShopContext.approvals", SearchOption.AllDirectories));
        Assert.IsEmpty(project.Build(TestCode.Ci).Diagnostics);

        var connection = new Dictionary<string, string?> { ["MIGRATIONS_CONNECTION"] = $"Data Source={project.Folder["shop.db"]}" };
        var publish = Dotnet.Build(project.Folder.Path, ["publish", "-p:DbMigrateOnPublish=true", "-o", "out"], connection);
        Assert.IsTrue(publish.Succeeded, publish.ToString());
        CollectionAssert.AreEquivalent(
            new[] { "App.Sales.ShopContext.manifest", "App.Stock.ShopContext.manifest" }, Directory.GetFiles(project.Folder["out/migrations"]).Select(Path.GetFileName).ToArray());
        Assert.HasCount(2, SqliteFile.Query(project.Folder["shop.db"], "SELECT name FROM sqlite_master WHERE name IN ('Order', 'Item')"));
        Assert.IsEmpty(Directory.GetFileSystemEntries(project.Folder["obj/Release/net10.0/MigrationsBuild/publish"]));
    }

    [TestMethod]
    public void A_context_that_only_reads_is_left_in_peace_and_the_other_one_is_chosen()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        project.Folder.Write("ReportContext.cs", """
            using Microsoft.EntityFrameworkCore;

            namespace App;

            public class Line { public string? Name { get; set; } }

            public class ReportContext : DbContext
            {
                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=app.db");

                protected override void OnModelCreating(ModelBuilder builder) => builder.Entity<Line>().HasNoKey().ToView("lines");
            }

            """);

        Assert.Contains("AppDbContext: drafted", project.Run("DbRevision").Output);
        project.Run("DbApprove");
        Assert.IsEmpty(project.Build(TestCode.Ci).Diagnostics);
        Assert.Contains("2 migrations applied", project.Run("DbMigrate").Output);
    }

    private static string Shop(string name, string entity) => $$"""
        using Microsoft.EntityFrameworkCore;

        namespace App.{{name}};

        public class {{entity}} { public int Id { get; set; } }

        public class ShopContext : DbContext
        {
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source={{name}}.db");

            protected override void OnModelCreating(ModelBuilder builder) => builder.Entity<{{entity}}>();
        }

        """;
}
