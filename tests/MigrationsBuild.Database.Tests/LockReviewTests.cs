using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>The locks of pending migrations, in dry runs and as a gate.</summary>
[TestClass]
public class LockReviewTests
{
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";
    private const string Rewrite = "ALTER TABLE small ADD n integer;\nALTER TABLE \"Big one\" ADD u uuid DEFAULT gen_random_uuid();\n";

    [TestMethod]
    public void A_dry_run_shows_the_tables_that_are_locked_with_their_sizes()
    {
        using var set = Tables().Add(A, Rewrite, "ALTER TABLE small DROP COLUMN n;\n")
            .Add(B, "CREATE INDEX ON \"Big one\" (id);\nALTER TABLE small RENAME TO tiny;\nCALL anything();\n", null);

        var result = set.Run("migrate", dryRun: true).Succeeds();

        var lines = result.Lines.Select(line => Rounded(line.Trim()))
            .Where(line => line.StartsWith("Lock", StringComparison.Ordinal)).ToArray();
        CollectionAssert.AreEqual(
            new[]
            {
                "Locks small (0 bytes, about 0 rows): ACCESS EXCLUSIVE, blocks reads and writes while \"Big one\" is rewritten",
                "Locks \"Big one\" (395 kB, about 10,000 rows): ACCESS EXCLUSIVE, blocks reads and writes while it is rewritten",
                "Locks \"Big one\" (395 kB, about 10,000 rows): SHARE, blocks writes while an index on it is built",
                "Locks small (0 bytes, about 0 rows): ACCESS EXCLUSIVE, blocks reads and writes for a moment",
                "Locks not known: CALL anything()",
            },
            lines);
        var locks = result.Command.Output.Split('\n').Select(MessageLine.Parse).Where(message => message.Name == RunnerMessages.Lock);
        Assert.AreEqual("small ACCESS EXCLUSIVE 0", string.Join(" ", locks.Take(1).Select(
            message => $"{message["table"]} {message["mode"]} {message["size-bytes"]}")));
        CollectionAssert.AreEqual(new[] { "Big one", "small" }, set.Tables.ToArray());
    }

    [TestMethod]
    public void A_dry_run_of_a_rollback_shows_them_as_well()
    {
        using var set = Tables().Add(A, Rewrite, "ALTER TABLE \"Big one\" ALTER COLUMN u SET NOT NULL;\n");
        set.Run("migrate").Succeeds();

        var result = set.Run("rollback", to: "base", dryRun: true).Succeeds();

        StringAssert.Contains(string.Join("\n", result.Lines), "ACCESS EXCLUSIVE, blocks reads and writes while its rows are read");
    }

    [TestMethod]
    [DataRow("300kB", true)]
    [DataRow("500kB", false)]
    [DataRow("reads:300kB", true)]
    [DataRow("rewrite:300kB", true)]
    [DataRow("rewrite:1MB,writes:0.2MB", true)]
    [DataRow("none", false)]
    public void A_limit_refuses_work_on_a_large_table_before_anything_runs(string limit, bool isRefused)
    {
        using var set = Tables().AddTable("20251231000000_First").Add(A, Rewrite, null);

        var result = set.Run("migrate", request => request with { Settings = With(limit) });

        if (!isRefused)
        {
            result.Succeeds();
            return;
        }

        var error = result.FailsWith(DiagnosticCodes.LockRefused);
        Assert.StartsWith(
            $"{A} locks small (ACCESS EXCLUSIVE, blocks reads and writes) while \"Big one\" is rewritten. \"Big one\" has 395 kB, about "
            + "10,000 rows, and DbRefuseLock is ",
            Rounded(error.Message));
        StringAssert.Contains(error.Message, "so nothing is applied. To apply or revert the migrations anyway");
        Assert.StartsWith("ALTER TABLE \"Big one\"", set.Folder.Read($"{A}.sql").Split('\n')[error.Location!.Line - 1]);
        Assert.IsEmpty(set.History);
        set.Run("migrate", request => request with { Settings = With(limit), DryRun = true }).FailsWith(DiagnosticCodes.LockRefused);
    }

    [TestMethod]
    [DataRow("reads:1kB", "CREATE INDEX i ON \"Big one\" (id)")]
    [DataRow("rewrite:1kB", "ALTER TABLE \"Big one\" ALTER COLUMN id SET NOT NULL")]
    [DataRow("1kB", "ALTER TABLE \"Big one\" ADD n integer")]
    [DataRow("1kB", "-- outside a transaction\nCREATE INDEX CONCURRENTLY i ON \"Big one\" (id)")]
    [DataRow("1kB", "UPDATE \"Big one\" SET id = 7")]
    [DataRow("1kB", "ALTER TABLE public.small ADD n integer")]
    [DataRow("1kB", "CREATE TABLE n (id integer); CREATE INDEX i ON n (id); ALTER TABLE nowhere.n ADD n integer")]
    public void Work_that_doesnt_exceed_a_limit_is_not_refused(string limit, string up)
    {
        using var set = Tables().Add(A, up + ";\n", null);

        var result = set.Run("migrate", request => request with { Settings = With(limit), DryRun = true });

        result.Succeeds();
    }

