using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>A database that was created without migrations.</summary>
[TestClass]
public class BaselineTests
{
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void The_migrations_whose_result_it_has_are_recorded(SqlDialect dialect)
    {
        using var set = Set(dialect);
        set.Execute("CREATE TABLE \"A\" (\"Id\" integer NOT NULL); CREATE TABLE \"B\" (\"Id\" integer NOT NULL)");

        var result = set.Run("baseline").Succeeds();

        CollectionAssert.AreEqual(new[] { A, B }, set.History.ToArray());
        Assert.Contains($"No difference, so {set.DatabaseName} is now at {B}; nothing was run", result.Lines);
        Assert.HasCount(2, set.Query("SELECT 1 FROM \"__MigrationsBuildJournal\" WHERE \"Action\" = 'stamped'"));
        Assert.Contains($"Nothing to apply; at {B} (head)", set.Run("migrate").Succeeds().Lines);
        Assert.Contains($"{A}, {B}", set.Run("baseline").FailsWith(DiagnosticCodes.HasHistory).Message);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void One_that_differs_is_shown_and_nothing_is_written(SqlDialect dialect)
    {
        using var set = Set(dialect);
        set.Execute("CREATE TABLE \"A\" (\"Id\" integer); CREATE TABLE \"C\" (\"Id\" integer NOT NULL)");

        var result = set.Run("baseline");

        var error = result.FailsWith(DiagnosticCodes.SchemaDiffers);
        var prefix = dialect == SqlDialect.Sqlite ? "" : "public.";
        Assert.AreEqual(
            $"different column {prefix}\"A\".\"Id\"; missing table {prefix}\"B\"; additional table {prefix}\"C\"", result.Differences);
        Assert.Contains($"from its migrations up to {B}", error.Message);
        Assert.Contains("so nothing is recorded", error.Message);
        var history = set.Query(dialect == SqlDialect.Sqlite
            ? "SELECT name FROM sqlite_master WHERE name LIKE '\\_\\_%' ESCAPE '\\'"
            : "SELECT tablename::text FROM pg_tables WHERE tablename LIKE '\\_\\_%'");
        Assert.IsEmpty(history, "Neither the history nor the journal.");
    }

    [TestMethod]
    public void The_call_can_name_an_earlier_migration_and_leave_out_objects()
    {
        using var set = Set(SqlDialect.PostgreSql);
        set.Execute("CREATE TABLE \"A\" (\"Id\" integer NOT NULL); CREATE TABLE audit_log (id integer)");

        set.Run("baseline", request => request with { To = "A", Settings = request.Settings with { Ignore = "audit_*" } }).Succeeds();

        CollectionAssert.AreEqual(new[] { A }, set.History.ToArray());
        set.Run("migrate").Succeeds();
        CollectionAssert.AreEqual(new[] { A, B }, set.History.ToArray());
    }

    [TestMethod]
    public void A_draft_is_recorded_on_a_development_database_only()
    {
        using var set = Set(SqlDialect.PostgreSql).AddTable(B, MigrationState.Draft);
        set.Execute("CREATE TABLE \"A\" (\"Id\" integer NOT NULL); CREATE TABLE \"B\" (\"Id\" integer NOT NULL)");

        set.Run("baseline").FailsWith(DiagnosticCodes.ApplyUnapproved);
        set.Run("baseline", force: set.Database).Succeeds();
        Assert.HasCount(2, set.History);
    }

    [TestMethod]
    public void Without_a_database_or_a_migration_there_is_nothing_to_record()
    {
        using var set = Set(SqlDialect.PostgreSql);

        set.Run("baseline").FailsWith(DiagnosticCodes.NoDatabase);
        set.Execute("SELECT 1");
        set.Run("baseline", to: "base").FailsWith(DiagnosticCodes.NothingToDo);
        set.Run("baseline", to: "X").FailsWith(DiagnosticCodes.NoSuchRevision);
        set.Run("baseline").FailsWith(DiagnosticCodes.SchemaDiffers);
    }

    private static MigrationSet Set(SqlDialect dialect) => new MigrationSet(dialect).AddTable(A).AddTable(B);
}
