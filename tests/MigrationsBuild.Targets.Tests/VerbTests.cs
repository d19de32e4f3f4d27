using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

[TestClass]
public class VerbTests
{
    [TestMethod]
    public void The_verbs_work_on_the_contexts_own_SQLite_file()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        project.Run("DbRevision");
        project.Run("DbApprove");

        var migrate = project.Run("DbMigrate").Output;
        Assert.Contains($"AppDbContext: SQLite file {project.Folder["app.db"]} (from the configuration of AppDbContext)", migrate);
        Assert.Contains("2 migrations applied", migrate);
        Assert.Contains("_AddUserAvatar (head)", project.Run("DbCurrent").Output);
        Assert.Contains("_Initial -> ", project.Run("DbHistory").Output);
        Assert.Contains("1 migration reverted", project.Run("DbRollback").Output);
        Assert.Contains("1 pending", project.Run("DbCurrent").Output);
        Assert.Contains("put into the history", project.Run("DbStamp", "DbRev=head").Output);
        Assert.Contains("Nothing to apply", project.Run("DbMigrate").Output);
    }

    [TestMethod]
    public void On_PostgreSQL_the_environment_says_where_and_no_secret_is_left_anywhere()
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql);
        var database = PostgreSqlServer.NewName();
        var environment = new Dictionary<string, string?> { ["MIGRATIONS_CONNECTION"] = PostgreSqlServer.Shared.ConnectionString(database) };

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
        project.Folder.Replace("AppContext.cs", "\"Host=127.0.0.1;Database=app\"", "File.ReadAllText(\"../connection\")").Write("../connection", PostgreSqlServer.Shared.ConnectionString(database));

        var migrate = project.Build("-t:DbMigrate", "-v:diag");

        Assert.IsTrue(migrate.Succeeded, migrate.ToString());
        Assert.Contains("(from the configuration of AppDbContext)", migrate.Output);
        Assert.AreEqual(1, migrate.WorkerStarts);
        AssertNoSecret(project, migrate);
        PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE {database}");
    }

    [TestMethod]
    public void A_build_server_guesses_no_connection()
    {
        using var project = TestProject.CreateMigrated();

        var error = project.Build(TestCode.Ci, "-t:DbMigrate").Ours.Single();

        Assert.AreEqual("MIG4006", error.Code);
        Assert.Contains("Set the environment variable MIGRATIONS_CONNECTION", error.Text);
    }

    [TestMethod]
    public void A_build_server_applies_nothing_that_would_fail_the_build()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        var environment = new Dictionary<string, string?>(TestCode.Ci) { ["MIGRATIONS_CONNECTION"] = "Data Source=app.db" };

        Assert.AreEqual("MIG1001", project.Build(environment, "-t:DbMigrate").Ours.Single().Code);
        Assert.IsFalse(File.Exists(project.Folder["app.db"]));
        Assert.IsTrue(project.Build("-t:DbMigrate", "-warnaserror").Ours.Single().IsError);
    }

    [TestMethod]
    [DataRow("DbRollback", "DbRev=base", "DbRollback doesn't know DbRev. It takes: -p:DbTo=")]
    [DataRow("DbStamp", "DbTo=base", "DbStamp doesn't know DbTo. It takes: -p:DbRev=")]
    [DataRow("DbMigrate", "Msg=x", "DbMigrate doesn't know Msg.")]
    public void A_property_that_a_verb_doesnt_heed_is_refused(string target, string property, string text)
    {
        using var project = TestProject.CreateMigrated();

        var error = project.Build("-t:" + target, "-p:" + property).Ours.Single();

        Assert.AreEqual("MIG4010", error.Code);
        Assert.StartsWith(text, error.Text);
    }

    [TestMethod]
    public void A_migration_without_SQL_is_an_error_of_the_verb()
    {
        using var project = TestProject.CreateMigrated();
        var source = project.Sql("Initial").Replace(".sql", ".cs", StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(project.Folder["Migrations"]).Where(file => !file.EndsWith(".cs", StringComparison.Ordinal)))
            File.Delete(file);
        project.Folder.Replace(source, "migrationBuilder.CreateTable(", "migrationBuilder.Sql(\"COMMIT\");\n            migrationBuilder.CreateTable(");
        Assert.Contains("NO SQL: line 1 of the command", project.Run("DbApprove").Output);

        Assert.AreEqual("MIG1010", project.Build("-t:DbMigrate").Ours.Single(finding => finding.IsError).Code);
        project.Folder.Write("app.db", "");
        project.Run("DbStamp", "DbRev=head");
        Assert.Contains("Nothing to apply", project.Run("DbMigrate").Output);
    }

    [TestMethod]
    public void What_a_shell_holds_reverts_nothing()
    {
        using var project = TestProject.CreateMigrated();
        project.Run("DbMigrate");

        var result = project.Build(new Dictionary<string, string?> { ["DbTo"] = "base", ["DbForce"] = "app.db", ["DbRev"] = "base" }, "-t:DbMigrate");

        Assert.IsTrue(result.Succeeded, result.ToString());
        Assert.Contains("Nothing to apply", result.Output);
    }

    [TestMethod]
    public void A_failing_statement_is_an_error_at_its_place_in_the_SQL_file()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Replace(project.Sql("Initial"), "\"Name\" TEXT NOT NULL", "\"Name\" TEXT NOT NOT NULL");
        project.Run("DbApprove", "DbRev=Initial");

        var error = project.Build("-t:DbMigrate").Ours.Single();

        var lines = project.Folder.Read(project.Sql("Initial")).Split('\n');
        Assert.AreEqual(("MIG3004", project.Sql("Initial")), (error.Code, error.File));
        Assert.StartsWith("NOT NULL\n", lines[error.Line - 1][(error.Column - 1)..] + "\n");
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
        while (server.Query("postgres", $"SELECT 1 FROM pg_stat_activity WHERE datname = '{database}' AND query LIKE '%pg_sleep%' AND state = 'active' AND pid <> pg_backend_pid()").Count == 0)
            Assert.IsFalse(build.WaitForExit(100), "It ended before the migration ran.");

        CommandLine.Run("/", "kill", ["-s", "INT", build.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);

        Assert.IsTrue(build.WaitForExit(TimeSpan.FromSeconds(45)));
        Assert.AreNotEqual(0, build.ExitCode);
        Assert.IsEmpty(server.Query(database, "SELECT * FROM \"__EFMigrationsHistory\""), output.Result);
        Assert.IsEmpty(server.Query(database, "SELECT 1 FROM pg_tables WHERE tablename = 'Users'"));
        server.Execute("postgres", $"DROP DATABASE {database} WITH (FORCE)");
    }

    [TestMethod]
    public void Results_show_under_the_terminal_logger_too()
    {
        using var project = TestProject.CreateMigrated();
        project.Build();

        // `script` gives the build a terminal.
        var command = $"{Dotnet.Path} build App.csproj --no-restore -t:DbHistory -tl:on";
        var result = CommandLine.Run(project.Folder.Path, "script", ["-qec", command, "/dev/null"], new Dictionary<string, string?> { ["TERM"] = "xterm-256color" });

        Assert.AreEqual(0, result.ExitCode, result.ToString());
        Assert.HasCount(2, result.Output.Split("<base> -> "), "Once, and not twice.");
        Assert.HasCount(2, project.Run("DbHistory").Output.Split("<base> -> "));
    }

    [TestMethod]
    public void A_reset_asks_at_a_terminal_unless_the_terminal_logger_has_it()
    {
        using var project = TestProject.CreateMigrated();
        project.Run("DbMigrate");
        SqliteFile.Query(project.Folder["app.db"], "CREATE TABLE kept (id integer)");
        CommandResult Reset(string logger, string answer) => TerminalCommand.Run(
            project.Folder.Path, $"{Dotnet.Path} build App.csproj --no-restore -t:DbReset -tl:{logger}", "[y/N] ", answer);
        bool IsKept() => SqliteFile.Query(project.Folder["app.db"], "SELECT 1 FROM sqlite_master WHERE name = 'kept'").Count > 0;

        var hidden = Reset("on", "y");
        Assert.AreEqual(1, hidden.ExitCode, hidden.ToString());
        Assert.Contains("-p:DbForce=app.db", hidden.Output.ReplaceLineEndings(""));
        Assert.IsTrue(IsKept());
        var no = Reset("off", "n");
        Assert.AreEqual(1, no.ExitCode, no.ToString());
        Assert.IsTrue(IsKept());
        var yes = Reset("off", "y");
        Assert.AreEqual(0, yes.ExitCode, yes.ToString());
        Assert.IsFalse(IsKept());
    }

    [TestMethod]
    public void A_node_of_a_build_doesnt_know_whether_there_is_a_terminal()
    {
        using var project = TestProject.CreateMigrated();
        project.Run("DbMigrate");
        var environment = new Dictionary<string, string?> { ["MSBUILDNOINPROCNODE"] = "1" };

        var refused = project.Build(environment, "-t:DbReset", "-nodeReuse:false").Ours.Single();

        Assert.AreEqual("MIG3008", refused.Code);
        Assert.IsTrue(project.Build(environment, "-t:DbReset", "-p:DbForce=app.db", "-nodeReuse:false").Succeeded);
    }

    private static void AssertNoSecret(TestProject project, BuildResult result)
    {
        foreach (var file in Directory.GetFiles(project.Folder.Path, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".binlog", StringComparison.Ordinal)))
            Assert.DoesNotContain(PostgreSqlServer.Shared.Secret, File.ReadAllText(file), file);
        Assert.Contains("MigrationsBuild", result.Everything);
        Assert.DoesNotContain(PostgreSqlServer.Shared.Secret, result.Everything);
    }
}
