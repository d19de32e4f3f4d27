using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>A user presses Ctrl-C, a container is stopped, a build is cancelled.</summary>
[TestClass]
public class InterruptionTests
{
    private const string First = "20260101000000_A";
    private const string Second = "20260102000000_B";

    [TestMethod]
    [DataRow("INT")]
    [DataRow("TERM")]
    [DataRow("")]
    public void The_current_migration_is_rolled_back_and_the_message_lists_what_is_kept(string signal)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(First)
            .Add(Second, "CREATE TABLE \"B\" (\"Id\" integer);\nSELECT pg_sleep(60);\n", null);
        using var run = new RunningRunner(set);
        set.WaitForActivity("%pg_sleep%");

        run.Interrupt(signal);

        Assert.Contains(
            $"{Second} is not applied; none of its statements took effect. 1 migration was applied before it.",
            run.End().FailsWith(DiagnosticCodes.Interrupted).Message);
        CollectionAssert.AreEqual(new[] { "A" }, set.Tables.ToArray());
        CollectionAssert.AreEqual(new[] { First }, set.History.ToArray());
    }

    [TestMethod]
    public void Between_statements_outside_of_a_transaction_the_finished_ones_stay()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(
            First,
            "CREATE TABLE \"A\" (\"Id\" integer);\n-- outside a transaction\nCREATE INDEX CONCURRENTLY ix ON \"A\" (\"Id\");\n",
            null);
        set.Execute("CREATE TABLE o (id integer)");
        using var reader = new OpenTransaction(set, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT FROM o");
        using var run = new RunningRunner(set);
        run.WaitForLine("Waiting for a lock: ");

        run.Interrupt("INT");

        Assert.Contains("Its first statement is kept", run.End().FailsWith(DiagnosticCodes.Interrupted).Message);
        reader.Dispose();
        set.Run("migrate").Succeeds();
        CollectionAssert.AreEqual(
            new[] { "True" }, set.Query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix'::regclass").ToArray());
    }

    [TestMethod]
    public void A_rest_between_two_tries_ends_at_once()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(First).Add(Second, "ALTER TABLE o ADD n integer;\n", null);
        set.Execute("CREATE TABLE o (id integer)");
        using var lunch = new OpenTransaction(set, "LOCK TABLE o");
        using var run = new RunningRunner(
            set, new RunSettings { LockTimeout = TimeSpan.FromSeconds(0.1), RetryDelay = TimeSpan.FromSeconds(1000) });
        run.WaitForLine("Attempt 2 of ");

        run.Interrupt("INT");

        Assert.Contains("1 migration was applied before it.", run.End().FailsWith(DiagnosticCodes.Interrupted).Message);
    }

    [TestMethod]
    public void So_does_the_wait_for_another_run_and_for_a_server()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(First, "SELECT pg_sleep(60);\n", null);
        using var first = new RunningRunner(set);
        set.WaitForActivity("%pg_sleep%");
        using var second = new RunningRunner(set);
        second.WaitForLine("Waiting for another run: ");
        using var third = new RunningRunner(
            set,
            request => request with { Settings = new RunSettings { ConnectTimeout = TimeSpan.FromHours(1) } },
            "Host=127.0.0.1;Port=1;Username=nobody");
        third.WaitForLine("Waiting for the server: ");

        second.Interrupt("INT");
        third.Interrupt("INT");

        second.End().FailsWith(DiagnosticCodes.Interrupted);
        third.End().FailsWith(DiagnosticCodes.Interrupted);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("request\tverb=migrate\n")]
    public void A_request_that_is_cut_off_does_nothing(string more)
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable(First);
        var input = set.Input("migrate");
        using var runner = CommandLine.Start(set.Folder.Path, MigrationSet.Command[0], MigrationSet.Command[1..], set.Environment());
        CommandLine.Send(runner, input[..^"end\n".Length] + more);
        runner.StandardInput.Close();

        var error = RunnerResult.Of(CommandLine.Finish(runner)).FailsWith(DiagnosticCodes.Interrupted);
        Assert.Contains("Nothing was done.", error.Message);
        Assert.IsFalse(set.DatabaseExists);
    }
}
