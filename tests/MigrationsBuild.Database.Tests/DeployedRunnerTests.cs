using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>The runner's own command line: exit codes, settings, and the words that it uses.</summary>
[TestClass]
public class DeployedRunnerTests
{
    private const string First = "20260101000000_A";
    private const string Second = "20260102000000_B";

    [TestMethod]
    public void A_database_that_is_done_or_ahead_is_0()
    {
        using var newer = new DeployedSet(First, Second);
        using var older = new DeployedSet(First);
        newer.Run(newer.Connection, "migrate").Succeeds();
        newer.Run(newer.Connection, "migrate").Succeeds();

        var ahead = older.Run(newer.Connection, "migrate");

        ahead.Succeeds();
        Assert.Contains("warning MIG3010: The database is ahead", ahead.Command.Error);
        Assert.Contains($"dotnet MigrationsBuild.Runner.dll rollback {First}", ahead.Command.Error);
    }

    [TestMethod]
    public void Of_several_contexts_all_have_a_connection_before_the_first_one_is_migrated_and_commands_name_theirs()
    {
        using var deployed = new DeployedSet(First);
        var shop = File.ReadAllText(deployed.Folder["ShopContext.manifest"]);
        deployed.Folder.Write("UserContext.manifest", shop.Replace("Shop.ShopContext", "Shop.UserContext", StringComparison.Ordinal));
        DeployedResult Run(string verb, params string[] contexts) => DeployedResult.Of(Dotnet.Run(
            deployed.Folder.Path,
            [deployed.Folder["MigrationsBuild.Runner.dll"], verb],
            contexts.ToDictionary(context => $"MIGRATIONS_CONNECTION__{context}", _ => (string?)deployed.Connection)));

        Run("migrate", "ShopContext")
            .Fails(4, "MIG4006", "No connection is set for UserContext. Set the environment variable MIGRATIONS_CONNECTION__UserContext");
        Assert.IsEmpty(deployed.Database.Tables);
        var pending = Run("check", "ShopContext", "UserContext").Command;
        Assert.Contains("MigrationsBuild.Runner.dll migrate --context ShopContext", pending.Output + pending.Error);
    }

    [TestMethod]
    public void A_failure_that_a_retry_can_fix_is_1_and_any_other_is_4()
    {
        using var deployed = new DeployedSet(First);
        deployed.Run("Host=127.0.0.1;Port=1;Username=nobody", "migrate", "--connect-timeout", "0").Fails(1, "MIG3001", "No server answers");
        deployed.Run(deployed.Connection, "check").Fails(1, "MIG3020", "");
        deployed.Run("", "migrate").Fails(4, "MIG4006", "No connection is set");
        deployed.Run(deployed.Connection, "migrate", "Nonsense").Fails(4, "MIG3007", "Can't locate revision identified by 'Nonsense'");
        deployed.Run(deployed.Connection, "migrate", "--lock-timeout", "long")
            .Fails(4, "MIG4010", "--lock-timeout is long. It must be a number of seconds");
        deployed.Run(deployed.Connection, "migrate", "--wait").Fails(4, "MIG4011", "There is no option --wait. See: --help");

        deployed.Run(deployed.Connection, "migrate", "A", "B").Fails(4, "MIG4011", "There can be only one revision. See: --help");

        deployed.Add(Second, "SELECT nothing;\n").Run(deployed.Connection, "migrate").Fails(4, "MIG3004", "nothing");
    }

    [TestMethod]
    public void It_names_its_own_options_and_not_the_builds_properties()
    {
        using var deployed = new DeployedSet(First).Add(Second, "-- outside a transaction\nVACUUM;\n");
        deployed.Run(deployed.Connection, "migrate", "--transaction", "all").Fails(4, "MIG3023", "--transaction migration");
        deployed.Run(deployed.Connection, "migrate", "--role", "nobody").Fails(4, "MIG3003", "can't become the role nobody: ");
        deployed.Add(Second, "SELECT pg_sleep(9);\n")
            .Run(deployed.Connection, "migrate", "--statement-timeout", "0.2").Fails(1, "MIG3021", "--statement-timeout <seconds>");
        deployed.Add(Second, "ALTER TABLE \"A\" ADD n integer;\n");
        using var lunch = new OpenTransaction(deployed.Database, "LOCK TABLE \"A\"");
        deployed.Run(deployed.Connection, "migrate", "--lock-timeout", "0.2", "--retries", "0")
            .Fails(1, "MIG3021", "To show what the blocking session executes: --verbose");
    }

