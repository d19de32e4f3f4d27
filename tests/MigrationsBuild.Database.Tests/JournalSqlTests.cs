using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>
/// SQL that comes from the journal runs exactly as it was shown, and outside of development databases only if the call names its hash.
/// </summary>
[TestClass]
public class JournalSqlTests
{
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";
    private const string C = "20260103000000_C";

    private const string UntilOpenedAndFails =
        "DO $$ BEGIN WHILE NOT EXISTS (SELECT FROM gate) LOOP PERFORM pg_sleep(0.05); END LOOP; RAISE division_by_zero; END $$;\n";

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void On_a_development_database_it_is_shown_and_runs(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable(A).AddTable(B);
        set.Run("migrate").Succeeds();
        set.Remove(B);

        var result = set.Run("rollback", to: A).Succeeds();

        CollectionAssert.IsSubsetOf(new[] { $"    -- reverts {B}", "    DROP TABLE \"B\";" }, result.Lines.ToArray());
        Assert.HasCount(1, result.Lines.Where(line => line == "    DROP TABLE \"B\";"), "Once is enough.");
        CollectionAssert.AreEqual(new[] { "A" }, set.Tables.ToArray());
    }

    [TestMethod]
    public void Elsewhere_the_call_names_its_hash()
    {
        using var set = Applied().Remove(B).Remove(C);

        var refused = set.Run("rollback", to: A, force: set.Database);

        var hash = HashOf(refused.FailsWith(DiagnosticCodes.JournalSql));
        Assert.AreEqual(12, hash.Length);
        string[] shown = [$"    -- reverts {C}", "    DROP TABLE \"C\";", $"    -- reverts {B}", "    DROP TABLE \"B\";"];
        CollectionAssert.IsSubsetOf(shown, refused.Lines.ToArray());
        Assert.AreEqual(hash, HashOf(set.Run("rollback", to: A).FailsWith(DiagnosticCodes.JournalSql)), "DbForce changes nothing.");
        set.Run("rollback", request => request with { To = B, AcceptSql = hash }).FailsWith(DiagnosticCodes.JournalSql);
        set.Run("rollback", request => request with { To = A, AcceptSql = "0" + hash[..11] }).FailsWith(DiagnosticCodes.JournalSql);
        Assert.HasCount(3, set.History);
        set.Run("rollback", request => request with { To = A, AcceptSql = hash.ToUpperInvariant() }).Succeeds();
        CollectionAssert.AreEqual(new[] { "A", "Other" }, set.Tables.ToArray());
    }

    [TestMethod]
    public void Another_text_is_refused_and_shown()
    {
        using var set = Applied().Remove(C);
        var hash = HashOf(set.Run("rollback", to: B).FailsWith(DiagnosticCodes.JournalSql));
        Plant(set, "DROP TABLE \"Other\";");

        var result = set.Run("rollback", request => request with { To = B, AcceptSql = hash });

        var error = result.FailsWith(DiagnosticCodes.JournalSql);
        Assert.Contains($"The call accepts the hash {hash}", error.Message);
        Assert.AreNotEqual(hash, HashOf(error));
        Assert.Contains("    DROP TABLE \"Other\";", result.Lines);
        CollectionAssert.Contains(set.Tables.ToArray(), "Other");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_text_that_changes_after_it_was_shown_is_refused(bool isDevelopment)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql);
        if (!isDevelopment)
            set.Execute("CREATE TABLE \"Other\" (\"Id\" integer)");
        set.Add(A, "CREATE TABLE gate (is_open boolean);\n", null).AddTable(C).Run("migrate").Succeeds();
        var hash = isDevelopment ? "" : HashOf(set.Remove(C).Run("rollback", to: A).FailsWith(DiagnosticCodes.JournalSql));
        set.AddTable(C).Add(B, UntilOpenedAndFails, null);
        var outOfOrder = new RunSettings { AllowsOutOfOrder = true };
        using var first = new RunningRunner(set, request => request with { Force = set.Database, Settings = outOfOrder });
        set.WaitForActivity("%gate%");
        set.Remove(B).Remove(C);
        using var second = new RunningRunner(set, request => request with { Verb = "rollback", To = A, AcceptSql = hash });
        second.WaitForLine("DROP TABLE \"C\"");
        second.WaitForLine("Waiting for another run");

