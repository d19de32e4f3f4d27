using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>A prepared transaction has locks and no session. A run waits for it no longer than the settings say, and names it.</summary>
[TestClass]
public class PreparedTransactionTests
{
    private static readonly RunSettings _short = new()
    {
        WaitTimeout = TimeSpan.FromSeconds(1),
        LockTimeout = TimeSpan.FromSeconds(1.5),
        Retries = 0,
    };

    [TestMethod]
    public void It_is_named_and_its_locks_are_not_waited_for_without_end()
    {
        using var server = PostgreSqlServer.StartOwn("max_prepared_transactions=4");
        using var set = new MigrationSet(SqlDialect.PostgreSql) { Server = server }.AddTable("20260101000000_A");
        set.Run("migrate").Succeeds();
        set.Add("20260102000000_B", "ALTER TABLE \"A\" ADD \"More\" integer;\n", null);

        Prepare(set, "O'Hara's", "LOCK TABLE \"A\" IN ROW EXCLUSIVE MODE");
        var blocked = Run(set, "migrate").FailsWith(DiagnosticCodes.TimedOut);
        Assert.Contains("held by the prepared transaction 'O''Hara''s', user postgres, since ", blocked.Message);
        set.Execute("ROLLBACK PREPARED 'O''Hara''s'");

        Prepare(set, "lock", $"SELECT pg_advisory_xact_lock({set.LockKey})");
        var error = Run(set, "migrate").FailsWith(DiagnosticCodes.Locked);
        Assert.Contains("the prepared transaction 'lock', user postgres, since ", error.Message);
        Assert.Contains("ROLLBACK PREPARED 'lock'. Or wait longer: ", error.Message);
        set.Execute("ROLLBACK PREPARED 'lock'");
        Run(set, "migrate").Succeeds();
    }

    [TestMethod]
    public void A_database_that_another_transaction_has_locked_is_not_dropped()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");
        set.Run("migrate").Succeeds();
        using var lunch = new OpenTransaction(set, "SELECT 1", "postgres");
        lunch.Execute($"COMMENT ON DATABASE {set.Database} IS 'being described'");

        Assert.Contains("-p:DbWaitTimeout=<seconds>", Run(set, "reset").FailsWith(DiagnosticCodes.TimedOut).Message);
    }

    private static void Prepare(MigrationSet set, string id, string sql)
    {
        using var session = new OpenTransaction(set, sql);
        session.Execute($"PREPARE TRANSACTION {SqlText.Literal(id)}");
    }

    private static RunnerResult Run(MigrationSet set, string verb) => set.Run(verb, request => request with { Settings = _short });
}