    [TestMethod]
    [DataRow(true, "migrate")]
    [DataRow(true, "current")]
    [DataRow(true, "history")]
    [DataRow(true, "history", "-3:current")]
    [DataRow(true, "check")]
    [DataRow(false, "migrate", "+1")]
    [DataRow(false, "rollback", "base")]
    [DataRow(false, "stamp", "head")]
    [DataRow(false, "script")]
    public void A_release_runs_for_all_contexts_and_anything_else_names_one(bool isForAll, params string[] arguments)
    {
        using var deployed = new DeployedSet(First);
        deployed.Run(deployed.Connection, "migrate").Succeeds();
        deployed.Folder.Write("OtherContext.manifest", deployed.Folder.Read("ShopContext.manifest"));

        var result = deployed.Run(deployed.Connection, arguments);

        if (isForAll)
        {
            result.Succeeds();
            Assert.HasCount(
                2,
                result.Command.Output.Split('\n').Where(line => line.Contains("(from MIGRATIONS_CONNECTION)", StringComparison.Ordinal)));
        }
        else
        {
            result.Fails(4, "MIG4002", "--context OtherContext");
        }
    }

    [TestMethod]
    public void Without_a_connection_it_runs_the_verbs_that_need_none()
    {
        using var deployed = new DeployedSet(First);

        deployed.Run("", "history").Succeeds();
        deployed.Run("", "script").Succeeds();
        deployed.Run("", "script", "current:head").Fails(4, "MIG4006", "");
        deployed.Run("", "check").Fails(4, "MIG4006", "");
        deployed.Run("", "current").Fails(4, "MIG4006", "");
    }