        Plant(set, "DROP TABLE gate;");
        set.Execute("INSERT INTO gate VALUES (true)");

        var result = second.End();
        Assert.Contains("has changed", result.FailsWith(DiagnosticCodes.JournalSql).Message);
        Assert.Contains("    DROP TABLE gate;", result.Lines);
        CollectionAssert.Contains(set.Tables.ToArray(), "gate");
    }

    [TestMethod]
    [DataRow("5d0c4f2d9b1", "too short")]
    [DataRow("5d0c4f2d9b1g", "no hexadecimal digits")]
    public void A_malformed_hash_is_refused(string hash, string why)
    {
        using var set = Applied().Remove(C);

        var error = set.Run("rollback", request => request with { To = B, AcceptSql = hash }).FailsWith(DiagnosticCodes.InvalidSetting);

        Assert.StartsWith(
            $"The call accepts the hash {hash}, which is not a hash. Give the first 12 or more hexadecimal digits", error.Message, why);
    }

    [TestMethod]
    [DataRow("DROP TABLE \"C\";\nCOMMIT;\n")]
    [DataRow("\\! id\n")]
    public void A_statement_that_no_file_may_have_is_refused(string sql)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(A).AddTable(C);
        set.Run("migrate").Succeeds();
        Plant(set.Remove(C), sql);

        var result = set.Run("rollback", to: A);

        Assert.AreEqual(4, result.Command.ExitCode, result.Command.ToString());
        Assert.AreEqual(DiagnosticCodes.NotEmittable, result.Diagnostics.Single().Code);
        CollectionAssert.AreEqual(new[] { "A", "C" }, set.Tables.ToArray());
    }

    [TestMethod]
    public void A_dry_run_shows_it_with_the_call_that_runs_it()
    {
        using var set = Applied().Remove(C);

        var result = set.Run("rollback", to: B, dryRun: true).Succeeds();

        var hash = HashOf(set.Run("rollback", to: B).FailsWith(DiagnosticCodes.JournalSql));
        Assert.Contains("    DROP TABLE \"C\";", result.Lines);
        Assert.Contains(line => line.EndsWith($"-p:DbAcceptSql={hash}", StringComparison.Ordinal), result.Lines);
    }

    [TestMethod]
    public void The_deployed_runner_has_an_option_for_it()
    {
        using var deployed = new DeployedSet(A, B);
        deployed.Run(deployed.Connection, "migrate").Succeeds();
        using var older = new DeployedSet(A);

        var refused = older.Run(deployed.Connection, "rollback", A, "--force", deployed.Database.Database);
        refused.Fails(4, "MIG3025", "--accept-sql ");
        var hash = Regex.Match(refused.Command.Error, "--accept-sql ([0-9a-f]{12})$", RegexOptions.Multiline).Groups[1].Value;

        older.Run(deployed.Connection, "rollback", A, "--accept-sql", "0000" + hash).Fails(4, "MIG3025", $"--accept-sql {hash}");
        older.Run(deployed.Connection, "rollback", A, "--accept-sql", hash).Succeeds();
        Assert.HasCount(1, deployed.Database.History);
    }

    /// <summary>Three migrations on a database that isn't a development database.</summary>
    private static MigrationSet Applied()
    {
        var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(A).AddTable(B).AddTable(C);
        set.Execute("CREATE TABLE \"Other\" (\"Id\" integer)");
        set.Run("migrate").Succeeds();
        return set;
    }

    /// <summary>Changes the SQL that reverts C.</summary>
    private static void Plant(MigrationSet set, string sql) =>
        set.Execute($"UPDATE \"__MigrationsBuildJournal\" SET \"DownSql\" = {SqlText.Literal(sql)} WHERE \"MigrationId\" LIKE '%C'");

    private static string HashOf(Diagnostic error) => Regex.Match(error.Message, "-p:DbAcceptSql=([0-9a-f]+)$").Groups[1].Value;
}
