using System.Text.RegularExpressions;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Tool.Tests;

/// <summary>Executes the transcripts of docs/teams.md in real repositories.</summary>
[TestClass]
public class TeamsTests
{
    private const string ByHand = "migrationBuilder.Sql(\"UPDATE \\\"Users\\\" SET \\\"Avatar\\\" = 'none'\");";
    private const string WithoutCommand = "Merging without a command";
    private const string TwoBranches = "Two branches, one model";
    private const string Switching = "Switching branches";
    private const string RollingBack = "Rolling back when there is data";
    private const string EditedSql = "A database administrator edits the SQL";
    private const string Hotfix = "A hotfix that was made by hand";
    private const string SecondPerson = "A second person approves";

    private static readonly Transcripts _page = new("docs/teams.md");

    [TestMethod]
    public void Each_transcript_has_a_test() => CollectionAssert.AreEqual(
        new[]
        {
            (WithoutCommand, 2), (TwoBranches, 1), (Switching, 1), (RollingBack, 2), (SecondPerson, 2), (EditedSql, 1), (Hotfix, 2),
        },
        _page.Sections.ToArray());

    [TestMethod]
    public void Merging_without_a_command()
    {
        using var source = new PackageSource();
        using var desk = new Desk(hasDriver: false) { Environment = source.Environment };
        source.Configure(desk.Project.Folder);
        desk.Succeeds("dotnet", "db", "init");
        desk.Git.Commit("packages");
        _page.Run(WithoutCommand, 1, desk.Runs);
        desk.Git.Commit("driver");
        TwoMigrations(desk);

        _page.Run(WithoutCommand, 2, desk.Runs);

        desk.Succeeds("dotnet", "db", "check");
    }