    [TestMethod]
    [DataRow("CALL anything()")]
    [DataRow("DROP SCHEMA other CASCADE")]
    [DataRow("ALTER DOMAIN positive ADD CHECK (VALUE > 1)")]
    [DataRow("REINDEX SCHEMA public")]
    public void A_statement_whose_locks_are_not_known_is_refused(string up)
    {
        using var set = Tables().Add(A, up + ";\n", null);

        var error = set.Run("migrate", request => request with { Settings = With("1TB") }).FailsWith(DiagnosticCodes.LockRefused);

        StringAssert.Contains(error.Message, $"The locks of this statement of {A} aren't known");
        Assert.IsNotNull(error.Location);
    }

    [TestMethod]
    public void Work_on_a_table_of_unknown_size_is_refused()
    {
        using var set = Tables().Add(A, "ALTER TABLE elsewhere.t ALTER COLUMN n SET NOT NULL;\n", null);

        var error = set.Run("migrate", request => request with { Settings = With("1TB") }).FailsWith(DiagnosticCodes.LockRefused);

        StringAssert.Contains(error.Message, "The table is of unknown size, and DbRefuseLock is 1TB, so nothing is applied.");
    }

    [TestMethod]
    public void Locks_of_one_transaction_are_held_until_its_last_migration()
    {
        using var set = Tables().Add(A, "ALTER TABLE small ADD n integer;\n", null).Add(B, "UPDATE \"Big one\" SET id = 8;\n", null);

        set.Run("migrate", request => request with { Settings = With("1kB"), DryRun = true }).Succeeds();
        var error = set.Run("migrate", request => request with { Settings = With("1kB") with { IsOneTransaction = true } })
            .FailsWith(DiagnosticCodes.LockRefused);

        Assert.StartsWith(
            $"{B} locks small (ACCESS EXCLUSIVE, blocks reads and writes) while the rows of \"Big one\" are changed.", error.Message);
    }

    [TestMethod]
    public void SQLite_has_no_locks_on_tables_so_a_limit_is_refused()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable(A);

        set.Run("migrate", request => request with { Settings = With("1GB") }).FailsWith(DiagnosticCodes.LockRefused);

        set.Run("migrate", dryRun: true).Succeeds();
        Assert.IsEmpty(set.Tables);
    }

    [TestMethod]
    [DataRow("small", "tenant", "MB, about 20,000 rows): ACCESS EXCLUSIVE")]
    [DataRow("small", "tenant,public", "MB, about 20,000 rows): ACCESS EXCLUSIVE")]
    [DataRow("public.small", "tenant,public", "(0 bytes, about 0 rows): ACCESS EXCLUSIVE")]
    public void Names_mean_the_tables_that_the_search_path_finds(string table, string path, string expected)
    {
        using var set = Tables().Add(A, $"ALTER TABLE {table} ADD u uuid DEFAULT gen_random_uuid();\n", null);
        set.Execute(
            """
            CREATE SCHEMA tenant;
            CREATE TABLE tenant.small (id integer PRIMARY KEY, parent integer REFERENCES tenant.small (id));
            INSERT INTO tenant.small SELECT i FROM generate_series(1, 20000) AS i;
            ANALYZE tenant.small;
            """);

        var connection = $"{set.ConnectionString};Search Path=\"{path}\"";
        var result = set.Run("migrate", request => request with { DryRun = true }, connection).Succeeds();

        StringAssert.Contains(string.Join("\n", result.Lines), expected);
    }

    [TestMethod]
    public void The_check_of_a_deployed_runner_shows_them()
    {
        using var deployed = new DeployedSet().Add(A, Rewrite.TrimEnd());
        Fill(deployed.Database);

        var check = deployed.Run(deployed.Connection, "check");
        check.Fails(1, "MIG3020", "");
        StringAssert.Contains(check.Command.Output, "Pending: 20260101000000_A");
        StringAssert.Contains(Rounded(check.Command.Output), "Locks \"Big one\" (395 kB, about 10,000 rows): ACCESS EXCLUSIVE");
        deployed.Run(deployed.Connection, "check", "--refuse-lock", "rewrite:100kB").Fails(4, "MIG3034", "--refuse-lock none");
        deployed.Run(deployed.Connection, "migrate", "--refuse-lock", "100kB").Fails(4, "MIG3034", "--refuse-lock none");
        deployed.Run(deployed.Connection, "migrate", "--refuse-lock", "100").Fails(4, "MIG4010", "a size such as 500MB");
        deployed.Run(deployed.Connection, "migrate").Succeeds();
    }

    private static MigrationSet Tables()
    {
        var set = new MigrationSet(SqlDialect.PostgreSql);
        Fill(set);
        return set;
    }

    private static void Fill(MigrationSet set) => set.Execute(
        """
        CREATE TABLE small (id integer);
        CREATE TABLE "Big one" (id integer);
        INSERT INTO "Big one" SELECT i FROM generate_series(1, 10000) AS i;
        ANALYZE "Big one";
        """);

    /// <summary>The size depends on whether a vacuum has come by.</summary>
    private static string Rounded(string text) => Regex.Replace(text, @"39\d\.\d kB", "395 kB");

    private static RunSettings With(string limit) => new() { RefuseLock = limit };
}
