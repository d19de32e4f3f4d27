using MigrationsBuild.Testing;

namespace MigrationsBuild.Tool.Tests;

/// <summary>current and history without a build: the same answer, and never an old one.</summary>
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
    public void Any_change_of_the_project_needs_a_build()
    {
        using var project = TestProject.CreateMigrated();
        var folder = project.Folder;
        project.Succeed(_sqlite, "migrate");
        var sql = project.Sql("Initial");

        Invalidates(project, "an edited source", () => folder.Replace("Models/User.cs", "\n}", "\n // \n}"));
        Invalidates(project, "a new source", () => folder.Write("Models/New.cs", "class New;"));
        Invalidates(project, "a new source in a new folder", () => folder.Write("Other/Deep/New.cs", "class Deep;"));
        Invalidates(project, "a deleted source", () => File.Delete(folder["Models/New.cs"]));
        Invalidates(project, "the project file", () => folder.Replace("App.csproj", "<Nullable>", "<Version>2.0</Version><Nullable>"));
        var import = Path.Combine(folder.Run, "Directory.Build.props");
        Invalidates(project, "an import", () => File.WriteAllText(import, "<Project><!-- --></Project>"));
        Invalidates(project, "a new file above", () => File.WriteAllText(Path.Combine(folder.Run, "Directory.Build.rsp"), "# none\n"));
        var approved = folder.Read(sql);
        Invalidates(project, "edited SQL", () => folder.Write(sql, approved + "-- more\n"));
        folder.Write(sql, approved);
        const string assets = "obj/project.assets.json";
        Invalidates(project, "restored packages", () => folder.Write(assets, folder.Read(assets) + " "));
        var assembly = folder["bin/Debug/net10.0/App.dll"];
        Invalidates(project, "the assembly", () => File.SetLastWriteTimeUtc(assembly, DateTime.UtcNow.AddMinutes(-1)));
        Invalidates(project, "a deleted approvals file", () => File.Delete(folder["Migrations/AppDbContext.approvals"]));
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
        foreach (var argument in new[] { "-cRelease", "-p:DbStrict=true", "--no-build", "--context=AppDbContext", "--verbose" })
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
        project.Succeed(environment, "migrate");
        foreach (var arguments in new string[][] { ["current"], ["history"], ["current", "--json"], ["history", "--json"] })
        {
            var direct = Direct(project, environment, arguments);
            Assert.AreEqual(0, direct.ExitCode, direct.ToString());
            Assert.AreEqual(Built(project, environment, arguments), direct.Output);
        }
    }

    private static void Invalidates(TestProject project, string what, Action change)
    {
        Built(project, _sqlite, "history");
        Assert.AreEqual(0, Direct(project, _sqlite, "history").ExitCode, $"Before: {what}");
        change();
        Assert.AreNotEqual(0, Direct(project, _sqlite, "history").ExitCode, what);
    }

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
