using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>A development database follows the branch; any other one gets only the diagnosis.</summary>
[TestClass]
public class BranchSwitchTests
{
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";
    private const string C = "20260103000000_C";
    private const string D = "20260104000000_D";

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Migrations_of_another_branch_are_reverted_and_this_branchs_are_applied(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable(A).AddTable(B).AddTable(D);
        set.Run("migrate").Succeeds();
        var before = Schema(set);
        set.Execute("INSERT INTO \"B\" VALUES (1); INSERT INTO \"A\" VALUES (1)");
        set.Remove(B).Remove(D).AddTable(C);

        var result = set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(new[] { A, C }, set.History.ToArray());
        CollectionAssert.IsSubsetOf(
            new[]
            {
                $"    -- reverts {B}", "    DROP TABLE \"B\";", "Rolling back D drops \"D\": no rows", "Rolling back B drops \"B\": 1 row",
                "2 migrations are reverted first, to follow this branch", "1 migration is pending",
            },
            result.Lines.ToArray());
        Assert.IsEmpty(result.Diagnostics);
        Assert.AreEqual("1", set.Query("SELECT count(*) FROM \"A\"").Single());

        set.Remove(C).AddTable(B).AddTable(D).Run("migrate").Succeeds();
        Assert.AreEqual(before, Schema(set));
        Assert.AreEqual("0", set.Query("SELECT count(*) FROM \"B\"").Single());
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Own_migrations_after_an_unknown_one_are_applied_again(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable(A)
            .Add(B, "ALTER TABLE \"A\" ADD \"X\" text;\n", "ALTER TABLE \"A\" DROP COLUMN \"X\";\n").AddTable(C);
        set.Run("migrate").Succeeds();
        set.Remove(B);

        var result = set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(new[] { A, C }, set.History.ToArray());
        Assert.Contains("2 migrations are reverted first, to follow this branch", result.Lines);
        CollectionAssert.AreEqual(new[] { "A", "C" }, set.Tables.ToArray());
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Newer_migrations_are_reverted_as_well(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable(A).AddTable(B);
        set.Run("migrate").Succeeds();

        var result = set.Remove(B).Run("migrate").Succeeds();

        Assert.Contains($"Nothing to apply; at {A} (head)", result.Lines);
        CollectionAssert.AreEqual(new[] { A }, set.History.ToArray());
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void An_amended_draft_is_reverted_by_its_old_SQL_and_applied_again(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable(A).AddTable(B, MigrationState.Draft).AddTable(C, MigrationState.Draft);
        set.Run("migrate").Succeeds();
        set.Add(B, "CREATE TABLE \"New\" (\"Id\" integer);\n", "DROP TABLE \"New\";\n", MigrationState.Draft);

        var result = set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(new[] { "A", "C", "New" }, set.Tables.ToArray());
        Assert.Contains("    DROP TABLE \"B\";", result.Lines);
        Assert.Contains($"Nothing to apply; at {C} (head)", set.Run("migrate").Succeeds().Lines);
    }

    [TestMethod]
    public void The_gate_of_drift_does_not_stop_it_half_way()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(A).AddTable(B);
        set.Run("migrate").Succeeds();
        set.Execute("CREATE TABLE drift ()");
        set.Remove(B).AddTable(C);
        static RunnerRequest Gate(RunnerRequest request) => request with { Settings = new RunSettings { RefusesDrift = true } };
        const string line = "Not compared with its migrations, because this development database follows the branch";

        Assert.Contains(line, set.Run("migrate", request => Gate(request) with { DryRun = true }).Succeeds().Lines);
        Assert.Contains(line, set.Run("migrate", Gate).Succeeds().Lines);

        CollectionAssert.AreEqual(new[] { A, C }, set.History.ToArray());
    }

    [TestMethod]
    public void A_replaced_draft_is_one_of_another_id()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(A).AddTable(B, MigrationState.Draft);
        set.Run("migrate").Succeeds();

        set.Remove(B).Add(C, "CREATE TABLE \"B\" (\"Id\" integer, \"More\" text);\n", "DROP TABLE \"B\";\n", MigrationState.Draft)
            .Run("migrate").Succeeds();

        CollectionAssert.AreEqual(new[] { A, C }, set.History.ToArray());
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void A_dry_run_shows_everything_and_changes_nothing(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable(A).AddTable(B);
        set.Run("migrate").Succeeds();
        set.Execute("INSERT INTO \"B\" VALUES (1)");
        set.Remove(B).AddTable(C);

        var result = set.Run("migrate", dryRun: true).Succeeds();

        CollectionAssert.IsSubsetOf(
            new[]
            {
                "    DROP TABLE \"B\";", "Would revert 1:", $"  {B}  by the SQL from the journal, shown above", "Would apply 1:", $"  {C}",
                "Rolling back B drops \"B\": 1 row",
            },
            result.Lines.ToArray());
        CollectionAssert.AreEqual(new[] { "A", "B" }, set.Tables.ToArray());
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Elsewhere_there_is_only_the_diagnosis(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable(A).AddTable(B);
        set.Run("migrate", request => request with { IsStrict = true }).Succeeds();
        set.Remove(B).AddTable(C);

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.Diverged);

        Assert.Contains($"Or roll it back: dotnet build -t:DbRollback -p:DbTo={A}", error.Message);
        set.Run("migrate", force: set.DatabaseName).FailsWith(DiagnosticCodes.Diverged);
        CollectionAssert.AreEqual(new[] { A, B }, set.History.ToArray());
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql, "DELETE FROM \"__MigrationsBuildJournal\" WHERE \"MigrationId\" <> ''", "the journal has no SQL")]
    [DataRow(SqlDialect.Sqlite, "DELETE FROM \"__MigrationsBuildJournal\" WHERE \"MigrationId\" <> ''", "the journal has no SQL")]
    [DataRow(SqlDialect.PostgreSql, "UPDATE \"__MigrationsBuildJournal\" SET \"DownSql\" = NULL", "the journal has no SQL")]
    [DataRow(SqlDialect.PostgreSql, "UPDATE \"__MigrationsBuildJournal\" SET \"DownSql\" = 'DROP TABLE \"B'", "can't be run")]
    public void Without_SQL_to_revert_it_names_the_reset(SqlDialect dialect, string loss, string reason)
    {
        using var set = new MigrationSet(dialect).AddTable(A).AddTable(B);
        set.Run("migrate").Succeeds();
        set.Execute(loss);
        set.Remove(B).AddTable(C);

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.NotSwitched);

        Assert.Contains(reason, error.Message);
        Assert.EndsWith("To re-create the database and lose its data, run: dotnet build -t:DbReset", error.Message);
        CollectionAssert.AreEqual(new[] { A, B }, set.History.ToArray());
    }