    [TestMethod]
    public void It_treats_no_database_as_a_development_database()
    {
        using var deployed = new DeployedSet(First, Second);
        deployed.Run(deployed.Connection, "migrate").Succeeds();

        Assert.IsEmpty(deployed.Database.Query("SELECT 1 FROM \"__MigrationsBuildJournal\" WHERE \"Action\" = 'development'"));
        deployed.Run(deployed.Connection, "rollback").Fails(4, "MIG3008", "Name the target: -1");
        deployed.Database.Run("reset").FailsWith(Diagnostics.DiagnosticCodes.NotDevelopment);
        Assert.HasCount(2, deployed.Database.History);
        deployed.Run(deployed.Connection, "rollback", "-1").Succeeds();
        using var local = new DeployedSet(First);
        local.Database.Run("migrate").Succeeds();
        local.Run(local.Connection, "rollback").Fails(4, "MIG3008", "");
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void A_missing_database_may_be_a_mistyped_one_so_it_is_created_only_by_name(SqlDialect dialect)
    {
        using var deployed = DeployedSet.WithoutDatabase(dialect, First);
        var name = deployed.Database.DatabaseName;

        deployed.Run(deployed.Connection, "migrate").Fails(1, "MIG3015", $"--force {name}");
        Assert.IsFalse(deployed.DatabaseExists);
        deployed.Run(deployed.Connection, "migrate", "--force", "another").Fails(4, "MIG3008", name);
        Assert.IsFalse(deployed.DatabaseExists);
        deployed.Run(deployed.Connection, "migrate", "--dry-run").Succeeds();
        Assert.IsFalse(deployed.DatabaseExists);

        deployed.Run(deployed.Connection, "migrate", "--force", name).Succeeds();
        Assert.HasCount(1, deployed.Database.History);
    }

    [TestMethod]
    [DataRow("file:{0}")]
    [DataRow("file:{0}?mode=rwc")]
    [DataRow("file://{0}?cache=private")]
    public void The_same_holds_for_an_address_of_a_file(string address)
    {
        using var deployed = DeployedSet.WithoutDatabase(SqlDialect.Sqlite, First);
        var file = address.Replace("{0}", deployed.Database.Folder["app.db"], StringComparison.Ordinal);
        var connection = $"Data Source={file};Pooling=False";

        deployed.Run(connection, "migrate").Fails(1, "MIG3015", "--force app.db");
        Assert.IsFalse(deployed.DatabaseExists);
        deployed.Run(connection, "current").Succeeds();
        Assert.IsFalse(deployed.DatabaseExists);

        deployed.Run(connection, "migrate", "--force", "app.db").Succeeds();
        Assert.HasCount(1, deployed.Database.History);
        deployed.Run(connection, "migrate").Succeeds();
    }

    [TestMethod]
    public void It_names_itself_as_it_is_called()
    {
        using var deployed = new DeployedSet(First);

        var check = Testing.Dotnet.Run(
            deployed.Folder.Run, ["migrations/MigrationsBuild.Runner.dll", "check"], DeployedSet.Environment(deployed.Connection));

        Assert.EndsWith("Run: dotnet migrations/MigrationsBuild.Runner.dll migrate\n", check.Error);
    }

    [TestMethod]
    public void Its_help_has_every_setting()
    {
        using var deployed = new DeployedSet(First);

        var help = deployed.Run("", "migrate", "--help").Command.Output;

        foreach (var setting in RunSettings.All)
            Assert.Contains($"--{setting.Name} <{setting.Form}>", help);
    }

    [TestMethod]
    public void Settings_of_the_publish_are_used_and_options_of_the_call_override_them()
    {
        using var deployed = new DeployedSet(First).Add(Second, "-- outside a transaction\nVACUUM;\n");
        deployed.Folder.Replace("ShopContext.manifest", "is-one-transaction=false", "is-one-transaction=true");

        deployed.Run(deployed.Connection, "migrate").Fails(4, "MIG3023", "");
        deployed.Run(deployed.Connection, "migrate", "--transaction", "migration").Succeeds();
    }

    [TestMethod]
    [DataRow("migrate", "--verbose")]
    [DataRow("migrate", "--retries", "0", "--lock-timeout", "0.1", "--verbose")]
    [DataRow("current", "--verbose")]
    [DataRow("history", "--verbose")]
    [DataRow("check")]
    [DataRow("rollback", "base")]
    [DataRow("stamp", "head")]
    [DataRow("script", "-i")]
    public void Neither_its_output_nor_its_files_contain_the_password(params string[] arguments)
    {
        using var deployed = new DeployedSet(First).Add(Second, "SELECT nothing;\n");
        var connection = deployed.Connection;
        var wrong = connection.Replace("Password=", "Password=not-", StringComparison.Ordinal);
        string[] connections =
        [
            connection,
            wrong,
            connection + ";Nonsense=1",
            "nonsense " + connection,
            connection.Replace("127.0.0.1", "nowhere.invalid", StringComparison.Ordinal),
            connection.Replace("Port=", "Port=1", StringComparison.Ordinal),
        ];

        foreach (var each in connections)
        {
            var result = deployed.Run(each, [.. arguments, "--connect-timeout", "0"]).Command;
            Assert.DoesNotContain(PostgreSqlServer.Shared.Secret, result.Output + result.Error);
        }

        foreach (var file in Directory.EnumerateFiles(deployed.Folder.Run, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(PostgreSqlServer.Shared.Secret, File.ReadAllText(file, System.Text.Encoding.Latin1), file);
        if (deployed.DatabaseExists && deployed.Database.Query("SELECT to_regclass('\"__MigrationsBuildJournal\"')::text")[0].Length > 0)
            Assert.IsEmpty(
                deployed.Database.Query("SELECT * FROM \"__MigrationsBuildJournal\"")
                    .Where(row => row.Contains(PostgreSqlServer.Shared.Secret, StringComparison.Ordinal)));
    }

    [TestMethod]
    public void The_list_of_processes_doesnt_have_the_password()
    {
        using var set = new MigrationSet(Sql.SqlDialect.PostgreSql).Add(First, "SELECT pg_sleep(60);\n", null);
        using var run = new RunningRunner(set);
        set.WaitForActivity("%pg_sleep(60)%");

        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("The processes' arguments are read from /proc.");
        var seen = Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)).Select(Arguments)
            .ToList();

        Assert.Contains(arguments => arguments.Contains("MigrationsBuild.Runner", StringComparison.Ordinal), seen);
        Assert.DoesNotContain(arguments => arguments.Contains(PostgreSqlServer.Shared.Secret, StringComparison.Ordinal), seen);
        CollectionAssert.DoesNotContain(
            set.Query("SELECT query FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
                .Select(query => query.Contains(PostgreSqlServer.Shared.Secret, StringComparison.Ordinal)).ToArray(),
            true);
    }

    private static string Arguments(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    [TestMethod]
    public void A_message_of_the_server_is_one_line_that_no_terminal_and_no_build_server_obeys()
    {
        using var set = new DeployedSet();
        set.Add(
            "20260101000000_A",
            "DO $$ BEGIN RAISE EXCEPTION E'boom\\n::set-env name=PATH::evil\\n\\x1b[2J##vso[task.complete result=Succeeded]'; END $$;\n");
        set.Database.Execute("SELECT 1");

        var result = set.Run(set.Connection, "migrate");

        result.Fails(4, "MIG3004", @"boom ::set-env name=PATH::evil \u001B[2J\u0023#vso[task.complete result=Succeeded]");
        Assert.DoesNotContain("\u001b", result.Command.Output + result.Command.Error);
    }

    [TestMethod]
    public void Nor_do_names_in_a_database()
    {
        using var set = new DeployedSet("20260101000000_A");
        set.Run(set.Connection, "migrate", "--force", set.Database.Database).Succeeds();
        set.Database.Execute("INSERT INTO \"__EFMigrationsHistory\" VALUES (E'20260202000000_x\\n::stop-commands::t\\x1b[8m', '10')");

        var result = set.Run(set.Connection, "current");

        Assert.Contains(@"20260202000000_x ::stop-commands::t\u001B[8m", result.Command.Output);
        Assert.IsFalse(
            result.Command.Output.Split('\n').Concat(result.Command.Error.Split('\n'))
                .Any(line => line.TrimStart().StartsWith("::", StringComparison.Ordinal)),
            result.Command.ToString());
        Assert.DoesNotContain("\u001b", result.Command.Output + result.Command.Error);
    }
}
