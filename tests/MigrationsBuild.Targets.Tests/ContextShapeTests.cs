using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>How contexts may be written, and where their migrations go.</summary>
[TestClass]
public class ContextShapeTests
{
    [TestMethod]
    public void The_draft_for_an_internal_nested_and_inherited_context_compiles_in_the_namespace_of_the_settings()
    {
        using var project = TestProject.Create(
            properties: "<DbMigrationsFolder>Data/History</DbMigrationsFolder><DbMigrationsNamespace>Shop.Storage</DbMigrationsNamespace>");
        project.Folder.Write("Trail.cs", """
            using Microsoft.EntityFrameworkCore;

            namespace App;

            public class Entry { public int Id { get; set; } }

            public abstract class TemplateContext<TEntity> : DbContext where TEntity : class
            {
                public DbSet<TEntity> All => Set<TEntity>();
            }

            internal static class Audit
            {
                internal class TrailContext : TemplateContext<Entry>
                {
                    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=app.db");
                }
            }

            """);

        project.Run("DbRevision", "Msg=initial", "DbContextName=TrailContext");

        Assert.IsTrue(project.Build().Succeeded);
        Assert.Contains("namespace Shop.Storage\n", project.Folder.Read(project.Folder.Find("Data/History", "*_Initial.cs")));
    }
}
