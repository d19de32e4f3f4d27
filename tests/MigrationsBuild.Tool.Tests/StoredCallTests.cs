using MigrationsBuild.Testing;

namespace MigrationsBuild.Tool.Tests;

/// <summary>Verbs without a build: the same answer, never an old one, and no change of the database.</summary>
[TestClass]
public class StoredCallTests
{
    private static readonly Dictionary<string, string?> _sqlite = new() { ["MIGRATIONS_CONNECTION"] = "Data Source=app.db" };

    [TestMethod]
    public void Without_a_build_the_answer_is_the_same()
    {
        var database = PostgreSqlServer.NewName();
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql);
        AssertAnswersAgree(project, new() { ["MIGRATIONS_CONNECTION"] = PostgreSqlServer.Shared.ConnectionString(database) });
        foreach (var file in Directory.GetFiles(project.Folder["obj"], "call*", SearchOption.AllDirectories))
            Assert.DoesNotContain(PostgreSqlServer.Shared.Secret, File.ReadAllText(file));
        PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE {database} WITH (FORCE)");
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void Without_a_build_the_answer_on_SQLite_is_the_same()
    {
        using var project = TestProject.CreateMigrated();
        AssertAnswersAgree(project, _sqlite);
    }

    [TestMethod]
    public void A_change_of_the_database_is_seen()
    {
        using var project = TestProject.CreateMigrated();
        project.Succeed(_sqlite, "migrate");
        Assert.Contains("(head)", Direct(project, _sqlite, "current").Output);

        project.Succeed(_sqlite, "rollback", "base");

        Assert.Contains("1 pending", Direct(project, _sqlite, "current").Output);
    }

    [TestMethod]
    public void A_pending_migration_is_applied_by_a_build_only()
    {
        using var project = TestProject.CreateMigrated();
        project.Succeed(_sqlite, "migrate");
        project.Succeed(_sqlite, "rollback", "base");
        project.Succeed(_sqlite, "migrate", "--dry-run");

        Assert.AreEqual(0, Direct(project, _sqlite, "migrate", "--dry-run").ExitCode, "It writes nothing.");
        Assert.AreNotEqual(0, Direct(project, _sqlite, "migrate").ExitCode);
        Assert.Contains("1 pending", Direct(project, _sqlite, "current").Output);
        Assert.Contains("1 migration applied", project.Succeed(_sqlite, "migrate"));
        File.Delete(project.Folder["app.db"]);
        Assert.AreNotEqual(0, Direct(project, _sqlite, "migrate").ExitCode);
        Assert.IsFalse(File.Exists(project.Folder["app.db"]));
    }

    [TestMethod]
    public void A_verb_that_needs_approval_is_only_stored_if_the_build_has_found_nothing()
    {
        using var project = TestProject.CreateMigrated();
        project.Succeed(_sqlite, "current");
        Assert.AreNotEqual(0, Direct(project, _sqlite, "migrate").ExitCode, "The answer may be an earlier one.");
        project.Succeed(_sqlite, "migrate");
        Assert.AreEqual(0, Direct(project, _sqlite, "migrate").ExitCode);

        // A model change without a migration is a warning.
        project.Folder.Replace("Models/User.cs", "\n}", "\n    public int Age { get; set; }\n}");
        project.Succeed(_sqlite, "migrate");

        Assert.AreNotEqual(0, Direct(project, _sqlite, "migrate").ExitCode);
        Assert.AreNotEqual(0, Direct(project, _sqlite, "script").ExitCode);
        Assert.AreEqual(0, Direct(project, _sqlite, "current").ExitCode);
    }

    [TestMethod]
    public void A_strict_build_stores_no_verb_that_needs_approval()
    {
        using var project = TestProject.CreateMigrated();
        var strict = new Dictionary<string, string?>(_sqlite) { ["CI"] = "true" };
        project.Succeed(strict, "migrate");

        Assert.AreNotEqual(0, Direct(project, strict, "migrate").ExitCode);
        Assert.AreEqual(0, Direct(project, strict, "current").ExitCode);
    }

