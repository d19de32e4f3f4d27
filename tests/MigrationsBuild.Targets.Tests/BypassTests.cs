using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>Ways around the approval that were found in reports and in a review, each closed.</summary>
[TestClass]
public class BypassTests
{
    private const string Approvals = "Migrations/AppDbContext.approvals";

    [TestMethod]
    public void A_renamed_context_doesnt_turn_the_gate_off_and_an_approval_renames()
    {
        using var project = TestProject.CreateMigrated();
        project.Run("DbMigrate");
        var sql = project.Sql("Initial");
        project.Folder.Replace(sql, "\"Name\" TEXT", "\"Name\" BLOB");
        Rename(project, "AppDbContext", "ShopDbContext");

        Assert.AreEqual("MIG1016", project.Build().Ours.Single().Code);
        Assert.AreEqual(("MIG1016", Approvals, 2), LocationOf(project.Build(TestCode.Ci)));
        Assert.AreEqual("MIG1016", Publish(project).Ours.Single(finding => finding.IsError).Code);
        Assert.AreEqual("MIG1016", project.Build("-t:DbMigrate").Ours.Single().Code);
        Assert.Contains("_Initial (head)", project.Run("DbCurrent", "DbVerbose=true").Output);
        var approval = project.Run("DbApprove");

        Assert.Contains($"{Approvals} moved to Migrations/ShopDbContext.approvals; what was approved stays approved", approval.Output);
        Assert.Contains("name: App.ShopDbContext, was App.AppDbContext", approval.Output);
        Assert.AreEqual(("MIG1003", sql, 1), LocationOf(project.Build(TestCode.Ci)));
        project.Folder.Replace(sql, "\"Name\" BLOB", "\"Name\" TEXT");
        Assert.IsEmpty(project.Build(TestCode.Ci).Ours);
        Assert.Contains("Nothing to apply", project.Run("DbMigrate").Output);
        project.AddAvatar().Run("DbRevision");
        Assert.HasCount(1, Directory.GetFiles(project.Folder["Migrations"], "*Snapshot.cs"));
        Assert.AreEqual("MIG1002", project.Build().Ours.Single().Code);
    }

    [TestMethod]
    public void A_deleted_approvals_file_doesnt_turn_the_gate_off()
    {
        using var project = TestProject.CreateMigrated();
        File.Delete(project.Folder[Approvals]);
        project.Folder.Replace(project.Sql("Initial"), "\"Name\" TEXT", "\"Name\" BLOB");

        Assert.AreEqual("MIG1017", project.Build().Ours.Single().Code);
        Assert.AreEqual("MIG1017", project.Build(TestCode.Ci).Ours.Single(finding => finding.IsError).Code);
        Assert.AreEqual("MIG1017", Publish(project).Ours.Single(finding => finding.IsError).Code);
    }

    [TestMethod]
    public void A_publish_of_a_project_that_isnt_adopted_doesnt_leave_its_migrations_out_in_silence()
    {
        using var project = TestProject.CreateMigrated();
        foreach (var file in Directory.GetFiles(project.Folder["Migrations"]).Where(file => !file.EndsWith(".cs", StringComparison.Ordinal)))
            File.Delete(file);

        Assert.IsTrue(project.Build(TestCode.Ci).Ours.Single() is { Code: "MIG1006", IsError: false });
        Assert.IsTrue(project.Build(TestCode.Ci, "-p:DbPublish=runner").Ours.Single() is { Code: "MIG1017", IsError: true });
        Assert.IsTrue(Publish(project).Ours.Single() is { Code: "MIG1017", IsError: true });
        Assert.IsTrue(Publish(project, "-p:DbPublish=none").Succeeded);
    }

    [TestMethod]
    public void SQL_of_one_database_isnt_run_on_another()
    {
        using var project = TestProject.CreateMigrated(TestPackages.BothDatabases);
        project.Folder.Replace("AppContext.cs", "UseSqlite(\"Data Source=app.db\")", "UseNpgsql(\"Host=127.0.0.1;Port=1;Database=app\")");

        BuildResult[] builds =
            [project.Build(TestCode.Ci), Publish(project), project.Build("-t:DbMigrate"), project.Build("-t:DbScript")];
        foreach (var build in builds)
        {
            var error = build.Ours.Single(finding => finding is { Code: "MIG1018", IsError: true });
            Assert.AreEqual((Approvals, 4), (error.File, error.Line));
            Assert.Contains("provider Microsoft.EntityFrameworkCore.Sqlite, and has Npgsql.EntityFrameworkCore.PostgreSQL now", error.Text);
            Assert.DoesNotContain(finding => finding.Code.StartsWith("MIG3", StringComparison.Ordinal), build.Ours, "It has connected.");
        }
    }

    [TestMethod]
    public void A_context_that_cant_be_checked_here_isnt_silent()
    {
        using var project = TestProject.CreateMigrated(TestPackages.OtherProviders);
        project.Folder.Replace("AppContext.cs", "UseSqlServer(\"Server=127.0.0.1;Database=app\")", "UseInMemoryDatabase(\"app\")");

        var error = project.Build(TestCode.Ci).Ours.Single();

        Assert.AreEqual(("MIG1016", Approvals, true), (error.Code, error.File, error.IsError));
        Assert.Contains("has no relational provider here, so nothing of it was checked", error.Text);
    }