    [TestMethod]
    public void Two_branches_one_model()
    {
        using var desk = new Desk(hasDriver: false);
        TwoMigrations(desk);
        Assert.AreEqual(1, desk.Runs("git", "merge", "main").ExitCode);

        _page.Run(TwoBranches, 1, desk.Runs);

        desk.Succeeds("dotnet", "db", "approve");
        desk.Succeeds("git", "add", "--all");
        desk.Succeeds("git", "commit", "-q", "--no-edit");
        Assert.Contains("3 migrations, each with exactly the approved SQL", desk.Succeeds("dotnet", "db", "check"));
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void Switching_branches()
    {
        using var desk = new Desk();
        desk.Succeeds("git", "switch", "-q", "-c", "ages");
        desk.AddsMigration("int? Age", "add user age");
        desk.Succeeds("git", "switch", "-q", "-c", "avatars", "main");
        desk.AddsMigration("string? Avatar", "add user avatar");
        desk.Succeeds("dotnet", "db", "migrate");
        desk.Database.Execute(Users);

        _page.Run(Switching, 1, desk.Runs);

        Assert.Contains("No difference", desk.Succeeds("dotnet", "db", "diff"));
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void Rolling_back_when_there_is_data()
    {
        using var desk = new Desk();
        desk.AddsMigration("string? Avatar", "add user avatar");
        desk.Database.CreateAsOfAnotherApplication();
        desk.Succeeds("dotnet", "db", "migrate");
        desk.Database.Execute(Users);

        _page.Run(RollingBack, 1, desk.Runs);
        _page.Run(RollingBack, 2, desk.Runs);
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void A_database_administrator_edits_the_SQL()
    {
        using var desk = new Desk();
        desk.Drafts("int? Age", "add age");
        var up = desk.Project.Sql("AddAge");
        const string Index = "CREATE INDEX CONCURRENTLY users_by_age ON \"Users\" (\"Age\");\n";
        desk.Project.Folder.Write(up, $"{desk.Project.Folder.Read(up)}\n-- outside a transaction\n{Index}");
        desk.Succeeds("dotnet", "db", "approve");

        _page.Run(EditedSql, 1, desk.Runs);

        desk.Succeeds("dotnet", "db", "check");
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void A_hotfix_that_was_made_by_hand()
    {
        const string Index = "CREATE INDEX CONCURRENTLY users_by_name ON \"Users\" (\"Name\");";
        using var desk = new Desk();
        desk.Succeeds("dotnet", "db", "migrate");
        desk.Database.Execute(Index);
        desk.Project.Folder.Write("hotfix.sql", Index + "\n").Write("hotfix.down.sql", "DROP INDEX users_by_name;\n");

        _page.Run(Hotfix, 1, desk.Runs);
        _page.Run(Hotfix, 2, desk.Runs);
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void A_second_person_approves()
    {
        using var desk = new Desk();
        desk.Succeeds("git", "branch", "origin/main");
        desk.Drafts("int? Age", "add age");
        desk.Git.Commit("draft");
        desk.ApprovesAndCommits();

        _page.Run(SecondPerson, 1, desk.Runs);

        desk.Succeeds("git", "reset", "-q", "--hard", "HEAD~1");
        desk.Git.Person = "Ben";
        desk.ApprovesAndCommits();
        _page.Run(SecondPerson, 2, desk.Runs);
    }

    /// <summary>Most of 51,002 users have an avatar.</summary>
    private const string Users =
        """
        INSERT INTO "Users" ("Name", "Avatar") SELECT 'name', CASE WHEN n <= 48112 THEN 'cat.png' END FROM generate_series(1, 51002) AS n
        """;

    /// <summary>The branch <c>feature</c>, which is checked out, adds a column, and the branch <c>main</c> another one.</summary>
    private static void TwoMigrations(Desk desk)
    {
        desk.Succeeds("git", "switch", "-q", "-c", "feature");
        desk.Drafts("string? Avatar", "add avatar");
        var source = desk.Project.Sql("AddAvatar").Replace(".sql", ".cs", StringComparison.Ordinal);
        desk.Project.Folder.Replace(source, "nullable: true);", $"nullable: true);\n\n            {ByHand}");
        Assert.IsTrue(desk.Project.Build().Succeeded);
        desk.ApprovesAndCommits();
        desk.Succeeds("git", "switch", "-q", "main");
        desk.Project.Folder.Replace("Models/User.cs", "public int Id", "public int Age { get; set; }\n\n    public int Id");
        desk.Project.Run("DbRevision", "Msg=add age");
        desk.ApprovesAndCommits();
        desk.Succeeds("git", "switch", "-q", "feature");
    }

    /// <summary>Ada's project on PostgreSQL in a git repository, and the names that the page has for its folder and database.</summary>
    private sealed class Desk : IDisposable
    {
        public Desk(bool hasDriver = true) => Git = new GitClone(Project.Folder, hasDriver: hasDriver) { Person = "Ada" };

        public TestProject Project { get; } = TestProject.CreateMigrated(TestPackages.Npgsql);

        public GitClone Git { get; }

        public ShopDatabase Database { get; } = new();

        public Dictionary<string, string?> Environment { get; init; } = [];

        /// <summary>Runs a command, given as its words.</summary>
        public CommandResult Runs(params string[] command) => command switch
        {
            ["git", .. var arguments] => Git.Run(arguments),
            // It restores the packages that it adds.
            ["dotnet", "db", "init", .. var arguments] => Shown(Db.Run(Project.Folder.Path, WithTool, ["init", .. arguments])),
            ["dotnet", "db", .. var arguments] => Shown(Project.Call(Variables, arguments)),
            ["dotnet", .. var arguments] => Dotnet.Run(Project.Folder.Path, arguments, Variables),
            _ => throw new InvalidOperationException($"No test runs {string.Join(" ", command)}."),
        };

        public string Succeeds(params string[] command)
        {
            var result = Runs(command);
            Assert.AreEqual(0, result.ExitCode, result.ToString());
            return result.Output;
        }

        public void Drafts(string property, string message)
        {
            Project.Folder.Replace("Models/User.cs", "\n}", $"\n\n    public {property} {{ get; set; }}\n}}");
            Project.Run("DbRevision", "Msg=" + message);
        }

        public void AddsMigration(string property, string message)
        {
            Drafts(property, message);
            ApprovesAndCommits();
        }

        public void ApprovesAndCommits()
        {
            Project.Run("DbApprove");
            Git.Commit("change");
        }

        public void Dispose()
        {
            Database.Dispose();
            Git.Dispose();
            Project.Dispose();
        }

        private Dictionary<string, string?> Variables => new(Environment) { ["MIGRATIONS_CONNECTION"] = Database.ConnectionString };

        private Dictionary<string, string?> WithTool => new(Variables) { ["PATH"] = Git.Environment["PATH"] };

        private CommandResult Shown(CommandResult result) =>
            result with { Output = Shown(result.Output), Error = Shown(result.Error) };

        private string Shown(string output)
        {
            output = output.Replace(Project.Folder.Path, "/home/ada/App", StringComparison.Ordinal);
            output = output.Replace(Database.Name, ShopDatabase.NameOnPage, StringComparison.Ordinal);
            return Regex.Replace(output, @"127\.0\.0\.1:\d+", "localhost:5432");
        }
    }

    /// <summary>A database that the page calls <c>shop</c>. The first run creates it.</summary>
    private sealed class ShopDatabase : IDisposable
    {
        public const string NameOnPage = "shop";

        public string Name { get; } = PostgreSqlServer.NewName();

        public string ConnectionString => PostgreSqlServer.Shared.ConnectionString(Name);

        public void Execute(string sql) => PostgreSqlServer.Shared.Execute(Name, sql);

        /// <summary>Creates it with a table, so that it is no development database.</summary>
        public void CreateAsOfAnotherApplication()
        {
            PostgreSqlServer.Shared.Execute("postgres", $"CREATE DATABASE {Name}");
            Execute("CREATE TABLE other (id int)");
        }

        public void Dispose() => PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
    }
}