    [TestMethod]
    public void Without_a_connection_only_what_needs_none_is_stored()
    {
        using var project = TestProject.CreateMigrated();
        project.Succeed("script");

        foreach (var arguments in new string[][] { ["heads"], ["show", "head"], ["script"] })
            Assert.AreEqual(0, Direct(project, [], arguments).ExitCode, arguments[0]);
        foreach (var arguments in new string[][] { ["current"], ["history"], ["migrate"], ["show", "current"], ["script", "current:head"] })
            Assert.AreNotEqual(0, Direct(project, [], arguments).ExitCode, arguments[0]);
    }

    [TestMethod]
    public void Values_that_a_build_checks_need_a_build()
    {
        using var project = TestProject.CreateMigrated();
        project.Succeed(_sqlite, "migrate");

        Assert.AreNotEqual(0, Direct(project, _sqlite, "migrate", "-p:DbDryRun=maybe").ExitCode);
        Assert.AreNotEqual(0, Direct(project, _sqlite, "script", "-o", "all.sql").ExitCode);
        Assert.AreNotEqual(0, Direct(project, _sqlite, "show", "Missing").ExitCode);
    }

    [TestMethod]
    public void Any_change_of_the_project_needs_a_build()
    {
        using var project = TestProject.CreateMigrated();
        var folder = project.Folder;
        project.Succeed(_sqlite, "migrate");
        var built = folder.Run + ".built";
        Copy(folder.Run, built);
        void Invalidates(string what, Action change)
        {
            change();
            Assert.AreNotEqual(0, Direct(project, _sqlite, "history").ExitCode, what);
            Directory.Delete(folder.Run, recursive: true);
            Copy(built, folder.Run);
            Assert.AreEqual(0, Direct(project, _sqlite, "history").ExitCode, $"Without {what}");
        }

        Invalidates("an edited source", () => folder.Replace("Models/User.cs", "\n}", "\n // \n}"));
        Invalidates("a new source", () => folder.Write("Models/New.cs", "class New;"));
        Invalidates("a new source in a new folder", () => folder.Write("Other/Deep/New.cs", "class Deep;"));
        Invalidates("a deleted source", () => File.Delete(folder["Program.cs"]));
        Invalidates("a change of the project file", () => folder.Replace("App.csproj", "<Nullable>", "<Version>2.0</Version><Nullable>"));
        Invalidates("a change of an import", () => folder.Write("../Directory.Build.props", "<Project><!-- --></Project>"));
        Invalidates("a new file above", () => folder.Write("../Directory.Build.rsp", "# none\n"));
        var sql = project.Sql("Initial");
        Invalidates("edited SQL", () => folder.Write(sql, folder.Read(sql) + "-- more\n"));
        const string assets = "obj/project.assets.json";
        Invalidates("restored packages", () => folder.Write(assets, folder.Read(assets) + " "));
        var assembly = folder["bin/Debug/net10.0/App.dll"];
        Invalidates("another assembly", () => File.SetLastWriteTimeUtc(assembly, DateTime.UtcNow.AddMinutes(-1)));
        Invalidates("a deleted approvals file", () => File.Delete(folder["Migrations/AppDbContext.approvals"]));
        Directory.Delete(built, recursive: true);
    }

    [TestMethod]
    public void A_change_of_the_environment_or_the_arguments_needs_a_build()
    {
        using var project = TestProject.CreateMigrated();
        project.Succeed(_sqlite, "migrate");
        Assert.AreEqual(0, Direct(project, _sqlite, "current").ExitCode);

        (string, string)[] variables =
        [
            ("CI", "true"),
            ("Configuration", "Release"),
            ("DbStrict", "true"),
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("AnyPropertyOfTheirs", "1"),
            ("MIGRATIONS_CONNECTION__AppDbContext", "Data Source=other.db"),
        ];
        foreach (var (name, value) in variables)
            Assert.AreNotEqual(0, Direct(project, new Dictionary<string, string?>(_sqlite) { [name] = value }, "current").ExitCode, name);
        foreach (var argument in new[] { "-cRelease", "-p:DbStrict=true", "--no-build", "--context=AppDbContext" })
            Assert.AreNotEqual(0, Direct(project, _sqlite, "current", argument).ExitCode, argument);
        Assert.AreNotEqual(0, Direct(project, [], "current").ExitCode, "No connection is set.");
        Assert.AreEqual(0, Direct(project, new Dictionary<string, string?>(_sqlite) { ["TERM"] = "vt100" }, "history", "-i").ExitCode);
    }

