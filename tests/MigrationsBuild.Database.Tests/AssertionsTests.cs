using System.Text;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>Assertions in a file beside the SQL of a migration.</summary>
[TestClass]
public class AssertionsTests
{
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";

    private const string Assertions =
        """
        -- before
        INSERT INTO people (name) VALUES ('Ada Lovelace'), ('Plato');
        SELECT * FROM people WHERE name IS NULL;

        -- after
        -- Everybody keeps a name.
        SELECT id, last FROM people
        WHERE last IS NULL;
        SELECT 'Ada' WHERE NOT EXISTS (SELECT 1 FROM people WHERE last = 'Lovelace');

        """;

    private const string Split =
        """
        ALTER TABLE people ADD last text;
        UPDATE people SET last = substr(name, instr(name, ' ') + 1) WHERE instr(name, ' ') > 0;
        UPDATE people SET last = name WHERE last IS NULL;

        """;

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Rows_of_the_file_go_through_the_migration(SqlDialect dialect)
    {
        using var set = Create(dialect, Split);

        set.Run("verify").Succeeds();

        Assert.IsFalse(dialect == SqlDialect.Sqlite && set.DatabaseExists);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void A_query_that_returns_rows_is_a_finding_at_its_line(SqlDialect dialect)
    {
        using var set = Create(dialect, Split.Replace("UPDATE people SET last = name WHERE last IS NULL;\n", "", StringComparison.Ordinal));

        var result = set.Run("verify");

        var error = result.FailsWith(DiagnosticCodes.AssertionFailed);
        Assert.StartsWith("1 row after the migration: 2, null.", error.Message);
        Assert.EndsWith($"{B}.verify.sql", error.Location!.File);
        Assert.AreEqual(7, error.Location.Line);
        Assert.AreEqual($"{A}; {B} MIG3039", result.Verified);
    }

    [TestMethod]
    public void Generated_rows_count_too()
    {
        var split = Split.Replace("WHERE last IS NULL", "WHERE last IS NULL AND id < 1000007", StringComparison.Ordinal);
        using var set = Create(SqlDialect.Sqlite, split);

        var result = set.Run("verify", request => request with { Rows = "20" });

        CollectionAssert.AreEqual(
            new[] { "2 rows before the migration: 1000003, ", "3 rows after the migration: 1000003, n" },
            result.Diagnostics.Select(one => one.Message[..38]).ToArray());
    }

    [TestMethod]
    public void A_statement_that_fails_is_an_error_at_its_line()
    {
        using var set = Create(SqlDialect.PostgreSql, Split);
        set.Folder.Write($"{A}.verify.sql", "SELECT 1 WHERE false;\n\nSELECT nowhere;\n");

        var result = set.Run("verify");

        var error = result.FailsWith(DiagnosticCodes.SqlFailed);
        StringAssert.Contains(error.Message, "The statement was executed after the migration on the scratch database.");
        Assert.EndsWith($"{A}.verify.sql", error.Location!.File);
        Assert.AreEqual(3, error.Location.Line);
    }

    [TestMethod]
    public void Text_in_another_encoding_is_refused()
    {
        using var set = Create(SqlDialect.Sqlite, Split);
        File.WriteAllBytes(set.Folder[$"{A}.verify.sql"], Encoding.Latin1.GetBytes("SELECT 'é';\n"));

        Assert.EndsWith($"{A}.verify.sql", set.Run("verify").FailsWith(DiagnosticCodes.SqlFailed).Location!.File);
    }

    private static MigrationSet Create(SqlDialect dialect, string split)
    {
        var id = dialect == SqlDialect.Sqlite ? "INTEGER PRIMARY KEY" : "serial PRIMARY KEY";
        var set = new MigrationSet(dialect)
            .Add(A, $"CREATE TABLE people (id {id}, name text);\n", "DROP TABLE people;\n")
            .Add(
                B,
                dialect == SqlDialect.Sqlite ? split : split.Replace("instr", "strpos", StringComparison.Ordinal),
                "ALTER TABLE people DROP COLUMN last;\n");
        set.Folder.Write($"{B}.verify.sql", Assertions);
        return set;
    }
}
