using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>B08: a context that was renamed finds the journal's rows under its old name.</summary>
[TestClass]
public class RenamedContextTests
{
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void It_shows_when_and_by_which_user_its_migrations_were_applied(SqlDialect dialect)
    {
        using var old = new MigrationSet(dialect).AddTable(A);
        using var renamed = Renamed(dialect).AddTable(A).AddTable(B);
        old.Run("migrate").Succeeds();

        var lines = renamed.Run("current", request => request with { Verbose = true }, old.ConnectionString).Succeeds().Lines;

        Assert.Contains(line => line.StartsWith("Applied: 20", StringComparison.Ordinal), lines);
        renamed.Run("migrate", connection: old.ConnectionString).Succeeds();
        CollectionAssert.AreEqual(new[] { A, B }, old.History.ToArray());
    }

    [TestMethod]
    public void A_migration_of_another_build_is_still_its_own()
    {
        using var old = new MigrationSet(SqlDialect.PostgreSql).AddTable(A).AddTable("20260109000000_Newer");
        using var renamed = Renamed(SqlDialect.PostgreSql).AddTable(A).AddTable(B);
        old.Run("migrate").Succeeds();

        renamed.Run("migrate", request => request with { IsStrict = true }, old.ConnectionString).FailsWith(DiagnosticCodes.OutOfOrder);
    }

    [TestMethod]
    public void A_migration_that_is_half_done_goes_on_where_it_was()
    {
        const string halves = "-- outside a transaction\nINSERT INTO n VALUES (1);\nSELECT * FROM later;\n";
        using var old = new MigrationSet(SqlDialect.PostgreSql).Add(A, halves, null);
        using var renamed = Renamed(SqlDialect.PostgreSql).Add(A, halves, null);
        old.Execute("CREATE TABLE n (n integer)");
        old.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);
        old.Execute("CREATE TABLE later (n integer)");

        renamed.Run("migrate", connection: old.ConnectionString).Succeeds();

        Assert.HasCount(1, old.Query("SELECT * FROM n"));
        Assert.IsEmpty(old.Query("SELECT * FROM \"__MigrationsBuildJournal\" WHERE \"Action\" IN ('partial', 'started')"));
    }

    private static MigrationSet Renamed(SqlDialect dialect) =>
        new(dialect) { Context = "Shop.StoreContext", FormerContexts = ["Shop.ShopContext"] };
}