    [TestMethod]
    public void A_migration_that_isnt_compiled_is_named_with_its_item_and_loses_nothing()
    {
        using var project = TestProject.CreateMigrated();
        var compiled = Directory.GetFiles(project.Folder["Migrations"], "*.cs").Select(path => $"Migrations/{Path.GetFileName(path)}");
        AddItems(project, $"<Compile Remove=\"Migrations\\**\" /><Compile Include=\"{string.Join(';', compiled)}\" />");
        project.AddAvatar().Run("DbRevision");
        var source = project.Sql("AddUserAvatar").Replace(".sql", ".cs", StringComparison.Ordinal);

        var finding = project.Build().Ours.Single();
        var approval = project.Build("-t:DbApprove");
        var revision = project.Build("-t:DbRevision");

        Assert.AreEqual(("MIG1021", source), (finding.Code, finding.File));
        Assert.Contains($"<Compile Include=\"{source}\" />", finding.Text);
        Assert.IsTrue(approval.Succeeded, approval.ToString());
        Assert.AreEqual("MIG1021", approval.Ours.Single().Code);
        Assert.AreEqual(("MIG1021", true), (revision.Ours.Single().Code, revision.Ours.Single().IsError));
        Assert.IsTrue(File.Exists(project.Folder[project.Sql("AddUserAvatar")]));
        Assert.HasCount(1, Directory.GetFiles(project.Folder["Migrations"], "*AddUserAvatar.cs"));
        Assert.IsTrue(project.Build(TestCode.Ci).Ours.Single().IsError);

        AddItems(project, $"<Compile Include=\"{source};{source.Replace(".cs", ".Designer.cs", StringComparison.Ordinal)}\" />");
        Assert.AreEqual("MIG1002", project.Build().Ours.Single().Code);
        project.Run("DbApprove");
        Assert.IsEmpty(project.Build(TestCode.Ci).Ours);
    }

    [TestMethod]
    public void SQL_that_a_migration_reads_from_a_file_is_pinned_only_as_it_was_read()
    {
        using var project = TestProject.CreateMigrated();
        project.Run("DbRevision", "Msg=fill", "DbEmpty=true");
        const string up = "protected override void Up(MigrationBuilder migrationBuilder)\n        {";
        project.Folder.Write("../fill.sql", "UPDATE \"Users\" SET \"Name\" = 'a';").Replace(
            project.Sql("Fill").Replace(".sql", ".cs", StringComparison.Ordinal),
            up,
            $"{up}\n            migrationBuilder.Sql(System.IO.File.ReadAllText(@\"{project.Folder["../fill.sql"]}\"));");
        project.Build();
        Assert.Contains("UPDATE", project.Folder.Read(project.Sql("Fill")));
        // In a folder that no build looks at.
        project.Folder.Write("../fill.sql", "DELETE FROM \"Users\";");
        project.Build();
        var before = project.Folder.Read(Approvals);

        var error = project.Build("-t:DbApprove").Ours.Single(finding => finding.IsError);

        Assert.AreEqual(("MIG1019", project.Sql("Fill")), (error.Code, error.File));
        Assert.Contains("DELETE", project.Folder.Read(project.Sql("Fill")));
        Assert.AreEqual(before, project.Folder.Read(Approvals));
        project.Run("DbApprove");
        var strict = project.Build(TestCode.Ci);
        Assert.IsEmpty(strict.Ours, strict.ToString());
    }

    [TestMethod]
    public void A_carriage_return_smuggles_nothing_past_a_review()
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql);
        var (server, database) = (PostgreSqlServer.Shared, PostgreSqlServer.NewName());
        var sql = project.Sql("Initial");
        project.Folder.Replace(sql, "-- Generator: ", "-- Generator: \rCREATE TABLE smuggled (id int);--");
        server.Execute("postgres", $"CREATE DATABASE {database}");
        Assert.AreEqual(0, server.Psql("psql", database, ["-X", "-v", "ON_ERROR_STOP=1", "-f", project.Folder[sql]]).ExitCode);
        Assert.HasCount(1, server.Query(database, "SELECT 1 FROM pg_tables WHERE tablename = 'smuggled'"), "That is what would run.");
        server.Execute("postgres", $"DROP DATABASE {database} WITH (FORCE)");

        var error = project.Build(TestCode.Ci).Ours.Single();

        Assert.AreEqual(("MIG1020", sql, 5, 15, true), (error.Code, error.File, error.Line, error.Column, error.IsError));
        Assert.StartsWith("This SQL of ", error.Text);
        Assert.Contains("holds U+000D, a control character, which a reviewer can't see", error.Text);
        Assert.AreEqual("MIG1020", project.Build("-t:DbApprove", "-p:DbRev=head").Ours.Single().Code);
    }

    private static (string, string, int) LocationOf(BuildResult result)
    {
        var error = result.Ours.Single(finding => finding.IsError);
        return (error.Code, error.File, error.Line);
    }

    private static BuildResult Publish(TestProject project, params string[] arguments) =>
        Dotnet.Build(project.Folder.Path, ["publish", "App.csproj", "--no-restore", "-o", "out", .. arguments]);

    private static void AddItems(TestProject project, string items) =>
        project.Folder.Replace("App.csproj", "</Project>", $"<ItemGroup>{items}</ItemGroup></Project>");

    private static void Rename(TestProject project, string old, string @new)
    {
        foreach (var (file, text) in project.Folder.Sources().Where(file => file.Key.EndsWith(".cs", StringComparison.Ordinal)))
        {
            var renamed = text.Replace($"typeof({old})", $"typeof({@new})", StringComparison.Ordinal);
            project.Folder.Write(file, renamed.Replace($"class {old} ", $"class {@new} ", StringComparison.Ordinal));
        }
    }
}