    [TestMethod]
    public void A_source_of_a_referenced_project_counts()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Write(
            "../Lib/Lib.csproj",
            """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""")
            .Write("../Lib/Deep/One.cs", "public class One;")
            .Replace("App.csproj", "</Project>", """<ItemGroup><ProjectReference Include="../Lib/Lib.csproj" /></ItemGroup></Project>""");
        var built = Db.Run(project.Folder.Path, _sqlite, "history");
        Assert.AreEqual(0, built.ExitCode, built.ToString());
        Assert.AreEqual(0, Direct(project, _sqlite, "history").ExitCode);

        project.Folder.Write("../Lib/Deep/One.cs", "public class Other;");

        Assert.AreNotEqual(0, Direct(project, _sqlite, "history").ExitCode);
    }

    [TestMethod]
    public void A_database_in_the_projects_folder_doesnt_matter()
    {
        using var project = TestProject.CreateMigrated();
        project.Succeed(_sqlite, "migrate");

        project.Folder.Write("app.db-wal", "").Write("other.db", "");

        Assert.AreEqual(0, Direct(project, _sqlite, "current").ExitCode);
    }

    [TestMethod]
    public void A_project_that_reads_a_file_on_its_own_is_built_each_time()
    {
        using var project = TestProject.CreateMigrated();
        const string product = "<Product>$([System.IO.File]::ReadAllText('App.csproj').Length)</Product>";
        project.Folder.Replace("App.csproj", "<Nullable>", product + "<Nullable>");

        project.Succeed(_sqlite, "current");

        Assert.AreNotEqual(0, Direct(project, _sqlite, "current").ExitCode);
    }

    private static void AssertAnswersAgree(TestProject project, Dictionary<string, string?> environment)
    {
        // Those that need approval come first, because a build of the others stores only the others.
        string[][] calls =
        [
            ["migrate"], ["migrate", "--json"], ["upgrade", "head", "--dry-run"], ["script", "head:base"],
            ["current"], ["current", "--json", "--verbose"], ["history", "-r", "base:current"], ["heads"], ["show", "current", "--json"],
        ];
        project.Succeed(environment, "migrate");
        foreach (var arguments in calls)
        {
            var direct = Direct(project, environment, arguments);
            Assert.AreEqual(0, direct.ExitCode, direct.ToString());
            Assert.AreEqual(Built(project, environment, arguments), direct.Output);
        }

        Assert.AreNotEqual(0, Direct(project, environment, "history", "--verbose").ExitCode, "It shows authors, which git knows.");
    }

    /// <summary>Copies a folder with the times of its files.</summary>
    private static void Copy(string from, string to) => Assert.AreEqual(0, CommandLine.Run("/", "cp", ["-a", from, to]).ExitCode);

    /// <summary>With a <c>dotnet</c> that can't be started, so that a build fails.</summary>
    private static CommandResult Direct(TestProject project, Dictionary<string, string?> environment, params string[] arguments) =>
        project.Call(new Dictionary<string, string?>(environment) { ["DOTNET_HOST_PATH"] = "/nowhere/dotnet" }, arguments);

    private static string Built(TestProject project, Dictionary<string, string?> environment, params string[] arguments)
    {
        foreach (var file in Directory.GetFiles(project.Folder["obj"], "call", SearchOption.AllDirectories))
            File.Delete(file);
        return project.Succeed(environment, arguments);
    }
}
