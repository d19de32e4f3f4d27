using Microsoft.Data.Sqlite;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Reliability.Running;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>A relative revision means one migration, however often the call is repeated and whatever runs beside it.</summary>
[TestClass]
public class RelativeRevisionTests
{
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";
    private const string C = "20260103000000_C";

    /// <summary>SQL that runs until the test opens the gate.</summary>
    private const string UntilOpened = "DO $$ BEGIN WHILE NOT EXISTS (SELECT FROM gate) LOOP PERFORM pg_sleep(0.05); END LOOP; END $$;\n";

    private static readonly RunSettings _impatient = new()
    {
        LockTimeout = TimeSpan.FromSeconds(0.1),
        RetryDelay = TimeSpan.FromSeconds(0.1),
    };

    private const string Counter = "CREATE TABLE n (n integer);\nINSERT INTO n VALUES (0);\n";

    [TestMethod]
    public void Two_rollbacks_by_one_at_once_revert_one_migration()
    {
        using var set = Gated().AddTable(A).AddTable(B).Add(C, "SELECT 1;\n", UntilOpened);
        set.Run("migrate").Succeeds();
        using var first = new RunningRunner(set, Verb("rollback", "-1"));
        set.WaitForActivity("%gate%");
        using var second = new RunningRunner(set, Verb("rollback", "-1"));
        second.WaitForLine("Waiting for another run: ");

        set.Execute("INSERT INTO gate VALUES (true)");

        first.End().Succeeds();
        var error = second.End().FailsWith(DiagnosticCodes.Moved);
        Assert.StartsWith($"'-1' meant {B}, because {C} was the newest applied migration. The newest one is {B} now", error.Message);
        Assert.EndsWith($"dotnet build -t:DbRollback -p:DbTo={B}", error.Message);
        CollectionAssert.AreEqual(new[] { A, B }, set.History.ToArray());
    }

    [TestMethod]
    public void Two_migrations_by_one_at_once_apply_one_migration()
    {
        using var set = Gated().AddTable(A).Add(B, UntilOpened, null).AddTable(C);
        set.Run("migrate", to: A).Succeeds();
        using var first = new RunningRunner(set, Verb("migrate", "+1"));
        set.WaitForActivity("%gate%");
        using var second = new RunningRunner(set, Verb("migrate", "current+1"));
        second.WaitForLine("Waiting for another run: ");

        set.Execute("INSERT INTO gate VALUES (true)");

        first.End().Succeeds();
        var error = second.End().FailsWith(DiagnosticCodes.Moved);
        Assert.StartsWith($"'current+1' meant {B}, because {A} was the newest applied migration", error.Message);
        Assert.EndsWith($"dotnet build -t:DbMigrate -p:DbTo={B}", error.Message);
        CollectionAssert.AreEqual(new[] { A, B }, set.History.ToArray());
    }

    [TestMethod]
    [DataRow("+1", B)]
    [DataRow("-1", "base")]
    [DataRow("A,current", A)]
    public void A_stamp_of_a_database_that_has_moved_is_refused(string revision, string meant)
    {
        using var set = Gated().AddTable(A).Add(B, UntilOpened, null).AddTable(C);
        set.Run("migrate", to: A).Succeeds();
        using var first = new RunningRunner(set, Verb("migrate", B));
        set.WaitForActivity("%gate%");
        using var second = new RunningRunner(set, Verb("stamp", revision));
        second.WaitForLine("Waiting for another run: ");

        set.Execute("INSERT INTO gate VALUES (true)");

        first.End().Succeeds();
        Assert.EndsWith($"dotnet build -t:DbStamp -p:DbRev={meant}", second.End().FailsWith(DiagnosticCodes.Moved).Message);
        CollectionAssert.AreEqual(new[] { A, B }, set.History.ToArray());
    }

    [TestMethod]
    public void A_hole_that_was_filled_meanwhile_counts_as_well()
    {
        using var set = Gated().AddTable(A).AddTable(C);
        set.Run("migrate").Succeeds();
        set.Add(B, UntilOpened, "SELECT 1;\n");
        using var first = new RunningRunner(set, request => request with { Settings = new RunSettings { AllowsOutOfOrder = true } });
        set.WaitForActivity("%gate%");
        using var second = new RunningRunner(set, Verb("rollback", "head-1"));
        second.WaitForLine("Waiting for another run: ");

        set.Execute("INSERT INTO gate VALUES (true)");

        first.End().Succeeds();
        second.End().FailsWith(DiagnosticCodes.Moved);
        Assert.HasCount(3, set.History);
    }

