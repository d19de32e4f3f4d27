using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>Verbs that destroy data of a development database ask first, if a person is at a terminal.</summary>
[TestClass]
public class ConfirmationTests
{
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql, "reset", "Drop database ")]
    [DataRow(SqlDialect.Sqlite, "reset", "Drop SQLite file ")]
    [DataRow(SqlDialect.PostgreSql, "rollback", "Revert 20260102000000_B on database ")]
    [DataRow(SqlDialect.Sqlite, "rollback", "Revert 20260102000000_B on SQLite file ")]
    public void A_question_describes_the_operation_and_yes_executes_it(SqlDialect dialect, string verb, string begins)
    {
        using var set = Migrated(dialect);
        using var run = Start(set, verb);

        var question = run.WaitForLine("[y/N]");
        Assert.StartsWith(begins, question);
        Assert.Contains(verb == "reset" ? " with 2 tables, " : ", which holds 2 tables, ", question);
        Assert.HasCount(2, set.History, "It waits for the answer.");
        run.Answer(true);

        run.End().Succeeds();
        Assert.HasCount(verb == "reset" ? 2 : 1, set.History);
        Assert.HasCount(verb == "reset" ? 0 : 1, set.Query("SELECT * FROM \"A\""));
    }

    [TestMethod]
    [DataRow("reset")]
    [DataRow("rollback")]
    public void Any_other_answer_stops_it(string verb)
    {
        using var set = Migrated(SqlDialect.PostgreSql);
        using var run = Start(set, verb);
        run.WaitForLine("[y/N]");

        run.Answer(false);

        var error = run.End().FailsWith(DiagnosticCodes.NotDevelopment);
        Assert.Contains("was not confirmed, so nothing was changed", error.Message);
        Assert.EndsWith($"-p:DbForce={set.Database}", error.Message);
        AssertUntouched(set);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("INT")]
    public void So_does_the_end_of_the_build(string signal)
    {
        using var set = Migrated(SqlDialect.PostgreSql);
        using var run = Start(set, "reset");
        run.WaitForLine("[y/N]");

        run.Interrupt(signal);

        run.End().FailsWith(DiagnosticCodes.Interrupted);
        AssertUntouched(set);
    }

    [TestMethod]
    [DataRow("reset", "The reset asks before it changes ")]
    [DataRow("rollback", "A rollback without a target asks before it changes ")]
    public void Where_there_is_no_room_for_a_question_it_refuses(string verb, string begins)
    {
        using var set = Migrated(SqlDialect.PostgreSql);

        var result = set.Run(verb, request => request with { Confirmation = Confirmation.Impossible });

        var error = result.FailsWith(DiagnosticCodes.NotDevelopment);

        Assert.StartsWith(begins + set.Database, error.Message);
        Assert.EndsWith($"with -tl:off, or use dotnet db. Or name the database: -p:DbForce={set.Database}", error.Message);
        AssertUntouched(set);
    }

    [TestMethod]
    [DataRow(Confirmation.Ask)]
    [DataRow(Confirmation.Impossible)]
    public void A_call_that_names_the_database_or_the_target_and_a_dry_run_ask_nothing(Confirmation confirmation)
    {
        using var set = Migrated(SqlDialect.PostgreSql);

        set.Run("reset", request => request with { Confirmation = confirmation, DryRun = true }).Succeeds();
        set.Run("rollback", request => request with { Confirmation = confirmation, DryRun = true }).Succeeds();
        AssertUntouched(set);
        set.Run("rollback", request => request with { Confirmation = confirmation, To = A }).Succeeds();
        set.Run("migrate").Succeeds();
        set.Run("rollback", request => request with { Confirmation = confirmation, Force = set.Database }).Succeeds();
        set.Run("reset", request => request with { Confirmation = confirmation, Force = set.Database }).Succeeds();
        Assert.HasCount(2, set.History);
    }

    [TestMethod]
    public void A_missing_database_needs_no_question()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable(A);

        set.Run("reset", request => request with { Confirmation = Confirmation.Ask }).Succeeds();
    }

    private static RunningRunner Start(MigrationSet set, string verb) =>
        new(set, request => request with { Verb = verb, Confirmation = Confirmation.Ask });

    private static MigrationSet Migrated(SqlDialect dialect)
    {
        var set = new MigrationSet(dialect).AddTable(A).AddTable(B);
        set.Run("migrate").Succeeds();
        set.Execute("INSERT INTO \"A\" VALUES (1)");
        return set;
    }

    private static void AssertUntouched(MigrationSet set)
    {
        Assert.HasCount(2, set.History);
        Assert.HasCount(1, set.Query("SELECT * FROM \"A\""));
    }
}
