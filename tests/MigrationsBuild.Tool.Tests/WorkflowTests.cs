using System.Text.RegularExpressions;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Tool.Tests;

/// <summary>
/// The page that a team on Alembic works by, line for line: quick reference, workflow, rolling back, checking status, common issues.
/// </summary>
[TestClass]
public class WorkflowTests
{
    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void On_SQLite()
    {
        using var project = TestProject.Create();
        Run(project, "Data Source=app.db");
    }

    [TestMethod]
    public void On_PostgreSQL()
    {
        using var project = TestProject.Create(TestPackages.Npgsql);
        var database = PostgreSqlServer.NewName();
        Run(project, PostgreSqlServer.Shared.ConnectionString(database));
        PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE {database} WITH (FORCE)");
    }

    private static void Run(TestProject project, string connection)
    {
        var environment = new Dictionary<string, string?> { ["MIGRATIONS_CONNECTION"] = connection };
        var transcript = "";
        string Db(params string[] arguments)
        {
            var output = project.Succeed(environment, arguments);
            transcript += output;
            return output;
        }

        Db("revision", "--autogenerate", "-m", "initial");
        Db("approve");
        Assert.Contains("1 migration applied", Db("upgrade", "head"));

        // Workflow.
        project.Folder.Replace("Models/User.cs", "\n}", "\n\n    public string? Avatar { get; set; }\n}");
        var id = Regex.Match(Db("revision", "--autogenerate", "-m", "add_user_avatar"), @"drafted (\d{14}_\w+)").Groups[1].Value;
        Assert.Contains("Avatar", project.Folder.Read($"Migrations/{id}.sql"));
        Db("approve");
        Assert.Contains($"{id}  ", Db("upgrade", "head"));
        Assert.Contains("Nothing to apply", Db("upgrade", "head"), "Running it again is safe.");

        // Rolling back.
        Assert.Contains($"{id}  reverted", Db("downgrade", "-1"));
        Db("upgrade", "head");
        Assert.Contains("1 migration reverted", Db("downgrade", "Initial"));
        Assert.Contains("now at base", Db("downgrade", "base"));

        // Checking status.
        Assert.Contains("2 pending", Db("current"));
        Assert.HasCount(2, Regex.Matches(Db("history"), @"\(pending\)"));
        Db("upgrade", "head");
        Assert.Contains($"{id} (head)", Db("current"));
        Assert.Contains($"_Initial -> {id} (head) (current), ", Db("history", "--indicate-current"));

        // Common issues.
        Assert.Contains("removed from the history", Db("stamp", "base"));
        Assert.Contains("added to the history", Db("stamp", "head"));
        Assert.Contains("No new upgrade operations detected", Db("check"));
        Assert.Contains(id, Db("heads"));
        Assert.Contains("Avatar", Db("show", "head"));
        Assert.Contains("Avatar", Db("upgrade", "Initial:head", "--sql"));
        Assert.Contains("2 migrations applied", Db("reset"));
        if (connection.StartsWith("Host", StringComparison.Ordinal))
            Assert.DoesNotContain(PostgreSqlServer.Shared.Secret, transcript);
    }
}
