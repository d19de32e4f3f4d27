using System.Globalization;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests.Sql;

/// <summary>Non-deterministic SQL, distinguished from an edit.</summary>
[TestClass]
public class NonDeterministicSqlTests
{
    private static readonly string _today = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [TestMethod]
    [DataRow(
        "INSERT INTO a VALUES (1, 'at 09:00:01');",
        "INSERT INTO a VALUES (1, 'at 10:22:33');",
        "INSERT INTO a VALUES (1, 'at 10:22:34');",
        true,
        DisplayName = "the moment")]
    [DataRow(
        "INSERT INTO a VALUES (1, 'at 09:00:01');",
        "INSERT INTO a VALUES (2, 'at 10:22:33');",
        "INSERT INTO a VALUES (2, 'at 10:22:34');",
        false,
        DisplayName = "the moment and an edit")]
    [DataRow(
        "INSERT INTO a VALUES (1, 'x');",
        "INSERT INTO a VALUES (1, 'y');",
        "INSERT INTO a VALUES (1, 'y');",
        false,
        DisplayName = "an edit")]
    [DataRow("INSERT INTO a VALUES (1);", "INSERT INTO a VALUES (17);", "INSERT INTO a VALUES (18);", true, DisplayName = "a number")]
    [DataRow("DELETE FROM a;", "DELETE FROM a; DELETE FROM b;", "DELETE FROM a; DELETE FROM c;", false, DisplayName = "another statement")]
    public void Only_what_differs_between_two_runs_is_explained(string kept, string first, string second, bool expected) =>
        Assert.AreEqual(expected, NonDeterministicSql.Explains(kept, first, second, SqlDialect.PostgreSql));

    [TestMethod]
    public void Todays_date_is_the_moment_though_two_runs_yield_the_same()
    {
        var now = $"INSERT INTO a VALUES (1, '{_today}');";
        const string then = "INSERT INTO a VALUES (1, '2024-02-03');";

        Assert.IsTrue(NonDeterministicSql.ContainsToday(now));
        Assert.IsTrue(NonDeterministicSql.Explains(then, now, now, SqlDialect.Sqlite));
        Assert.IsFalse(NonDeterministicSql.Explains("INSERT INTO a VALUES (1, 'none');", now, now, SqlDialect.Sqlite));
        Assert.IsFalse(NonDeterministicSql.Explains(now, then, then, SqlDialect.Sqlite));
        Assert.IsFalse(NonDeterministicSql.ContainsToday(then));
    }
}