    [TestMethod]
    [DataRow("-1", true)]
    [DataRow("", true)]
    [DataRow(B, false)]
    public void On_SQLite_a_migration_is_reverted_once(string revision, bool isRelative)
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable(A).Add(B, Counter, null)
            .Add(C, "SELECT 1;\n", "UPDATE n SET n = n + 1;\n");
        set.Run("migrate").Succeeds();

        var (succeeded, failed) = AtOnce(set, Verb("rollback", revision));

        CollectionAssert.AreEqual(new[] { "1" }, set.Query("SELECT n FROM n").ToArray());
        CollectionAssert.AreEqual(new[] { A, B }, set.History.ToArray());
        Assert.HasCount(1, set.Query("SELECT 1 FROM \"__MigrationsBuildJournal\" WHERE \"Action\" = 'reverted'"));
        AssertOneFailed(isRelative, succeeded, failed);
    }

    [TestMethod]
    [DataRow("+1", true)]
    [DataRow(B, false)]
    public void On_SQLite_a_migration_is_applied_once(string revision, bool isRelative)
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).Add(A, Counter, null).Add(B, "UPDATE n SET n = n + 1;\n", null).AddTable(C);
        set.Run("migrate", to: A).Succeeds();

        var (succeeded, failed) = AtOnce(set, Verb("migrate", revision));

        CollectionAssert.AreEqual(new[] { "1" }, set.Query("SELECT n FROM n").ToArray());
        CollectionAssert.AreEqual(new[] { A, B }, set.History.ToArray());
        AssertOneFailed(isRelative, succeeded, failed);
    }

    [TestMethod]
    [DataRow("-1", 4, "MIG3024")]
    [DataRow(A, 1, "MIG3014")]
    public void On_SQLite_nothing_is_reverted_below_a_migration_that_was_applied_meanwhile(string revision, int exitCode, string code)
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable(A).AddTable(B);
        set.Run("migrate").Succeeds();
        using var writer = new SqliteConnection(set.ConnectionString);
        writer.Open();
        using var transaction = writer.BeginTransaction(deferred: false);
        using var run = new RunningRunner(set, request => request with { Verb = "rollback", To = revision, Settings = _impatient });
        run.WaitForLine("Attempt 2 of ");
        using (var insert = new SqliteCommand($"INSERT INTO \"__EFMigrationsHistory\" VALUES ('{C}', '10.0.0')", writer, transaction))
            insert.ExecuteNonQuery();

        transaction.Commit();

        var result = run.End();
        Assert.AreEqual((exitCode, code), (result.Command.ExitCode, result.Diagnostics.Single().Code.Id), result.Command.ToString());
        Assert.HasCount(3, set.History);
    }

    [TestMethod]
    [DataRow("migration")]
    [DataRow("all")]
    public void A_rollback_that_lost_its_connection_at_COMMIT_names_where_it_went(string transaction)
    {
        using var deployed = new DeployedSet(A, B, C);
        deployed.Database.Run("migrate").Succeeds();

        var lost = Lost(deployed, 2, transaction, "rollback", "-1");
        lost.Fails(4, "MIG3001", $"To continue, run: dotnet MigrationsBuild.Runner.dll rollback {B}");
        deployed.Run(deployed.Connection, "rollback", B).Succeeds();
        CollectionAssert.AreEqual(new[] { A, B }, deployed.Database.History.ToArray());

        // A call that names the migration can be retried automatically.
        Lost(deployed, 1, transaction, "rollback", A).Fails(1, "MIG3001", "Run the command again to continue");
    }

    [TestMethod]
    [DataRow("migration")]
    [DataRow("all")]
    public void A_migration_that_lost_its_connection_at_COMMIT_names_where_it_went(string transaction)
    {
        using var deployed = new DeployedSet(A, B, C);
        deployed.Database.Run("migrate", to: A).Succeeds();

        Lost(deployed, 2, transaction, "migrate", "+1")
            .Fails(4, "MIG3001", $"To continue, run: dotnet MigrationsBuild.Runner.dll migrate {B}");
        Lost(deployed, 3, transaction, "migrate").Fails(1, "MIG3001", "Run the command again to continue");
    }

    [TestMethod]
    public void A_stamp_that_lost_its_connection_at_COMMIT_names_where_it_went()
    {
        using var deployed = new DeployedSet(A, B, C);
        deployed.Database.Run("migrate").Succeeds();

        Lost(deployed, 2, "migration", "stamp", "-1").Fails(4, "MIG3001", $"To continue, run: dotnet MigrationsBuild.Runner.dll stamp {B}");
        Lost(deployed, 1, "migration", "stamp", A).Fails(1, "MIG3001", "Run the command again to continue");
    }

    [TestMethod]
    [DataRow("-2", 4)]
    [DataRow(A, 1)]
    public void After_a_part_of_it_a_failure_names_where_it_was_going(string revision, int exitCode)
    {
        using var deployed = new DeployedSet(A, B, C);
        deployed.Database.Run("migrate").Succeeds();
        using (new OpenTransaction(deployed.Database, "LOCK TABLE \"B\" IN ACCESS SHARE MODE"))
        {
            var failure = deployed.Run(deployed.Connection, "rollback", revision, "--lock-timeout", "0.1", "--retries", "0");
            failure.Fails(exitCode, "MIG3021", exitCode == 4 ? $"rollback {A}" : "Run the command again when the lock is free");
        }

        CollectionAssert.AreEqual(new[] { A, B }, deployed.Database.History.ToArray());
        // Nothing of it is done: it still counts from the same migration.
        deployed.Database.Add(B, "SELECT 1;\n", "SELECT nothing;\n");
        using var lunch = new OpenTransaction(deployed.Database, "LOCK TABLE \"B\" IN ACCESS SHARE MODE");
        var blocked = deployed.Run(deployed.Connection, "rollback", "-1", "--lock-timeout", "0.1", "--retries", "0");
        blocked.Fails(1, "MIG3021", "Run the command again when the lock is free");
    }

    [TestMethod]
    public void So_does_an_interruption()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(A, "SELECT 1;\n", "SELECT pg_sleep(60);\n").AddTable(B);
        set.Run("migrate").Succeeds();
        using var run = new RunningRunner(set, Verb("rollback", "-2"));
        set.WaitForActivity("%pg_sleep%");

        run.Interrupt("INT");

        var error = run.End().FailsWith(DiagnosticCodes.Interrupted, exitCode: 4);
        Assert.EndsWith("To continue, run: dotnet build -t:DbRollback -p:DbTo=base", error.Message);
    }

    [TestMethod]
    public void Of_several_contexts_a_relative_revision_names_one()
    {
        using var deployed = new DeployedSet(A);
        deployed.Folder.Write("OtherContext.manifest", deployed.Folder.Read("ShopContext.manifest"));

        deployed.Run(deployed.Connection, "migrate", "+1").Fails(4, "MIG4002", "--context OtherContext");
        deployed.Run(deployed.Connection, "migrate", "+1", "--context", "ShopContext", "--dry-run").Succeeds();
    }

    private static MigrationSet Gated()
    {
        var set = new MigrationSet(SqlDialect.PostgreSql);
        set.Execute("CREATE TABLE gate (is_open boolean)");
        return set;
    }

    private static Func<RunnerRequest, RunnerRequest> Verb(string verb, string to) => request => request with { Verb = verb, To = to };

    /// <summary>Runs the same call twice, such that both have read the database before one of them may write.</summary>
    private static (IReadOnlyList<RunnerResult> Succeeded, IReadOnlyList<RunnerResult> Failed) AtOnce(
        MigrationSet set, Func<RunnerRequest, RunnerRequest> change)
    {
        using var writer = new SqliteConnection(set.ConnectionString);
        writer.Open();
        using var transaction = writer.BeginTransaction(deferred: false);
        using var first = new RunningRunner(set, request => change(request) with { Settings = _impatient });
        using var second = new RunningRunner(set, request => change(request) with { Settings = _impatient });
        first.WaitForLine("Attempt 2 of ");
        second.WaitForLine("Attempt 2 of ");

        transaction.Rollback();

        RunnerResult[] results = [first.End(), second.End()];
        return ([.. results.Where(result => result.Command.ExitCode == 0)], [.. results.Where(result => result.Command.ExitCode != 0)]);
    }

    private static void AssertOneFailed(bool isRelative, IReadOnlyList<RunnerResult> succeeded, IReadOnlyList<RunnerResult> failed)
    {
        Assert.HasCount(isRelative ? 1 : 2, succeeded, string.Concat(failed.Select(result => result.Command)));
        if (isRelative)
            failed[0].FailsWith(DiagnosticCodes.Moved);
        else
            Assert.Contains(line => line.Contains("by another run meanwhile", StringComparison.Ordinal), LinesOf(succeeded));
    }

    private static IEnumerable<string> LinesOf(IReadOnlyList<RunnerResult> results) => results.SelectMany(result => result.Lines);

    /// <summary>Runs the deployed runner, whose connection is cut before the answer that the history holds this many rows.</summary>
    private static DeployedResult Lost(DeployedSet deployed, int rows, string transaction, params string[] arguments)
    {
        using var relay = new Relay(
            deployed.Connection, (moment, _) => Task.FromResult(moment != RelayMoment.Answer || deployed.Database.History.Count != rows));
        return deployed.Run(relay.ConnectionString, [.. arguments, "--transaction", transaction]);
    }
}
