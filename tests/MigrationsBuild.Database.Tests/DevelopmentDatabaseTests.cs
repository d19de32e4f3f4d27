using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>Which databases are development databases: where drafts are applied, and <c>DbReset</c> drops without being named.</summary>
[TestClass]
public class DevelopmentDatabaseTests
{
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";

    [TestMethod]
    public void A_copy_by_template_is_not_one()
    {
        using var set = Migrated(SqlDialect.PostgreSql);
        using var copy = new Copy(set);
        copy.Server.Execute("postgres", $"CREATE DATABASE {copy.Name} TEMPLATE {set.Database}");

        set.Run("reset", connection: copy.ConnectionString).FailsWith(DiagnosticCodes.NotDevelopment);

        set.Run("reset").Succeeds();
    }

    [TestMethod]
    public void A_dump_that_is_restored_elsewhere_is_not_one()
    {
        using var set = Migrated(SqlDialect.PostgreSql);
        using var copy = new Copy(set);
        copy.Server.Execute("postgres", $"CREATE DATABASE {copy.Name}");
        set.Folder.Write("dump.sql", copy.Server.Psql("pg_dump", set.Database, []).Output);
        Assert.AreEqual(0, copy.Server.Psql("psql", copy.Name, ["-v", "ON_ERROR_STOP=1", "-f", set.Folder["dump.sql"]]).ExitCode);

        set.Run("rollback", connection: copy.ConnectionString).FailsWith(DiagnosticCodes.NotDevelopment);
        set.Run("reset", connection: copy.ConnectionString).FailsWith(DiagnosticCodes.NotDevelopment);

        var marks = copy.Server.Query(copy.Name, "SELECT 1 FROM \"__MigrationsBuildJournal\" WHERE \"Action\" = 'development'");
        Assert.HasCount(1, marks, "The mark came with the dump.");
    }

