using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>B26: the objects that EF Core's rebuild of an SQLite table drops with the table.</summary>
[TestClass]
public class SqliteRebuildTests
{
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";
    private const string C = "20260103000000_C";
    private const string D = "20260104000000_D";

    private const string Trigger = "CREATE TRIGGER things_ai AFTER INSERT ON \"Things\" BEGIN INSERT INTO log VALUES (NEW.\"Note\"); "
        + "END;\n";
    private const string Objects = "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'index', "
        + "'view') AND name NOT LIKE 'sqlite%' ORDER BY 1";

    [TestMethod]
    [DataRow("")]
    [DataRow("DELETE FROM log;\n", DisplayName = "in stretches")]
    public void Triggers_and_manual_indexes_are_restored_and_reported(string statement)
    {
        using var set = Set().Add(C, statement + Rebuild("\"Note\" TEXT NOT NULL"), Rebuild("\"Note\" TEXT NULL"));

        var lines = set.Run("migrate").Succeeds().Lines;

        CollectionAssert.AreEqual(new[] { "IX_Things_Note", "by_hand", "notes", "things_ai", "to_things" }, set.Query(Objects).ToArray());
        Assert.Contains($"  {C}  restored trigger \"things_ai\", which the rebuild of \"Things\" had dropped", lines);
        Assert.Contains($"  {C}  restored index \"by_hand\", which the rebuild of \"Things\" had dropped", lines);
        Assert.HasCount(
            2,
            lines.Where(line => line.Contains("restored", StringComparison.Ordinal)),
            "The model's own index is created by the migration.");
        set.Query("INSERT INTO \"Things\" (\"Note\") VALUES ('x')");
        CollectionAssert.AreEqual(new[] { "x" }, set.Query("SELECT * FROM log").ToArray());
        set.Run("rollback", to: "-1").Succeeds();
        Assert.Contains("things_ai", set.Query(Objects));
    }

    [TestMethod]
    public void Objects_that_a_later_migration_creates_again_are_left_to_it()
    {
        using var again = Set().Add(C, Rebuild("\"Note\" TEXT NOT NULL"), null).Add(D, Trigger, null);
        using var changed = Set().Add(C, Rebuild("\"Note\" TEXT NOT NULL"), null).Add(D, "DROP TRIGGER things_ai;\n" + Trigger, null);

        Assert.Contains(
            $"  {C}  the rebuild of \"Things\" drops trigger \"things_ai\", which a later statement creates again",
            again.Run("migrate").Succeeds().Lines);
        changed.Run("migrate").Succeeds();
        again.Run("reset").Succeeds();
        changed.Run("reset", request => request with { Settings = request.Settings with { IsOneTransaction = true } }).Succeeds();

        Assert.Contains("things_ai", again.Query(Objects));
        Assert.Contains("things_ai", changed.Query(Objects));
    }

    [TestMethod]
    [DataRow("DROP VIEW notes;\nDROP INDEX by_hand;\n", "After the table's rebuild trigger things_ai would fail: no such column: NEW.Note")]
    [DataRow("DROP VIEW notes;\nDROP TRIGGER things_ai;\n", "The table's rebuild drops index \"by_hand\", which can't be created again: ")]
    [DataRow("DROP INDEX by_hand;\nDROP TRIGGER things_ai;\n", "After the table's rebuild view notes would fail: no such column: ")]
    public void An_object_that_would_fail_afterwards_is_named_at_its_line_and_nothing_is_done(string before, string message)
    {
        using var set = Set().Add(C, before + Rebuild("\"Title\" TEXT NULL", copies: false), null);

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.RebuildLoses);

        Assert.StartsWith(message, error.Message);
        Assert.Contains($"{C} is not applied", error.Message);
        Assert.AreEqual(
            "ALTER TABLE \"ef_temp_Things\" RENAME TO \"Things\";", File.ReadAllLines(error.Location!.File)[error.Location.Line - 1]);
        Assert.HasCount(5, set.Query(Objects));
        set.Add(C, "DROP VIEW notes;\nDROP INDEX by_hand;\nDROP TRIGGER things_ai;\n" + Rebuild("\"Title\" TEXT NULL", copies: false), null)
            .Run("migrate").Succeeds();
    }

    private static MigrationSet Set() => new MigrationSet(SqlDialect.Sqlite)
        .Add(
            A,
            "CREATE TABLE \"Things\" (\"Id\" INTEGER NOT NULL PRIMARY KEY, \"Note\" TEXT NULL);\n"
            + "CREATE INDEX \"IX_Things_Note\" ON \"Things\" (\"Note\");\n",
            "DROP TABLE \"Things\";\n")
        .Add(
            B,
            $"""
            CREATE TABLE log (id);
            {Trigger}
            CREATE INDEX by_hand ON Things ("Note") WHERE "Note" <> '';
            CREATE VIEW notes AS SELECT "Note" FROM "Things";
            CREATE TRIGGER to_things AFTER DELETE ON log BEGIN INSERT INTO "Things" ("Id") VALUES (OLD.id); END;

            """,
            null);

    /// <summary>As EF Core writes it.</summary>
    private static string Rebuild(string column, bool copies = true) =>
        $"""
        DROP INDEX "IX_Things_Note";
        CREATE TABLE "ef_temp_Things" ("Id" INTEGER NOT NULL PRIMARY KEY, {column});
        INSERT INTO "ef_temp_Things" ("Id"{(copies ? ", \"Note\"" : "")})
        SELECT "Id"{(copies ? ", IFNULL(\"Note\", '')" : "")} FROM "Things";
        -- outside a transaction
        PRAGMA foreign_keys = 0;
        DROP TABLE "Things";
        ALTER TABLE "ef_temp_Things" RENAME TO "Things";
        -- outside a transaction
        PRAGMA foreign_keys = 1;
        CREATE INDEX "IX_Things_Note" ON "Things" ({column.Split(' ')[0]});

        """;
}
