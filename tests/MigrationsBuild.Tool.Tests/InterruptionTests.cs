using System.Globalization;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Tool.Tests;

/// <summary>Stopping the tool stops a migration without damage.</summary>
[TestClass]
public class InterruptionTests
{
    [TestMethod]
    [DataRow("INT", "-")]
    [DataRow("TERM", "")]
    public void A_migration_in_progress_is_undone_and_the_tool_waits_for_it(string signal, string group)
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql);
        var sql = project.Sql("Initial");
        project.Folder.Write(sql, project.Folder.Read(sql) + "\nSELECT pg_sleep(60);\n");
        project.Succeed("approve", "Initial");
        var (server, database) = (PostgreSqlServer.Shared, PostgreSqlServer.NewName());

        // A process group of its own, all of which Ctrl-C at a terminal reaches.
        using var tool = CommandLine.Start(
            project.Folder.Path, "setsid", [Dotnet.Path, "exec", Db.Assembly, "migrate", "--no-restore"],
            new Dictionary<string, string?> { ["MIGRATIONS_CONNECTION"] = server.ConnectionString(database) });
        var (output, error) = (tool.StandardOutput.ReadToEndAsync(), tool.StandardError.ReadToEndAsync());
        var running = $"SELECT 1 FROM pg_stat_activity WHERE datname = '{database}' AND query LIKE '%pg_sleep%' AND state = 'active'";
        while (server.Query("postgres", running).Count == 0)
            Assert.IsFalse(tool.WaitForExit(100), "It ended before the migration ran.");
        CommandLine.Run("/", "kill", ["-s", signal, "--", group + tool.Id.ToString(CultureInfo.InvariantCulture)]);

        Assert.IsTrue(tool.WaitForExit(TimeSpan.FromSeconds(45)));
        Assert.AreEqual(1, tool.ExitCode, output.Result + error.Result);
        Assert.IsEmpty(server.Query("postgres", $"SELECT 1 FROM pg_stat_activity WHERE datname = '{database}'"), "The tool waited.");
        Assert.Contains("1 migration is pending", output.Result);
        Assert.Contains("error MIG3012", error.Result);
        Assert.IsEmpty(server.Query(database, "SELECT * FROM \"__EFMigrationsHistory\""));
        server.Execute("postgres", $"DROP DATABASE {database} WITH (FORCE)");
    }
}
