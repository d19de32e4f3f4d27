using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>Databases with, without and with a part of the migrations that a squashed one replaces.</summary>
[TestClass]
public class SquashTests
{
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";
    private const string C = "20260103000000_C";
    private const string S = "20260103000000_Squashed";
    private const string D = "20260104000000_D";
    private const string Up = "CREATE TABLE \"A\" (\"Id\" integer NOT NULL);\nCREATE TABLE \"B\" (\"Id\" integer NOT NULL);\n"
        + "CREATE TABLE \"C\" (\"Id\" integer NOT NULL);\n";

    private const string Down = "DROP TABLE \"C\";\nDROP TABLE \"B\";\nDROP TABLE \"A\";\n";

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void A_database_that_has_all_replaced_migrations_gets_the_squashed_one_recorded(SqlDialect dialect)
    {
        using var set = Migrated(dialect, C);
        Squash(set).AddTable(D);

        Assert.Contains($"<base> -> {S} (current), squashed", set.Run("history").Succeeds().Lines);
        var current = set.Run("current").Succeeds();
        Assert.AreEqual(S, current.Lines[1]);
        Assert.Contains(
            line => line.StartsWith($"The history still has the 3 migrations that {S} replaces", StringComparison.Ordinal),
            current.Lines);
        CollectionAssert.AreEqual(new[] { A, B, C }, set.History.ToArray(), "A verb that reads changes nothing.");

        var migrate = set.Run("migrate").Succeeds();

        Assert.Contains($"  {S}  recorded in place of 3 migrations, up to {C}", migrate.Lines);
        CollectionAssert.AreEqual(new[] { S, D }, set.History.ToArray());
        CollectionAssert.AreEqual(new[] { "A", "B", "C", "D" }, set.Tables.ToArray());
        CollectionAssert.AreEqual(
            new[] { $"{A}|replaced", $"{B}|replaced", $"{C}|replaced", $"{S}|stamped", $"{D}|applied" },
            set.Query(
                "SELECT \"MigrationId\", \"Action\" FROM \"__MigrationsBuildJournal\" WHERE \"MigrationId\" <> '' ORDER BY \"Id\"")
                .Skip(3).ToArray());
        Assert.Contains($"Nothing to apply; at {D} (head)", set.Run("migrate").Succeeds().Lines);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void It_is_recorded_if_nothing_else_is_pending_and_a_dry_run_only_says_so(SqlDialect dialect)
    {
        using var set = Migrated(dialect, C);
        Squash(set);

        Assert.Contains(
            line => line.StartsWith("The history still has the 3 migrations", StringComparison.Ordinal),
            set.Run("migrate", dryRun: true).Succeeds().Lines);
        Assert.HasCount(3, set.History);

        set.Run("migrate").Succeeds();
        CollectionAssert.AreEqual(new[] { S }, set.History.ToArray());
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void An_empty_database_applies_the_squashed_migration(SqlDialect dialect)
    {
        using var set = Squash(new MigrationSet(dialect)).AddTable(D);

        set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(new[] { S, D }, set.History.ToArray());
        CollectionAssert.AreEqual(new[] { "A", "B", "C", "D" }, set.Tables.ToArray());
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void A_database_in_the_middle_is_refused_with_the_release_that_it_needs(SqlDialect dialect)
    {
        using var set = Migrated(dialect, B);
        Squash(set).AddTable(D);

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.SquashIncomplete);

        Assert.Contains($"{B} is the newest one that it has, and {C} is missing. Nothing is changed.", error.Message);
        Assert.Contains($"Deploy a release from before the squash first, which has the migrations up to {C}.", error.Message);
        set.Run("current").FailsWith(DiagnosticCodes.SquashIncomplete);
        set.Run("diff").FailsWith(DiagnosticCodes.SquashIncomplete);
        CollectionAssert.AreEqual(new[] { A, B }, set.History.ToArray());
        CollectionAssert.AreEqual(new[] { "A", "B" }, set.Tables.ToArray());

        set.AddTable(A).AddTable(B).AddTable(C).Remove(S).Remove(D).Squashes.Clear();
        set.Run("migrate").Succeeds();
        Squash(set).AddTable(D).Run("migrate").Succeeds();
        CollectionAssert.AreEqual(new[] { S, D }, set.History.ToArray(), "The build from before the squash, and then this one.");
    }

    [TestMethod]
    public void A_replaced_migration_that_was_left_half_way_is_refused()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(A, "CREATE TABLE \"A\" (\"Id\" integer);\n-- outside a transaction\nSELECT missing;\n", null);
        set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);
        set.Squash(S, Up, Down, A);

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.SquashIncomplete);

