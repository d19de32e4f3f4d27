using Microsoft.Data.Sqlite;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>SQLite: the state of the connection between migrations, and foreign keys when EF Core rebuilds a table.</summary>
[TestClass]
public class SqliteStateTests
{
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";
    private const string C = "20260103000000_C";

    // As EF Core writes it: the copy, then the exchange with foreign keys switched off.
    private const string Copy = "CREATE TABLE \"ef_temp_P\" (\"Id\" INTEGER NOT NULL PRIMARY KEY, \"X\" TEXT);\n"
        + "INSERT INTO \"ef_temp_P\" (\"Id\") SELECT \"Id\" FROM \"P\";\n";
    private const string Exchange = "-- outside a transaction\nPRAGMA foreign_keys = 0;\nDROP TABLE \"P\";\n"
        + "ALTER TABLE \"ef_temp_P\" RENAME TO \"P\";\n-- outside a transaction\nPRAGMA foreign_keys = 1;\n";
    private const string Tables = "CREATE TABLE \"P\" (\"Id\" INTEGER NOT NULL PRIMARY KEY);\n"
        + "CREATE TABLE \"Q\" (\"Id\" INTEGER NOT NULL PRIMARY KEY);\nCREATE TABLE \"R\" (\"Q\" INTEGER REFERENCES \"Q\" (\"Id\"));\n"
        + "INSERT INTO \"P\" VALUES (1);\nINSERT INTO \"Q\" VALUES (1);\nINSERT INTO \"R\" VALUES (1);\n";

    [TestMethod]
    [DataRow("-- outside a transaction\nPRAGMA foreign_keys = 0;\n")]
    [DataRow("PRAGMA ignore_check_constraints = 1;\n")]
    [DataRow("PRAGMA case_sensitive_like = 1;\n")]
    [DataRow("CREATE TEMP TABLE \"Seen\" (x);\n")]
    [DataRow("CREATE TEMPORARY TRIGGER t AFTER INSERT ON \"Seen\" BEGIN DELETE FROM \"Seen\"; END;\n")]
    public void The_settings_of_a_migration_do_not_reach_the_next_one(string leak)
    {
        const string observe = "INSERT INTO \"Seen\" SELECT (SELECT foreign_keys FROM pragma_foreign_keys) || ' ' || (SELECT "
            + "ignore_check_constraints FROM pragma_ignore_check_constraints) || ' ' || ('a' LIKE 'A');\n";
        using var set = new MigrationSet(SqlDialect.Sqlite)
            .Add(A, "CREATE TABLE \"Seen\" (x);\n", null)
            .Add(B, leak, null)
            .Add(C, observe, null);

        set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(new[] { "1 0 1" }, set.Query("SELECT * FROM \"Seen\"").ToArray());
        Assert.HasCount(3, set.History);
    }