    [TestMethod]
    public void Newer_migrations_that_are_in_no_journal_may_belong_to_another_application()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(A);
        set.Run("migrate").Succeeds();
        set.Execute($"INSERT INTO \"__EFMigrationsHistory\" VALUES ('{B}', '9.0.0')");

        Assert.AreEqual(DiagnosticCodes.Ahead, set.Run("migrate").Succeeds().Diagnostics.Single().Code);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void An_irreversible_migration_in_between_is_refused(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable(A).AddTable(B).Add(C, "CREATE TABLE \"C\" (\"Id\" integer);\n", null);
        set.Run("migrate").Succeeds();

        var error = set.Remove(B).Run("migrate").FailsWith(DiagnosticCodes.NotSwitched);

        Assert.Contains($"{C} can't be reverted: Down() throws", error.Message);
        Assert.Contains("dotnet build -t:DbReset", error.Message);
        Assert.HasCount(3, set.History);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void SQL_that_fails_loses_nothing(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable(A)
            .Add(B, "CREATE TABLE \"B\" (\"Id\" integer);\n", "DROP TABLE \"B\";\nDROP TABLE \"Nothing\";\n").AddTable(C);
        set.Run("migrate").Succeeds();
        set.Execute("INSERT INTO \"B\" VALUES (1); INSERT INTO \"C\" VALUES (1)");
        set.Remove(B).Remove(C).AddTable(D);

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);

        Assert.Contains("Nothing of the 2 migrations was reverted.", error.Message);
        CollectionAssert.AreEqual(new[] { A, B, C }, set.History.ToArray());
        Assert.AreEqual("2", set.Query("SELECT (SELECT count(*) FROM \"B\") + (SELECT count(*) FROM \"C\")").Single());
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void SQL_that_another_user_has_written_needs_its_hash(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable(A).AddTable(B);
        set.Run("migrate").Succeeds();
        set.Execute("UPDATE \"__MigrationsBuildJournal\" SET \"By\" = 'mallory' WHERE \"MigrationId\" LIKE '%B'");
        set.Remove(B).AddTable(C);

        var result = set.Run("migrate");

        var error = result.FailsWith(DiagnosticCodes.JournalSql);
        Assert.Contains("    DROP TABLE \"B\";", result.Lines);
        Assert.StartsWith("Another database user, mallory, wrote SQL shown above to the journal", error.Message);
        Assert.HasCount(2, set.History);
        var hash = error.Message.Split("-p:DbAcceptSql=")[1];
        set.Run("migrate", request => request with { AcceptSql = hash }).Succeeds();
        CollectionAssert.AreEqual(new[] { A, C }, set.History.ToArray());
    }

    [TestMethod]
    public void After_it_a_failed_migration_is_the_only_one_that_is_missing()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(A).AddTable(B);
        set.Run("migrate").Succeeds();
        set.Remove(B).Add(C, "SELECT 1 / 0;\n", null);

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);

        Assert.Contains($"{C} is not applied; none of its statements took effect.", error.Message);
        Assert.DoesNotContain("applied before it", error.Message);
        CollectionAssert.AreEqual(new[] { A }, set.History.ToArray());
    }

    private static string Schema(MigrationSet set) => set.Dialect == SqlDialect.PostgreSql
        ? PostgreSqlServer.Shared.Dump(set.Database)
        : string.Join("\n", set.Query("SELECT name, sql FROM sqlite_master ORDER BY 1"));
}