        Assert.Contains($"an earlier run has left {A} half-way", error.Message);
        Assert.IsEmpty(set.History);
    }

    [TestMethod]
    public void A_replaced_migration_that_was_reverted_half_way_is_refused()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(A, "CREATE TABLE \"A\" (\"Id\" integer);\n", "-- outside a transaction\nDROP TABLE \"A\";\nSELECT missing;\n");
        set.Run("migrate").Succeeds();
        set.Run("rollback", to: "base").FailsWith(DiagnosticCodes.SqlFailed);
        CollectionAssert.AreEqual(new[] { A }, set.History.ToArray(), "Its row is deleted last.");
        set.Squash(S, Up, Down, A);

        Assert.Contains($"left {A} half-way", set.Run("migrate").FailsWith(DiagnosticCodes.SquashIncomplete).Message);
        CollectionAssert.AreEqual(new[] { A }, set.History.ToArray());
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void A_rollback_runs_the_down_SQL_of_the_squashed_migration(SqlDialect dialect)
    {
        using var set = Migrated(dialect, C);
        Squash(set);

        set.Run("rollback", to: "base").Succeeds();

        Assert.IsEmpty(set.History);
        Assert.IsEmpty(set.Tables);
    }

    [TestMethod]
    public void A_stamp_moves_the_squashed_migration_and_is_the_way_out_of_the_middle()
    {
        using var set = Migrated(SqlDialect.Sqlite, C);
        Squash(set).AddTable(D);

        set.Run("stamp", to: "Squashed").Succeeds();
        CollectionAssert.AreEqual(new[] { S }, set.History.ToArray());

        using var middle = Migrated(SqlDialect.Sqlite, B);
        Squash(middle).Run("stamp", to: "Squashed").Succeeds();
        CollectionAssert.AreEqual(new[] { S }, middle.History.ToArray());
    }

    [TestMethod]
    public void An_unapproved_squash_is_recorded_on_a_development_database_only()
    {
        using var set = Migrated(SqlDialect.PostgreSql, C, isDevelopment: false);
        Squash(set).Add(S, Up, Down, MigrationState.Draft);

        set.Run("migrate").FailsWith(DiagnosticCodes.ApplyUnapproved);
        CollectionAssert.AreEqual(new[] { A, B, C }, set.History.ToArray());

        set.Run("migrate", force: set.Database).Succeeds();
        CollectionAssert.AreEqual(new[] { S }, set.History.ToArray());
    }

    [TestMethod]
    public void A_squash_of_a_squash_takes_databases_of_both_histories()
    {
        const string Second = "20260104000000_Second";
        foreach (var passesFirst in new[] { true, false })
        {
            using var set = Migrated(SqlDialect.Sqlite, C);
            if (passesFirst)
                Squash(set).AddTable(D).Run("migrate").Succeeds();
            else
                Squash(set.AddTable(D), runsFirst: true).AddTable(D);

            set.Squash(Second, Up, Down, S, D).Run("migrate").Succeeds();

            CollectionAssert.AreEqual(new[] { Second }, set.History.ToArray());
        }
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Several_runs_at_once_record_it_once(SqlDialect dialect)
    {
        using var set = Migrated(dialect, C);
        Squash(set).AddTable(D);

        var results = Enumerable.Range(0, 4).AsParallel().WithDegreeOfParallelism(4).Select(_ => set.RunProcess("migrate")).ToList();

        results.ForEach(result => result.Succeeds());
        CollectionAssert.AreEqual(new[] { S, D }, set.History.ToArray());
        Assert.HasCount(3, set.Query("SELECT 1 FROM \"__MigrationsBuildJournal\" WHERE \"Action\" = 'replaced'"));
    }

    [TestMethod]
    public void An_idempotent_script_does_the_same_in_all_three_cases()
    {
        using var empty = Squash(new MigrationSet(SqlDialect.PostgreSql)).AddTable(D);
        empty.Execute("SELECT 1");
        using var atHead = Migrated(SqlDialect.PostgreSql, C);
        using var middle = Migrated(SqlDialect.PostgreSql, B);
        var path = empty.Folder["script.sql"];
        empty.Run("script", request => request with { Idempotent = true, OutputPath = path }).Succeeds();
        CommandResult Psql(MigrationSet set) => PostgreSqlServer.Shared.Psql("psql", set.Database, ["-X", "-q", "-f", path]);

        foreach (var set in new[] { empty, atHead, empty, atHead })
        {
            Assert.AreEqual(0, Psql(set).ExitCode);
            CollectionAssert.AreEqual(new[] { S, D }, set.History.ToArray());
            CollectionAssert.AreEqual(new[] { "A", "B", "C", "D" }, set.Tables.ToArray());
        }

        var refused = Psql(middle);
        Assert.AreEqual(3, refused.ExitCode, refused.ToString());
        Assert.Contains($"only a part of the 3 migrations that {S} replaces", refused.Error);
        CollectionAssert.AreEqual(new[] { A, B }, middle.History.ToArray());
    }

    [TestMethod]
    public void A_deployed_runner_records_it_and_its_check_asks_for_that()
    {
        using var set = Migrated(SqlDialect.PostgreSql, C);
        Squash(set);
        using var deployed = DeployedSet.Of(set);

        Assert.AreEqual(1, deployed.Run(set.ConnectionString, "check").Command.ExitCode);
        Assert.AreEqual(0, deployed.Run(set.ConnectionString, "migrate").Command.ExitCode);
        Assert.AreEqual(0, deployed.Run(set.ConnectionString, "check").Command.ExitCode);
        CollectionAssert.AreEqual(new[] { S }, set.History.ToArray());
    }

    private static MigrationSet Migrated(SqlDialect dialect, string to, bool isDevelopment = true)
    {
        var set = new MigrationSet(dialect).AddTable(A).AddTable(B).AddTable(C);
        if (!isDevelopment)
            set.Execute("CREATE TABLE other (id integer)");
        set.Run("migrate", to: to).Succeeds();
        return set;
    }

    private static MigrationSet Squash(MigrationSet set, bool runsFirst = false)
    {
        if (runsFirst)
            set.Run("migrate").Succeeds();
        return set.Squash(S, Up, Down, A, B, C);
    }
}