    [TestMethod]
    [DataRow("CREATE TEMP TABLE IF NOT EXISTS kept (x)", "INSERT INTO \"Q\" SELECT x + 1 FROM Kept", "Create it without TEMP")]
    [DataRow("CREATE TABLE temp.\"kept\" (x)", "INSERT INTO kept VALUES (1)", "Create it without TEMP")]
    [DataRow("ATTACH 'other.db' AS kept", "CREATE TABLE kept.t (x)", "-- outside a transaction")]
    public void What_a_later_stretch_would_miss_is_refused_before_anything_runs(string create, string use, string advice)
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).Add(A, Tables, null)
            .Add(B, $"DELETE FROM \"R\";\n{create};\n-- outside a transaction\nVACUUM;\n{use};\n", null);

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);

        Assert.Contains("kept", error.Message);
        Assert.Contains(advice, error.Message);
        Assert.AreEqual(use + ";", File.ReadAllLines(error.Location!.File)[error.Location.Line - 1]);
        set.Run("migrate", dryRun: true).FailsWith(DiagnosticCodes.SqlFailed);
        Assert.IsEmpty(set.Tables);
    }

    [TestMethod]
    public void A_stretch_uses_its_own_temporary_objects()
    {
        const string part = "CREATE TEMP TABLE kept AS SELECT 1 AS x;\nINSERT INTO \"Q\" SELECT max(\"Id\") + x FROM kept, \"Q\";\n";
        using var set = new MigrationSet(SqlDialect.Sqlite).Add(A, Tables, null)
            .Add(B, part + "-- outside a transaction\nVACUUM;\n" + part, null);

        set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(new[] { "1", "2", "3" }, set.Query("SELECT * FROM \"Q\"").ToArray());
    }

    [TestMethod]
    public void A_database_that_is_attached_outside_a_transaction_is_attached_in_each_later_stretch()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite);
        set.Add(
            A,
            $"""
            -- outside a transaction
            ATTACH '{set.Folder["other.db"]}' AS other;
            CREATE TABLE other.t (x);
            -- outside a transaction
            VACUUM;
            INSERT INTO other.t SELECT x FROM missing;

            """,
            null);
        set.Run("migrate", force: "app.db").FailsWith(DiagnosticCodes.SqlFailed);
        set.Execute("CREATE TABLE missing AS SELECT 1 AS x");

        set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(
            new[] { "1" }, set.Query($"ATTACH '{set.Folder["other.db"]}' AS other; SELECT x FROM other.t").ToArray());
    }

    [TestMethod]
    public void A_table_whose_rows_others_refer_to_is_not_dropped_beside_a_rebuild()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).Add(A, Tables, null).Add(B, Copy + "DROP TABLE \"Q\";\n" + Exchange, null);

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);

        Assert.Contains("FOREIGN KEY constraint failed", error.Message);
        CollectionAssert.AreEqual(new[] { "1" }, set.Query("SELECT \"Id\" FROM \"Q\"").ToArray());
        CollectionAssert.AreEqual(new[] { A }, set.History.ToArray());
    }

    [TestMethod]
    public void Nor_is_a_row_lost_that_others_refer_to_when_its_table_is_rebuilt()
    {
        const string lossy = "CREATE TABLE \"ef_temp_Q\" (\"Id\" INTEGER NOT NULL PRIMARY KEY);\n"
            + "INSERT INTO \"ef_temp_Q\" (\"Id\") SELECT \"Id\" FROM \"Q\" WHERE false;\n-- outside a transaction\n"
            + "PRAGMA foreign_keys = 0;\nDROP TABLE \"Q\";\nALTER TABLE \"ef_temp_Q\" RENAME TO \"Q\";\n-- outside a transaction\n"
            + "PRAGMA foreign_keys = 1;\n";
        using var set = new MigrationSet(SqlDialect.Sqlite).Add(A, Tables, null).Add(B, lossy, null);

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);

        Assert.Contains("1 row of \"R\" would refer to rows of \"Q\" that do not exist", error.Message);
        Assert.Contains("none of its statements took effect", error.Message);
        CollectionAssert.AreEqual(new[] { "1" }, set.Query("SELECT \"Id\" FROM \"Q\"").ToArray());
    }

    [TestMethod]
    [DataRow("= 0", "= TRUE")]
    [DataRow("= off", "= yes")]
    [DataRow("= 'FALSE'", "= 'on'")]
    [DataRow("= no", "(1)")]
    [DataRow("(0)", "= 2 -- on")]
    [DataRow("= \"off\"", "= +1", DisplayName = "a form that only SQLite knows")]
    [DataRow("= unknown", "= [true]", DisplayName = "another one")]
    public void Foreign_keys_are_off_during_a_hand_written_rebuild_in_each_form_of_the_switch(string off, string on)
    {
        using var set = new MigrationSet(SqlDialect.Sqlite)
            .Add(A, Tables.Replace("(\"Id\"));", "(\"Id\") ON DELETE CASCADE);", StringComparison.Ordinal), null)
            .Add(
                B,
                $"""
                CREATE TABLE "ef_temp_Q" ("Id" INTEGER NOT NULL PRIMARY KEY);
                INSERT INTO "ef_temp_Q" SELECT "Id" FROM "Q";
                -- outside a transaction
                PRAGMA foreign_keys {off};
                DROP TABLE "Q";
                ALTER TABLE "ef_temp_Q" RENAME TO "Q";
                -- outside a transaction
                PRAGMA foreign_keys {on}
                ;

                """,
                null)
            .Add(C, "DELETE FROM \"Q\";\n", null);

        set.Run("migrate", to: B).Succeeds();
        var kept = set.Query("SELECT * FROM \"R\"");
        set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(new[] { "1" }, kept.ToArray());
        Assert.IsEmpty(set.Query("SELECT * FROM \"R\""));
    }

    [TestMethod]
    public void Rows_that_were_orphans_before_are_accepted()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).Add(A, Tables, null).Add(B, Copy + Exchange, null);
        set.Run("migrate", to: A).Succeeds();
        set.Execute("PRAGMA foreign_keys = 0; INSERT INTO \"R\" VALUES (4711)");

        set.Run("migrate").Succeeds();

        Assert.HasCount(2, set.History);
    }

    [TestMethod]
    public void Foreign_keys_are_on_again_where_another_tool_has_applied_the_rebuild_meanwhile()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).Add(A, Tables, null)
            .Add(B, Copy + Exchange, null)
            .Add(C, "INSERT INTO \"R\" VALUES (4711);\n", null);
        set.Run("migrate", to: A).Succeeds();
        using var other = new SqliteConnection(set.ConnectionString);
        other.Open();
        Execute(other, $"BEGIN IMMEDIATE; INSERT INTO \"__EFMigrationsHistory\" VALUES ('{B}', '10.0.0')");

        using var run = new RunningRunner(set);
        run.WaitForLine("2 migrations are pending");
        Execute(other, "COMMIT");
        var error = run.End().FailsWith(DiagnosticCodes.SqlFailed);

        Assert.Contains("FOREIGN KEY constraint failed", error.Message);
        Assert.AreEqual(set.Folder[$"{C}.sql"], error.Location!.File);
        Assert.HasCount(1, set.Query("SELECT * FROM \"R\""));
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
