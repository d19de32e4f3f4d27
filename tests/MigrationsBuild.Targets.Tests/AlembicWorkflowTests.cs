using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>Runs the targets in the table of <c>docs/alembic.md</c>, line by line.</summary>
[TestClass]
public class AlembicWorkflowTests
{
    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void Every_line_runs_on_SQLite() => RunAll(TestPackages.Sqlite, "Data Source=app.db");

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void Every_line_runs_on_PostgreSQL()
    {
        var database = PostgreSqlServer.NewName();
        RunAll(TestPackages.Npgsql, PostgreSqlServer.Shared.ConnectionString(database));
        PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE {database} WITH (FORCE)");
    }

    private static void RunAll(TestPackages packages, string connection)
    {
        using var project = TestProject.CreateMigrated(packages).AddToUser("public string? Motto { get; set; }");
        project.Run("DbRevision", "Msg=add motto");
        project.Run("DbApprove");
        var initial = Path.GetFileNameWithoutExtension(project.Sql("Initial"));
        var expectations = new Dictionary<string, string>
        {
            ["alembic upgrade head"] = "_AddMotto (head)",
            ["alembic downgrade -1"] = "1 migration reverted",
            ["alembic downgrade <revision>"] = "1 migration reverted",
            ["alembic downgrade base"] = "2 migrations reverted",
            ["alembic revision --autogenerate -m \"add user avatar\""] = "adds column \"Users\".\"Avatar\"",
            ["alembic current"] = "_AddMotto (head)",
            ["alembic current --check-heads"] = "_AddMotto (head)",
            ["alembic history"] = "(head) (current), add motto",
            ["alembic stamp head"] = "Stamped at ",
            ["alembic check"] = "No new upgrade operations detected",
            ["alembic upgrade a:b --sql"] = "ADD \"Motto\"",
            ["make db-reset"] = "Drops ",
        };

        var rows = Readme.Table("Commands", "docs/alembic.md")
            .Where(row => Readme.Code(row[1]).StartsWith("dotnet build -t:", StringComparison.Ordinal))
            .ToList();
        var isAtHead = false;
        foreach (var row in rows.Where(row => Readme.Code(row[0]).Length > 0))
        {
            if (!isAtHead)
                project.RunOn(connection, "DbMigrate");
            isAtHead = !row[1].Contains("DbRollback", StringComparison.Ordinal);
            var isRevision = row[1].Contains("DbRevision", StringComparison.Ordinal);
            if (isRevision)
                project.AddAvatar();
            var arguments = Readme.Code(row[1])
                .Replace("<revision>", initial, StringComparison.Ordinal)
                .Replace("a:b", "Initial:AddMotto", StringComparison.Ordinal)["dotnet build -t:".Length..]
                .Replace("\"", "", StringComparison.Ordinal)
                .Split(" -p:");

            var output = project.RunOn(connection, arguments[0], arguments[1..]).Output;

            Assert.Contains(expectations[Readme.Code(row[0])], output, Readme.Code(row[1]));
            if (isRevision)
            {
                project.RunOn(connection, "DbDiscard");
                project.Folder.Replace("Models/User.cs", "public string? Avatar { get; set; }", "");
            }
        }

        Assert.HasCount(expectations.Count, rows.Where(row => Readme.Code(row[0]).Length > 0));
    }
}
