using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>What <c>alembic.ini</c>, <c>env.py</c> and <c>script.py.mako</c> let a user set, here.</summary>
[TestClass]
public class ConfigurationTests
{
    [TestMethod]
    public void Folder_and_namespace_of_migrations()
    {
        using var project = TestProject.Create(properties: "<DbMigrationsFolder>Data/History</DbMigrationsFolder><DbMigrationsNamespace>Shop.Storage</DbMigrationsNamespace>");

        project.Run("DbRevision", "Msg=initial");

        Assert.Contains("namespace Shop.Storage\n", project.Folder.Read(project.Folder.Find("Data/History", "*_Initial.cs")));
        Assert.Contains("namespace Shop.Storage\n", project.Folder.Read(project.Folder.Find("Data/History", "*Snapshot.cs")));
        project.Run("DbApprove");
        Assert.IsEmpty(project.Build(TestCode.Ci).Ours);
    }

    [TestMethod]
    public void The_text_of_drafts_by_EF_Cores_own_hook()
    {
        using var project = TestProject.Create();
        project.Folder.Write("DesignServices.cs", """
            using Microsoft.EntityFrameworkCore.Design;
            using Microsoft.EntityFrameworkCore.Migrations.Design;
            using Microsoft.EntityFrameworkCore.Migrations.Operations;
            using Microsoft.Extensions.DependencyInjection;

            namespace App;

            public class DesignServices : IDesignTimeServices
            {
                public void ConfigureDesignTimeServices(IServiceCollection services) => services.AddSingleton<IMigrationsCodeGenerator, WithHeader>();
            }

            public class WithHeader(MigrationsCodeGeneratorDependencies dependencies, CSharpMigrationsGeneratorDependencies csharp) : CSharpMigrationsGenerator(dependencies, csharp)
            {
                public override string GenerateMigration(string? space, string name, IReadOnlyList<MigrationOperation> up, IReadOnlyList<MigrationOperation> down) =>
                    "// Ours.\n" + base.GenerateMigration(space, name, up, down);
            }

            """);

        project.Run("DbRevision", "Msg=initial");

        Assert.StartsWith("// Ours.\n", project.Folder.Read(project.Folder.Find("Migrations", "*_Initial.cs")));
    }

    [TestMethod]
    public void The_history_table()
    {
        using var project = TestProject.Create();
        project.Folder.Replace("AppContext.cs", "UseSqlite(\"Data Source=app.db\")", "UseSqlite(\"Data Source=app.db\", sqlite => sqlite.MigrationsHistoryTable(\"Applied\"))");
        project.Run("DbRevision", "Msg=initial");
        project.Run("DbApprove");
        project.Run("DbMigrate");

        Assert.HasCount(1, SqliteFile.Query(project.Folder["app.db"], "SELECT * FROM Applied"));
    }

    [TestMethod]
    public void Tables_that_are_left_alone()
    {
        using var project = TestProject.CreateMigrated().Configure("builder.Entity<Legacy>().ToTable(\"Legacy\", table => table.ExcludeFromMigrations());");
        project.Folder.Write("Models/Legacy.cs", "namespace App.Models;\n\npublic class Legacy\n{\n    public int Id { get; set; }\n}\n");

        Assert.IsEmpty(project.Build(TestCode.Ci).Ours);
    }

    [TestMethod]
    public void Hooks_before_and_after_are_targets()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Replace("App.csproj", "</Project>", """
              <Target Name="Before" BeforeTargets="DbMigrate"><Message Importance="high" Text="before DbMigrate" /></Target>
              <Target Name="After" AfterTargets="DbMigrate"><Message Importance="high" Text="after DbMigrate" /></Target>
            </Project>
            """);

        var output = project.Run("DbMigrate").Output;
        Assert.IsLessThan(output.IndexOf("1 migration applied", StringComparison.Ordinal), output.IndexOf("before DbMigrate", StringComparison.Ordinal));
        Assert.IsLessThan(output.IndexOf("after DbMigrate", StringComparison.Ordinal), output.IndexOf("1 migration applied", StringComparison.Ordinal));
        Assert.DoesNotContain("after DbMigrate", project.Build("-t:DbMigrate", "-p:DbTo=nope").Output);
    }
}