    [TestMethod]
    [DataRow("'1/' || (SELECT oid FROM pg_database WHERE datname = current_database())", DisplayName = "Another server")]
    [DataRow("NULL", DisplayName = "A mark that holds for no database")]
    public void A_mark_of_something_else_makes_none(string identity)
    {
        using var set = Migrated(SqlDialect.PostgreSql);
        set.Execute($"UPDATE \"__MigrationsBuildJournal\" SET \"Hash\" = {identity} WHERE \"Action\" = 'development'");

        set.Run("reset").FailsWith(DiagnosticCodes.NotDevelopment);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql, true)]
    [DataRow(SqlDialect.PostgreSql, false)]
    [DataRow(SqlDialect.Sqlite, true)]
    [DataRow(SqlDialect.Sqlite, false)]
    public void A_database_that_a_deployment_has_migrated_is_no_longer_one(SqlDialect dialect, bool isStrict)
    {
        using var set = Migrated(dialect);
        set.Run("rollback").Succeeds();
        if (isStrict)
            set.Run("migrate", request => request with { IsStrict = true }).Succeeds();
        else
            Deploy(set, "migrate");

        AssertNone(set);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql, "migrate", "")]
    [DataRow(SqlDialect.PostgreSql, "rollback", "head")]
    [DataRow(SqlDialect.PostgreSql, "stamp", "head")]
    [DataRow(SqlDialect.Sqlite, "migrate", "")]
    public void Not_even_if_the_deployment_found_nothing_to_do(SqlDialect dialect, string verb, string to)
    {
        using var set = Migrated(dialect);
        Deploy(set, [verb, .. to.Length == 0 ? Array.Empty<string>() : [to]]);

        AssertNone(set);
    }

    [TestMethod]
    public void A_rollback_without_a_target_reverts_the_newest_migration_and_no_other_one()
    {
        using var set = Migrated(SqlDialect.Sqlite).AddTable("20260103000000_C", MigrationState.Draft);

        Assert.Contains(
            $"20260103000000_C is not applied, so there is nothing of it to revert. The newest applied migration is {B}. "
            + "To revert that one, run: dotnet build -t:DbRollback -p:DbTo=-1",
            set.Run("rollback").FailsWith(DiagnosticCodes.NothingToDo).Text);
        CollectionAssert.Contains(set.History.ToArray(), B);

        set.Run("rollback", to: "-1").Succeeds();
        CollectionAssert.DoesNotContain(set.History.ToArray(), B);
    }

    [TestMethod]
    public void Looking_changes_nothing()
    {
        using var set = Migrated(SqlDialect.PostgreSql);
        foreach (var call in new[] { "current", "history", "check", "migrate --dry-run", "rollback base --dry-run" })
            Deploy(set, call.Split(' '));

        set.Run("rollback").Succeeds();
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void A_strict_build_knows_none(SqlDialect dialect)
    {
        using var set = Migrated(dialect).AddTable("20260103000000_C", MigrationState.Draft);

        var draft = set.Run("migrate", request => request with { IsStrict = true }).FailsWith(DiagnosticCodes.ApplyUnapproved);
        Assert.Contains("a strict build treats no database as a development database", draft.Message);
        set.Run("rollback", request => request with { IsStrict = true }).FailsWith(DiagnosticCodes.NotDevelopment);
        set.Run("reset", request => request with { IsStrict = true }).FailsWith(DiagnosticCodes.NotDevelopment);
        set.Run("stamp", request => request with { IsStrict = true, To = "head" }).FailsWith(DiagnosticCodes.ApplyUnapproved);

        Assert.HasCount(2, set.History);
        set.Run("migrate").Succeeds();
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void A_strict_build_creates_a_local_database_without_a_development_mark(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable(A).AddTable(B);

        set.Run("migrate", request => request with { IsStrict = true }).Succeeds();

        AssertNone(set);
    }

    [TestMethod]
    public void A_reset_by_a_strict_build_leaves_none()
    {
        using var set = Migrated(SqlDialect.PostgreSql);

        set.Run("reset", request => request with { IsStrict = true, Force = set.Database }).Succeeds();

        AssertNone(set);
    }

    [TestMethod]
    public void An_SQLite_file_that_may_only_be_read_is_left_alone()
    {
        using var set = Migrated(SqlDialect.Sqlite);

        set.Run("migrate", request => request with { IsStrict = true }, set.ConnectionString + ";Mode=ReadOnly").Succeeds();
    }

    [TestMethod]
    public void The_mark_of_one_schemas_tenant_does_not_allow_dropping_the_tables_of_others()
    {
        using var set = Migrated(SqlDialect.PostgreSql);
        set.Execute("CREATE SCHEMA tenant");
        set.Execute("CREATE TABLE tenant.\"__EFMigrationsHistory\" (id integer); CREATE TABLE tenant.\"Orders\" (id integer)");

        var error = set.Run("reset").FailsWith(DiagnosticCodes.NotDevelopment);

        Assert.Contains("holds the migrations of others: tenant.\"__EFMigrationsHistory\".", error.Message);
        Assert.EndsWith($"-p:DbForce={set.Database}", error.Message);
        CollectionAssert.AreEqual(new[] { "A", "B", "Orders" }, set.Tables.ToArray());
        set.Execute("DROP TABLE tenant.\"__EFMigrationsHistory\"; CREATE TABLE tenant.\"__MigrationsBuildJournal\" (id integer)");
        set.Run("reset").FailsWith(DiagnosticCodes.NotDevelopment);
        set.Run("reset", force: set.Database).Succeeds();
        CollectionAssert.AreEqual(new[] { "A", "B" }, set.Tables.ToArray());
    }

    [TestMethod]
    public void A_tenant_by_search_path_is_another_one()
    {
        using var set = Migrated(SqlDialect.PostgreSql);
        set.Execute("CREATE SCHEMA tenant");
        var tenant = set.ConnectionString + ";Search Path=tenant";
        set.Run("migrate", connection: tenant).Succeeds();

        var error = set.Run("reset").FailsWith(DiagnosticCodes.NotDevelopment);
        Assert.Contains("tenant.\"__EFMigrationsHistory\", tenant.\"__MigrationsBuildJournal\"", error.Message);
        set.Run("reset", connection: tenant).FailsWith(DiagnosticCodes.NotDevelopment);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql, "about 1,500 rows")]
    [DataRow(SqlDialect.Sqlite, "1,500 rows")]
    public void A_reset_and_a_rollback_show_the_size_of_the_database(SqlDialect dialect, string rows)
    {
        using var set = Migrated(dialect);
        set.Execute("INSERT INTO \"A\" WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) SELECT i FROM n");
        if (dialect == SqlDialect.PostgreSql)
            set.Execute("ANALYZE");

        var rollback = set.Run("rollback").Succeeds();
        var dryReset = set.Run("reset", dryRun: true).Succeeds();
        var reset = set.Run("reset").Succeeds();

        var size = $"{rows}, [0-9.]+ [kM]B";
        Assert.MatchesRegex($"^Reverts {B} on {set.DatabaseName}, which holds 2 tables, {size}$", Line(rollback, "Reverts").Single());
        Assert.MatchesRegex($"^Would drop {set.DatabaseName} with 1 table, {size}: ", Line(dryReset, "Would").Single());
        Assert.IsEmpty(Line(dryReset, "Drops"));
        Assert.MatchesRegex($"^Drops {set.DatabaseName} with 1 table, {size}: ", Line(reset, "Drops").Single());
        Assert.IsEmpty(Line(set.Run("rollback", to: A).Succeeds(), "Reverts"), "Who names the target knows the database.");
    }

    private static IEnumerable<string> Line(RunnerResult result, string begin) =>
        result.Lines.Where(line => line.StartsWith(begin, StringComparison.Ordinal));

    private static MigrationSet Migrated(SqlDialect dialect)
    {
        var set = new MigrationSet(dialect).AddTable(A).AddTable(B);
        set.Run("migrate").Succeeds();
        return set;
    }

    /// <summary>Runs the set's migrations where a publish has put them.</summary>
    private static void Deploy(MigrationSet set, params string[] arguments)
    {
        using var deployed = DeployedSet.Of(set);
        deployed.Run(set.ConnectionString, arguments).Succeeds();
    }

    private static void AssertNone(MigrationSet set)
    {
        Assert.IsEmpty(set.Query("SELECT 1 FROM \"__MigrationsBuildJournal\" WHERE \"Action\" = 'development'"));
        set.Run("rollback").FailsWith(DiagnosticCodes.NotDevelopment);
        set.Run("reset").FailsWith(DiagnosticCodes.NotDevelopment);
        Assert.HasCount(2, set.History);
        set.Run("migrate").Succeeds();
        set.Run("reset", force: set.DatabaseName).Succeeds();
    }

    /// <summary>A second database of the set's server.</summary>
    private sealed class Copy(MigrationSet set) : IDisposable
    {
        public string Name { get; } = PostgreSqlServer.NewName();

        public PostgreSqlServer Server => set.Server;

        public string ConnectionString => Server.ConnectionString(Name);

        public void Dispose() => Server.Execute("postgres", $"DROP DATABASE {Name} WITH (FORCE)");
    }
}
