using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>The proof that a squashed migration produces the same database as the migrations that it replaces.</summary>
[TestClass]
public class SquashProofTests
{
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";
    private const string S = "20260102000000_Squashed";
    private const string Table = "CREATE TABLE \"A\" (\"Id\" integer NOT NULL, \"Name\" text);\n";

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void The_same_objects_and_rows_in_another_order_are_a_proof(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect)
            .Add(A, Table + "INSERT INTO \"A\" VALUES (1, 'x'), (2, NULL);\n", "DROP TABLE \"A\";\n")
            .Add(B, "ALTER TABLE \"A\" ADD \"Size\" integer;\nUPDATE \"A\" SET \"Size\" = 3;\n", null)
            .Add(
                S,
                "CREATE TABLE \"A\" (\"Size\" integer, \"Id\" integer NOT NULL, \"Name\" text);\n"
                + "INSERT INTO \"A\" VALUES (3, 2, NULL), (3, 1, 'x');\n",
                "DROP TABLE \"A\";\n",
                MigrationState.Draft);

        var result = Prove(set).Succeeds();

        Assert.Contains($"  {S}  produces the same database as the 2 migrations that it replaces", result.Lines);
        Assert.IsFalse(set.DatabaseExists, "The database of the connection isn't needed.");
    }

    [TestMethod]
    [DataRow("INSERT INTO \"A\" VALUES (1, 'y');\n", "different rows \"A\"")]
    [DataRow("INSERT INTO \"A\" VALUES (1, 'x'), (2, 'x');\n", "different rows \"A\"")]
    [DataRow("INSERT INTO \"A\" VALUES (1, 'x');\nCREATE INDEX i ON \"A\" (\"Id\");\n", "additional index i")]
    public void Another_result_is_shown(string squashed, string difference)
    {
        using var set = new MigrationSet(SqlDialect.Sqlite)
            .Add(A, Table, null)
            .Add(B, "INSERT INTO \"A\" VALUES (1, 'x');\n", null)
            .Add(S, Table + squashed, null, MigrationState.Draft);

        var result = Prove(set);

        Assert.Contains(difference, result.FailsWith(DiagnosticCodes.SquashNotProven).Message);
        Assert.AreEqual(difference, result.Differences);
        Assert.IsEmpty(Carried(result));
    }

    [TestMethod]
    public void Statements_that_create_what_is_missing_are_reported_in_their_order()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(
                A,
                Table
                + "CREATE VIEW v AS SELECT 1 AS one;\nCREATE TABLE tags (name text PRIMARY KEY);\nINSERT INTO tags VALUES ('a');\n"
                + "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';\n"
                + "CREATE TRIGGER t BEFORE UPDATE ON \"A\" FOR EACH ROW EXECUTE FUNCTION f();\n",
                null)
            .Add(
                B,
                "DROP VIEW v;\nCREATE VIEW v AS SELECT \"Id\" FROM \"A\";\nINSERT INTO tags VALUES ('b');\n"
                + "CREATE INDEX by_tag ON tags (lower(name));\n-- outside a transaction\nCREATE INDEX CONCURRENTLY i ON \"A\" (\"Id\");\n"
                + "GRANT SELECT ON \"A\" TO PUBLIC;\n",
                null)
            .Add(S, Table, "DROP TABLE \"A\";\n", MigrationState.Draft);
        set.Execute("SELECT 1");

        var carried = Carried(Prove(set).Succeeds());

        CollectionAssert.AreEqual(
            new[]
            {
                "CREATE TABLE tags (name text PRIMARY KEY) / DROP TABLE tags",
                "INSERT INTO tags VALUES ('a')",
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END' / DROP FUNCTION f",
                "CREATE TRIGGER t BEFORE UPDATE ON \"A\" FOR EACH ROW EXECUTE FUNCTION f()",
                "CREATE VIEW v AS SELECT \"Id\" FROM \"A\" / DROP VIEW v",
                "INSERT INTO tags VALUES ('b')",
                "CREATE INDEX by_tag ON tags (lower(name))",
                "CREATE INDEX i ON \"A\" (\"Id\")",
            },
            carried.ToArray());
        var up = Table + string.Concat(carried.Select(statement => statement.Split(" / ")[0] + ";\n"));
        set.Add(S, up, "DROP VIEW v;\nDROP TABLE \"A\";\nDROP TABLE tags;\n", MigrationState.Draft);
        var proven = Prove(set).Succeeds();
        Assert.IsEmpty(Carried(proven));
        Assert.Contains("  Neither compared nor carried over: GRANT SELECT ON \"A\" TO PUBLIC", proven.Lines);
        Assert.Contains("  Its Down() leaves additional function public.f()", proven.Lines);
    }

    [TestMethod]
    public void A_statement_that_needs_an_earlier_state_is_no_way_out()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite)
            .Add(A, Table + "CREATE TABLE tags (name text);\nINSERT INTO tags VALUES ('a');\n", null)
            .Add(B, "ALTER TABLE tags RENAME TO labels;\n", null)
            .Add(S, Table + "CREATE TABLE labels (name text);\n", null, MigrationState.Draft);

        Assert.Contains("different rows labels", Prove(set).FailsWith(DiagnosticCodes.SquashNotProven).Message);
    }

    [TestMethod]
    public void Another_database_has_no_scratch_databases()
    {
        using var set = new MigrationSet(SqlDialect.Other).AddTable(A).AddTable(B).AddTable(S, MigrationState.Draft);
        set.Squashes.Add(new Squash(S, [A, B]));

        var error = set.Run("squash", request => request with { ConnectionVariable = "" }).FailsWith(DiagnosticCodes.UnknownProvider);

        Assert.StartsWith("Scratch databases are created on PostgreSQL and SQLite only", error.Message);
    }

    [TestMethod]
    public void Ignored_objects_and_their_rows_are_not_compared()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite)
            .Add(A, Table + "INSERT INTO \"A\" VALUES (random(), 'x');\n", null)
            .Add(B, "CREATE TABLE other (id integer);\n", null)
            .Add(S, Table.Replace("\"A\"", "\"B\"", StringComparison.Ordinal), null, MigrationState.Draft);

        Prove(set, "A;B;other").Succeeds();
    }

    private static RunnerResult Prove(MigrationSet set, string ignore = "")
    {
        set.Squashes.Clear();
        set.Squashes.Add(new Squash(S, [A, B]));
        return set.Run("squash", request => request with { Settings = request.Settings with { Ignore = ignore } });
    }

    private static List<string> Carried(RunnerResult result) =>
    [
        .. result.Command.Output.Split('\n').Select(MessageLine.Parse)
            .Where(message => message.Name == RunnerMessages.Carried)
            .Select(message => message["up"] + (message.Find("down") is { } down ? " / " + down : "")),
    ];
}
