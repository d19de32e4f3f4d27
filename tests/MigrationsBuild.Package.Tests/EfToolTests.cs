using MigrationsBuild.Testing;

namespace MigrationsBuild.Package.Tests;

/// <summary>EF Core's own tool, <c>dotnet ef</c>, on a project of ours.</summary>
[TestClass]
public class EfToolTests
{
    private static readonly TestFolder _tools = new("tools");

    [ClassInitialize]
    public static void InstallTool(TestContext context)
    {
        var result = Dotnet.Run(
            _tools.Path, ["tool", "install", "dotnet-ef", "--version", PackageVersions.EfCore10, "--tool-path", _tools.Path]);
        Assert.AreEqual(0, result.ExitCode, result.ToString());
    }

    [ClassCleanup]
    public static void Cleanup() => _tools.Dispose();

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void It_sees_our_migrations_applied_ones_as_applied_and_carries_on()
    {
        using var project = Consumer.CreateDrafted(TestPackages.Sqlite);
        project.Folder.Replace("Models/User.cs", "\n}", "\n\n    public string? Avatar { get; set; }\n}");
        project.Verb("DbRevision", "Msg=add user avatar");
        project.Verb("DbApprove");
        project.Verb("DbMigrate", "DbTo=initial");

        var list = Ef(project, "migrations", "list").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.HasCount(2, list);
        Assert.EndsWith("_Initial", list[0]);
        Assert.EndsWith("_AddUserAvatar (Pending)", list[1]);
        Assert.Contains("No changes", Ef(project, "migrations", "has-pending-model-changes"));

        Ef(project, "database", "update");
        Assert.Contains("Nothing to apply", project.Verb("DbMigrate"));
    }

    [TestMethod]
    public void What_it_adds_is_a_draft_that_we_approve_and_apply()
    {
        using var project = Consumer.CreateMigrated(TestPackages.Sqlite);
        project.Folder.Replace("Models/User.cs", "\n}", "\n\n    public string? Avatar { get; set; }\n}");
        project.Build();
        Ef(project, "migrations", "add", "AddAvatar");

        Assert.AreEqual("MIG1002", project.Build().Ours.Single().Code);
        project.Verb("DbApprove");

        Assert.Contains("2 migrations applied", project.Verb("DbMigrate"));
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void It_lists_adds_removes_and_applies_migrations_whose_old_models_arent_compiled()
    {
        using var project = Consumer.Create(TestPackages.Npgsql, properties: "<DbCompileDesigners>newest</DbCompileDesigners>");
        const string Snapshot = "Migrations/AppDbContextModelSnapshot.cs";
        var before = "";
        foreach (var name in new[] { "First", "Second", "Third", "Fourth" })
        {
            before = File.Exists(project.Folder[Snapshot]) ? project.Folder.Read(Snapshot) : "";
            project.Folder.Replace("Models/User.cs", "\n}", $"\n\n    public string? {name} {{ get; set; }}\n}}");
            Assert.IsTrue(project.Build().Succeeded);
            Ef(project, "migrations", "add", name);
        }

        Assert.IsTrue(project.Build().Succeeded);
        var generated = project.Folder["obj/Debug/net10.0/MigrationsBuild/Designers"];
        Assert.HasCount(2, Directory.GetFiles(generated, "*.Designer.cs", SearchOption.AllDirectories));
        var database = PostgreSqlServer.NewName();
        var connection = PostgreSqlServer.Shared.ConnectionString(database);
        Ef(project, "database", "update", "--connection", connection);
        var list = Ef(project, "migrations", "list", "--connection", connection);
        foreach (var name in new[] { "First", "Second", "Third", "Fourth" })
            Assert.Contains("_" + name + "\n", list.ReplaceLineEndings("\n"));
        Assert.Contains("No changes", Ef(project, "migrations", "has-pending-model-changes"));
        Ef(project, "database", "update", "First", "--connection", connection);
        const string names = "SELECT substr(\"MigrationId\", 16) FROM \"__EFMigrationsHistory\"";
        Assert.AreEqual("First", string.Join(" ", PostgreSqlServer.Shared.Query(database, names)));
        PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE {database}");

        Ef(project, "migrations", "remove", "--force");

        // EF Core writes the schema of a table only when it removes a migration.
        Assert.AreEqual(before, project.Folder.Read(Snapshot).Replace("\"Users\", (string)null", "\"Users\"", StringComparison.Ordinal));
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void On_SQL_Server_our_script_holds_its_statements_each_command_in_a_batch_of_its_own()
    {
        using var project = Consumer.CreateDrafted(TestPackages.OtherProviders);
        project.Folder.Replace("Models/User.cs", "\n}", "\n\n    public decimal Balance { get; set; }\n}")
            .Replace("AppContext.cs", "\n}", """


                    protected override void OnModelCreating(ModelBuilder builder) =>
                        builder.Entity<User>().ToTable("People", "shop").HasData(new User { Id = 1, Name = "it's me" });
                }
                """);
        project.Verb("DbRevision", "Msg=move to a schema");
        project.Verb("DbApprove");

        var theirs = Statements(Ef(project, "migrations", "script"));
        project.Verb("DbScript", "DbSqlFile=script.sql");
        var ours = Statements(project.Folder.Read("script.sql"));

        Assert.Contains("ALTER SCHEMA [shop] TRANSFER [People];", theirs);
        CollectionAssert.AreEqual(theirs, ours, string.Join("\n", ours));
    }

    private static string[] Statements(string script) =>
    [
        .. script.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line != "GO" && !line.StartsWith("--", StringComparison.Ordinal)),
    ];

    private static string Ef(Consumer project, params string[] arguments)
    {
        var result = project.Run(Path.Combine(_tools.Path, "dotnet-ef"), [.. arguments, "--no-build"]);
        Assert.AreEqual(0, result.ExitCode, result.ToString());
        return result.Output;
    }
}
