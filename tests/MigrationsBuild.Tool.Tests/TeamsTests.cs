using System.Text.RegularExpressions;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Tool.Tests;

/// <summary>Executes the transcripts of docs/teams.md in real repositories.</summary>
[TestClass]
public class TeamsTests
{
    private const string Id = "public int Id { get; set; }";
    private const string ByHand = "migrationBuilder.Sql(\"UPDATE \\\"Users\\\" SET \\\"Avatar\\\" = 'none'\");";
    private const string TwoBranches = "Two branches, one model";
    private const string EditedSql = "A database administrator edits the SQL";
    private const string Hotfix = "A hotfix that was made by hand";
    private const string SecondPerson = "A second person approves";

    private static readonly Transcripts _page = new("docs/teams.md");

    [TestMethod]
    public void Each_section_with_transcripts_has_a_test() =>
        CollectionAssert.AreEqual(new[] { TwoBranches, EditedSql, Hotfix, SecondPerson }, _page.Headings.ToArray());

    [TestMethod]
    public void Two_branches_one_model()
    {
        using var project = TestProject.CreateMigrated();
        var ada = new Person(project, "Ada");
        ada.BeginRepository();
        ada.Succeeds("git", "switch", "-q", "-c", "feature");
        AddProperty(project, "string? Avatar");
        project.Succeed("revision", "-m", "add avatar");
        var source = project.Sql("AddAvatar").Replace(".sql", ".cs", StringComparison.Ordinal);
        project.Folder.Replace(
            source, "nullable: true);", $"nullable: true);\n\n            {ByHand}");
        project.Build();
        ada.ApprovesAndCommits();
        ada.Succeeds("git", "switch", "-q", "main");
        project.Folder.Replace("Models/User.cs", Id, $"{Id}\n\n    public int Age {{ get; set; }}");
        project.Succeed("revision", "-m", "add age");
        ada.ApprovesAndCommits();
        ada.Succeeds("git", "switch", "-q", "feature");
        Assert.AreEqual(1, ada.Runs("git", "merge", "main").ExitCode);

        _page.Run(TwoBranches, 1, ada.Runs);

        project.Succeed("approve");
        ada.Succeeds("git", "add", "--all");
        ada.Succeeds("git", "commit", "-q", "--no-edit");
        project.Succeed("verify", "base:head");
    }

    [TestMethod]
    public void A_database_administrator_edits_the_SQL()
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql);
        AddProperty(project, "int? Age");
        project.Succeed("revision", "-m", "add age");
        var up = project.Sql("AddAge");
        const string Index = "CREATE INDEX CONCURRENTLY users_by_age ON \"Users\" (\"Age\");\n";
        project.Folder.Write(up, $"{project.Folder.Read(up)}\n-- outside a transaction\n{Index}");
        project.Succeed("approve");

        _page.Run(EditedSql, 1, new Person(project, "Ada").Runs);

        project.Succeed("check");
    }

    [TestMethod]
    public void A_hotfix_that_was_made_by_hand()
    {
        const string Index = "CREATE INDEX CONCURRENTLY users_by_name ON \"Users\" (\"Name\");";
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql);
        using var shop = new NamedDatabase("shop");
        var person = new Person(project, "Ada") { Environment = { ["MIGRATIONS_CONNECTION"] = shop.ConnectionString } };
        person.Succeeds("dotnet", "db", "migrate");
        shop.Execute(Index);
        project.Folder.Write("hotfix.sql", Index + "\n").Write("hotfix.down.sql", "DROP INDEX users_by_name;\n");

        _page.Run(Hotfix, 1, person.Runs);
        _page.Run(Hotfix, 2, person.Runs);
    }

    [TestMethod]
    public void A_second_person_approves()
    {
        using var project = TestProject.CreateMigrated();
        var (ada, ben) = (new Person(project, "Ada"), new Person(project, "Ben"));
        ada.BeginRepository();
        ada.Succeeds("git", "branch", "origin/main");
        AddProperty(project, "int? Age");
        project.Succeed("revision", "-m", "add age");
        ada.Commits();
        project.Succeed("approve");
        ada.Commits();

        _page.Run(SecondPerson, 1, ada.Runs);

        ada.Succeeds("git", "reset", "-q", "--hard", "HEAD~1");
        ben.ApprovesAndCommits();
        _page.Run(SecondPerson, 2, ben.Runs);
    }

    private static void AddProperty(TestProject project, string property) =>
        project.Folder.Replace("Models/User.cs", "\n}", $"\n\n    public {property} {{ get; set; }}\n}}");

    /// <summary>A person at a command line in the project's folder, whose repository is the folder above it.</summary>
    private sealed class Person(TestProject project, string name)
    {
        private string Email { get; } = $"{name.ToLowerInvariant()}@example.org";

        public Dictionary<string, string?> Environment { get; } = [];

        /// <summary>Runs a command, given as its words.</summary>
        public CommandResult Runs(params string[] command) => command switch
        {
            ["dotnet", "db", .. var arguments] => Shown(project.Call(Environment, [.. arguments])),
            ["git", .. var arguments] => CommandLine.Run(
                project.Folder.Path,
                "git",
                ["-c", $"user.name={name}", "-c", $"user.email={Email}", "-c", "core.editor=true", .. arguments]),
            _ => throw new InvalidOperationException($"No test runs {string.Join(" ", command)}."),
        };

        /// <summary>The result with the folder and the server of the page.</summary>
        private CommandResult Shown(CommandResult result)
        {
            var output = result.Output.Replace(project.Folder.Path, "/home/ada/App", StringComparison.Ordinal);
            return result with { Output = Regex.Replace(output, @"127\.0\.0\.1:\d+", "localhost:5432") };
        }

        public void Succeeds(params string[] command)
        {
            var result = Runs(command);
            Assert.AreEqual(0, result.ExitCode, result.ToString());
        }

        public void BeginRepository()
        {
            File.WriteAllText(Path.Combine(project.Folder.Run, ".gitignore"), "bin/\nobj/\n*.db\n*.binlog\n");
            CommandLine.Run(project.Folder.Run, "git", ["init", "-q", "-b", "main"]);
            Commits();
        }

        public void ApprovesAndCommits()
        {
            Succeeds("dotnet", "db", "approve");
            Commits();
        }

        public void Commits()
        {
            Succeeds("git", "add", "--all", ":/");
            Succeeds("git", "commit", "-q", "-m", "change");
        }
    }

    /// <summary>A database whose name is in a transcript, on a server of its own.</summary>
    private sealed class NamedDatabase(string name) : IDisposable
    {
        public string ConnectionString => PostgreSqlServer.Shared.ConnectionString(name);

        public void Execute(string sql) => PostgreSqlServer.Shared.Execute(name, sql);

        public void Dispose() => PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }
}
