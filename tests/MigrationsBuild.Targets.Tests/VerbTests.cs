using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

[TestClass]
public class VerbTests
{
    [TestMethod]
    public void The_verbs_work_on_the_contexts_own_SQLite_file()
    {
        using var project = TestProject.CreateMigrated();

        // One call runs several targets, in this order.
        var output = project.Run("DbMigrate;DbCurrent;DbHistory").Output;

        Assert.Contains($"AppDbContext: SQLite file {project.Folder["app.db"]} (from the configuration of AppDbContext)", output);
        Assert.Contains("1 migration applied", output);
        Assert.Contains("_Initial (head)", output);
        Assert.HasCount(2, output.Split("<base> -> "), "Once, and not twice.");
        Assert.Contains("1 migration reverted", project.Run("DbRollback", "DbTo=base").Output);
        Assert.Contains("added to the history", project.Run("DbStamp", "DbRev=head").Output);
    }

    [TestMethod]
    public void On_PostgreSQL_the_connection_is_in_the_environment_and_no_secret_is_left()
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql);
        var database = PostgreSqlServer.NewName();
        var environment = new Dictionary<string, string?>
        {
            ["MIGRATIONS_CONNECTION"] = PostgreSqlServer.Shared.ConnectionString(database),
        };

        var migrate = project.Build(environment, "-t:DbMigrate", "-v:diag");

        Assert.IsTrue(migrate.Succeeded, migrate.ToString());
        Assert.Contains($"AppDbContext: database {database} on 127.0.0.1:", migrate.Output);
        Assert.Contains("(from MIGRATIONS_CONNECTION)", migrate.Output);
        Assert.HasCount(1, PostgreSqlServer.Shared.Query(database, "SELECT * FROM \"__EFMigrationsHistory\""));
        AssertNoSecret(project, migrate);
        PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE {database}");
    }

    [TestMethod]
    public void The_contexts_own_connection_string_goes_no_further_than_to_the_runner()
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql);
        var database = PostgreSqlServer.NewName();
        project.Folder.Replace("AppContext.cs", "\"Host=127.0.0.1;Database=app\"", "File.ReadAllText(\"../connection\")").Write(
            "../connection",
            PostgreSqlServer.Shared.ConnectionString(database));

        var migrate = project.Build("-t:DbMigrate", "-v:diag");

        Assert.IsTrue(migrate.Succeeded, migrate.ToString());
        Assert.Contains("(from the configuration of AppDbContext)", migrate.Output);
        Assert.AreEqual(1, migrate.WorkerStarts);
        AssertNoSecret(project, migrate);
        PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE {database}");
    }

    [TestMethod]
    public void A_verb_ignores_environment_variables()
    {
        using var project = TestProject.CreateMigrated();

        var result = project.Build(
            new Dictionary<string, string?> { ["DbTo"] = "base", ["DbForce"] = "app.db", ["DbRev"] = "base" },
            "-t:DbMigrate");

        Assert.IsTrue(result.Succeeded, result.ToString());
        Assert.Contains("1 migration applied", result.Output);
    }

    [TestMethod]
    public void Ctrl_C_in_the_middle_of_a_migration_undoes_it()
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql);
        var sql = project.Sql("Initial");
        project.Folder.Write(sql, project.Folder.Read(sql) + "\nSELECT pg_sleep(60);\n");
        project.Run("DbApprove", "DbRev=Initial");
        var (server, database) = (PostgreSqlServer.Shared, PostgreSqlServer.NewName());
        using var build = CommandLine.Start(
            project.Folder.Path, Dotnet.Path, ["build", "App.csproj", "--no-restore", "-t:DbMigrate", "-tl:off"],
            new Dictionary<string, string?> { ["MIGRATIONS_CONNECTION"] = server.ConnectionString(database) });
        var output = build.StandardOutput.ReadToEndAsync();
        var sleeping = $"""
            SELECT 1 FROM pg_stat_activity
            WHERE datname = '{database}' AND query LIKE '%pg_sleep%' AND state = 'active' AND pid <> pg_backend_pid()
            """;
        while (server.Query("postgres", sleeping).Count == 0)
            Assert.IsFalse(build.WaitForExit(100), "It ended before the migration ran.");

        CommandLine.Run("/", "kill", ["-s", "INT", build.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);

        Assert.IsTrue(build.WaitForExit(TimeSpan.FromSeconds(45)));
        Assert.AreNotEqual(0, build.ExitCode);
        Assert.IsEmpty(server.Query(database, "SELECT * FROM \"__EFMigrationsHistory\""), output.Result);
        Assert.IsEmpty(server.Query(database, "SELECT 1 FROM pg_tables WHERE tablename = 'Users'"));
        server.Execute("postgres", $"DROP DATABASE {database} WITH (FORCE)");
    }

    [TestMethod]
    public void Results_are_visible_with_the_terminal_logger()
    {
        using var project = TestProject.CreateMigrated();

        // `script` gives the build a terminal.
        var command = $"{Dotnet.Path} build App.csproj --no-restore -t:DbHistory -tl:on";
        var result = CommandLine.Run(
            project.Folder.Path,
            "script",
            ["-qec", command, "/dev/null"],
            new Dictionary<string, string?> { ["TERM"] = "xterm-256color" });

        Assert.AreEqual(0, result.ExitCode, result.ToString());
        Assert.HasCount(2, result.Output.Split("<base> -> "), "Once, and not twice.");
    }

    [TestMethod]
    public void A_reset_asks_at_a_terminal_unless_the_terminal_logger_has_it()
    {
        using var project = TestProject.CreateMigrated();
        SqliteFile.Query(project.Folder.Write("app.db", "")["app.db"], "CREATE TABLE kept (id integer)");
        CommandResult Reset(string logger, string answer) => TerminalCommand.Run(
            project.Folder.Path, $"{Dotnet.Path} build App.csproj --no-restore -t:DbReset -tl:{logger}", "[y/N] ", answer);
        bool IsKept() => SqliteFile.Query(project.Folder["app.db"], "SELECT 1 FROM sqlite_master WHERE name = 'kept'").Count > 0;

        var hidden = Reset("on", "y");
        Assert.AreEqual(1, hidden.ExitCode, hidden.ToString());
        Assert.Contains("-p:DbForce=app.db", hidden.Output.ReplaceLineEndings(""));
        Assert.IsTrue(IsKept());
        var yes = Reset("off", "y");
        Assert.AreEqual(0, yes.ExitCode, yes.ToString());
        Assert.IsFalse(IsKept());
    }

    [TestMethod]
    public void A_node_of_a_build_doesnt_know_whether_there_is_a_terminal()
    {
        using var project = TestProject.CreateMigrated();
        SqliteFile.Query(project.Folder.Write("app.db", "")["app.db"], "CREATE TABLE kept (id integer)");
        var environment = new Dictionary<string, string?> { ["MSBUILDNOINPROCNODE"] = "1" };

        var refused = project.Build(environment, "-t:DbReset", "-nodeReuse:false").Ours.Single();

        Assert.AreEqual("MIG3008", refused.Code);
    }

    private static void AssertNoSecret(TestProject project, BuildResult result)
    {
        var files = Directory.GetFiles(project.Folder.Path, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".binlog", StringComparison.Ordinal));
        foreach (var file in files)
            Assert.DoesNotContain(PostgreSqlServer.Shared.Secret, File.ReadAllText(file), file);
        Assert.Contains("MigrationsBuild", result.Everything);
        Assert.DoesNotContain(PostgreSqlServer.Shared.Secret, result.Everything);
    }
}
