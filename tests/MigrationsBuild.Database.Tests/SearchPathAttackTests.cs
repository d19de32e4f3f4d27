using MigrationsBuild.Reliability.Running;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using Npgsql;

namespace MigrationsBuild.Database.Tests;

/// <summary>
/// A role that may create objects in a schema of the search path plants functions, operators, casts, types and tables with the names of
/// those that our own statements use, so that an administrator's run would execute them (the class of CVE-2018-1058). None of them is ever
/// called.
/// </summary>
[TestClass]
public class SearchPathAttackTests
{
    private const string A = "20260101000000_A";
    private const string Concurrent = "20260102000000_B";

    [TestMethod]
    public void No_statement_of_the_runner_calls_objects_that_another_role_has_planted()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(A)
            .Add(
                Concurrent,
                "-- outside a transaction\nCREATE INDEX CONCURRENTLY ix ON \"A\" (\"Id\");\n-- outside a transaction\n"
                + "REINDEX INDEX CONCURRENTLY ix;\nALTER TABLE \"A\" ADD n integer;\n",
                "ALTER TABLE \"A\" DROP n;\n-- outside a transaction\nDROP INDEX CONCURRENTLY ix;\n");
        using var hostile = HostileRole(set);
        hostile.Plant();
        // In front of pg_catalog, where even a type or an operator without a schema is another one.
        var connection = new NpgsqlConnectionStringBuilder(set.ConnectionString) { SearchPath = "public, pg_catalog" }.ConnectionString;
        void Runs(string verb, string to = "") => set.Run(verb, to: to, connection: connection).Succeeds();

        Runs("current");
        Runs("migrate");
        Runs("history");
        Runs("check");
        Runs("current");
        Runs("rollback", "A");
        Runs("stamp", "head");
        Runs("stamp", "A");
        // The statement fails, and the runner looks up which of the migration's objects exist.
        set.Execute("CREATE INDEX ix ON \"A\" (\"Id\")");
        set.Run("migrate", connection: connection).FailsWith(Diagnostics.DiagnosticCodes.AlreadyExists);

        CollectionAssert.AreEqual(Array.Empty<string>(), hostile.Caught.ToArray());
    }

    private static HostileRole HostileRole(MigrationSet set)
    {
        set.Execute("SELECT 1");
        return new HostileRole(set.Server, set.Database, "public");
    }

    [TestMethod]
    public void The_decoys_would_be_called()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql);
        using var hostile = HostileRole(set);
        hostile.Plant();

        set.Query(
            "SET search_path = public, pg_catalog; SELECT has_table_privilege('pg_class'::pg_catalog.regclass, 'SELECT'::pg_catalog.text)");
        set.Query("SET search_path = public, pg_catalog; SELECT 'a'::pg_catalog.text = 'b'::pg_catalog.text");

        Assert.HasCount(2, hostile.Caught);
    }

    [TestMethod]
    public void A_run_that_watches_blocking_sessions_calls_none_either()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(A, "ALTER TABLE a ADD n pg_catalog.int4;\n", null);
        using var hostile = HostileRole(set);
        hostile.Plant();
        set.Execute("CREATE TABLE a (id integer)");
        using var lunch = new OpenTransaction(set, "LOCK TABLE a");
        using var run = new RunningRunner(
            set, request => request with { Settings = new RunSettings { LockTimeout = TimeSpan.FromSeconds(0.3) } },
            new NpgsqlConnectionStringBuilder(set.ConnectionString) { SearchPath = "public, pg_catalog" }.ConnectionString);

        run.WaitForLine("Waiting for a lock: pid ");
        using var second = new RunningRunner(set);
        second.WaitForLine("Waiting for another run: pid ");
        lunch.Dispose();

        run.End().Succeeds();
        second.End().Succeeds();
        CollectionAssert.AreEqual(Array.Empty<string>(), hostile.Caught.ToArray());
    }
}
