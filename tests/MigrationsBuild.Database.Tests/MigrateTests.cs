using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

[TestClass]
public class MigrateTests
{
    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Applies_the_pending_migrations_and_then_nothing(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A").AddTable("20260102000000_B");

        var first = set.Run("migrate").Succeeds();
        var second = set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(new[] { "A", "B" }, set.Tables.ToArray());
        CollectionAssert.AreEqual(new[] { "20260101000000_A", "20260102000000_B" }, set.History.ToArray());
        Assert.Contains(line => line.StartsWith("2 migrations applied", StringComparison.Ordinal), first.Lines);
        Assert.AreEqual("Nothing to apply; at 20260102000000_B (head)", second.Lines[^1]);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Stops_at_the_named_revision(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A").AddTable("20260102000000_B").AddTable("20260103000000_C");

        set.Run("migrate", to: "B").Succeeds();
        Assert.HasCount(2, set.History);
        set.Run("migrate", to: "+1").Succeeds();
        Assert.HasCount(3, set.History);
        set.Run("migrate", to: "+1").FailsWith(DiagnosticCodes.NoSuchRevision);
        set.Run("migrate", to: "A").FailsWith(DiagnosticCodes.NoSuchRevision);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void A_failing_statement_undoes_its_migration_and_is_pointed_at(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect)
            .AddTable("20260101000000_A")
            .Add(
                "20260102000000_B", "CREATE TABLE \"B\" (\"Id\" integer);\n\nINSERT INTO \"B\" (\"Id\")\nVALUES ('😀', nothing);\n", null);

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);

        CollectionAssert.AreEqual(new[] { "A" }, set.Tables.ToArray());
        CollectionAssert.AreEqual(new[] { "20260101000000_A" }, set.History.ToArray());
        var lines = set.Folder.Read("20260102000000_B.sql").Split('\n');
        Assert.AreEqual(set.Folder["20260102000000_B.sql"], error.Location!.File);
        Assert.StartsWith("nothing", lines[error.Location.Line - 1][(error.Location.Column - 1)..]);
        Assert.Contains(
            "20260102000000_B is not applied; none of its statements took effect. 1 migration was applied before it.", error.Message);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void A_table_that_exists_already_leads_to_stamp(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A");
        set.Execute("CREATE TABLE \"A\" (\"Id\" integer);");

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.AlreadyExists);

        Assert.Contains("dotnet build -t:DbStamp -p:DbRev=20260101000000_A", error.Message);
        set.Run("stamp", to: "20260101000000_A").Succeeds();
        set.Run("migrate").Succeeds();
    }

    [TestMethod]
    public void Statements_outside_the_transaction_run_where_they_stand()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(
            "20260101000000_A",
            "CREATE TABLE \"A\" (\"Id\" integer);\n-- outside a transaction\nCREATE INDEX CONCURRENTLY \"IX_A\" ON \"A\" (\"Id\");\n"
            + "ALTER TABLE \"A\" ADD \"Name\" text;\n",
            "-- outside a transaction\nDROP INDEX CONCURRENTLY \"IX_A\";\nDROP TABLE \"A\";\n");

        set.Run("migrate").Succeeds();

        Assert.HasCount(1, set.Query("SELECT 1 FROM pg_indexes WHERE indexname = 'IX_A'"));
        Assert.HasCount(1, set.History);
        set.Run("rollback", to: "base").Succeeds();
        Assert.IsEmpty(set.Tables);
        Assert.IsEmpty(set.History);
        Assert.IsEmpty(set.Query("SELECT 1 FROM \"__MigrationsBuildJournal\" WHERE \"Action\" = 'partial'"));
    }

    [TestMethod]
    public void A_migration_that_failed_between_its_transactions_goes_on_where_it_ended()
    {
        const string id = "20260101000000_A";
        const string head = "CREATE TABLE \"A\" (\"Id\" integer);\nINSERT INTO \"A\" VALUES (1), (1);\n";
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(
            id,
            head + "-- outside a transaction\nCREATE UNIQUE INDEX CONCURRENTLY \"IX_A\" ON \"A\" (\"Id\");\n"
                + "ALTER TABLE \"A\" ADD \"Name\" text;\n",
            null);

        set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);
        Assert.IsEmpty(set.History);
        set.Execute("DELETE FROM \"A\"; DROP INDEX \"IX_A\"");
        var again = set.Run("migrate").Succeeds();

        Assert.Contains(line => line.Contains("continues after its statement 2 of 4", StringComparison.Ordinal), again.Lines);
        Assert.HasCount(1, set.History);
        Assert.HasCount(1, set.Query("SELECT 1 FROM information_schema.columns WHERE column_name = 'Name'"));
    }

    [TestMethod]
    public void An_invalid_index_that_a_failed_run_left_is_dropped_and_built_again()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(
                "20260101000000_A",
                "CREATE SCHEMA s;\nCREATE TABLE s.\"A\" (\"Id\" integer);\nINSERT INTO s.\"A\" VALUES (1), (1);\n",
                null)
            .Add("20260102000000_B", "-- outside a transaction\nCREATE UNIQUE INDEX CONCURRENTLY \"IX_A\" ON s.\"A\" (\"Id\");\n", null);
        set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);
        set.Execute("DELETE FROM s.\"A\"");

        var again = set.Run("migrate").Succeeds();

        Assert.Contains(line => line.Contains("dropped the invalid index s.\"IX_A\"", StringComparison.Ordinal), again.Lines);
        CollectionAssert.AreEqual(
            new[] { "True" }, set.Query("SELECT indisvalid FROM pg_index WHERE indexrelid = 's.\"IX_A\"'::regclass").ToArray());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("IF NOT EXISTS ")]
    public void An_invalid_index_is_found_in_the_search_path_that_the_migration_sets(string condition)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(
            "20260101000000_A",
            $"""
            CREATE SCHEMA s;
            CREATE TABLE s.a (id integer);
            INSERT INTO s.a VALUES (1), (1);
            -- outside a transaction
            SET search_path = s;
            -- outside a transaction
            CREATE UNIQUE INDEX CONCURRENTLY {condition}ix ON a (id);

            """,
            null);
        set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);
        set.Execute("DELETE FROM s.a");

        set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(
            new[] { "True" }, set.Query("SELECT indisvalid FROM pg_index WHERE indexrelid = 's.ix'::regclass").ToArray());
    }

    [TestMethod]
    public void Sqlite_rebuilds_a_table_in_one_transaction()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite)
            .Add(
                "20260101000000_A",
                "CREATE TABLE \"P\" (\"Id\" INTEGER PRIMARY KEY);\nCREATE TABLE \"C\" (\"P\" INTEGER REFERENCES \"P\" ON DELETE CASCADE);\n"
                + "INSERT INTO \"P\" VALUES (1);\nINSERT INTO \"C\" VALUES (1);\n",
                null)
            .Add(
                "20260102000000_B",
                "CREATE TABLE \"ef_temp_P\" (\"Id\" INTEGER PRIMARY KEY, \"X\" TEXT);\n"
                + "INSERT INTO \"ef_temp_P\" (\"Id\") SELECT \"Id\" FROM \"P\";\n-- outside a transaction\nPRAGMA foreign_keys = 0;\n"
                + "DROP TABLE \"P\";\nALTER TABLE \"ef_temp_P\" RENAME TO \"P\";\n-- outside a transaction\nPRAGMA foreign_keys = 1;\n"
                + "CREATE INDEX \"IX\" ON \"P\" (\"X\");\n",
                null)
            .Add(
                "20260103000000_C",
                "CREATE TABLE \"T\" (\"Id\" INTEGER PRIMARY KEY);\n-- outside a transaction\nPRAGMA foreign_keys = 0;\nDROP TABLE \"P\";\n"
                + "-- outside a transaction\nPRAGMA foreign_keys = 1;\nSELECT nothing;\n",
                null);

        set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);

        CollectionAssert.AreEqual(new[] { "20260101000000_A", "20260102000000_B" }, set.History.ToArray());
        CollectionAssert.AreEqual(new[] { "C", "P" }, set.Tables.ToArray());
        Assert.HasCount(1, set.Query("SELECT * FROM \"C\""), "The cascade must not have run.");
    }

    [TestMethod]
    public void Sqlite_heeds_foreign_keys_where_a_migration_deletes_beside_a_rebuild()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite)
            .Add(
                "20260101000000_A",
                "CREATE TABLE \"P\" (\"Id\" INTEGER PRIMARY KEY);\nCREATE TABLE \"C\" (\"P\" INTEGER REFERENCES \"P\" ON DELETE CASCADE);\n"
                + "INSERT INTO \"P\" VALUES (1), (2);\nINSERT INTO \"C\" VALUES (1), (2);\n",
                null)
            .Add(
                "20260102000000_B",
                "DELETE FROM \"P\" WHERE \"Id\" = 1;\nCREATE TABLE \"ef_temp_P\" (\"Id\" INTEGER PRIMARY KEY, \"X\" TEXT);\n"
                + "INSERT INTO \"ef_temp_P\" (\"Id\") SELECT \"Id\" FROM \"P\";\n-- outside a transaction\nPRAGMA foreign_keys = 0;\n"
                + "DROP TABLE \"P\";\nALTER TABLE \"ef_temp_P\" RENAME TO \"P\";\n-- outside a transaction\nPRAGMA foreign_keys = 1;\n",
                null);

        set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(new[] { "2" }, set.Query("SELECT * FROM \"C\"").ToArray());
    }

    [TestMethod]
    public void Sqlite_continues_after_the_executed_part_with_the_same_connection_settings()
    {
        const string rebuild = "UPDATE \"P\" SET \"Id\" = 1;\n-- outside a transaction\nPRAGMA foreign_keys = 0;\nDROP TABLE \"P\";\n"
            + "CREATE TABLE \"P\" (\"Id\" INTEGER PRIMARY KEY, \"X\" TEXT);\nINSERT INTO \"P\" (\"Id\") SELECT \"Id\" FROM \"Kept\";\n"
            + "-- outside a transaction\nPRAGMA foreign_keys = 1;\n";
        using var set = new MigrationSet(SqlDialect.Sqlite)
            .Add(
                "20260101000000_A",
                "CREATE TABLE \"P\" (\"Id\" INTEGER PRIMARY KEY);\nCREATE TABLE \"C\" (\"P\" INTEGER REFERENCES \"P\" ON DELETE CASCADE);\n"
                + "INSERT INTO \"P\" VALUES (1);\nINSERT INTO \"C\" VALUES (1);\n",
                null)
            .Add("20260102000000_B", rebuild, null);

        var failure = set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);
        set.Execute("CREATE TABLE \"Kept\" AS SELECT 1 AS \"Id\"");
        set.Run("migrate").Succeeds();

        Assert.Contains("Its first 2 statements are kept, and the next run continues after them", failure.Message);
        Assert.HasCount(1, set.Query("SELECT * FROM \"C\""), "Without the PRAGMA the cascade would have emptied it.");
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void A_dry_run_shows_the_SQL_and_changes_nothing(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A");
        set.Execute("CREATE TABLE \"Other\" (\"Id\" integer);");

        var result = set.Run("migrate", dryRun: true).Succeeds();

        Assert.Contains(line => line.Contains("CREATE TABLE \"A\"", StringComparison.Ordinal), result.Lines);
        CollectionAssert.AreEqual(new[] { "Other" }, set.Tables.ToArray());
    }

    [TestMethod]
    public void A_file_that_was_changed_after_the_build_is_refused_before_any_connection()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");
        set.Folder.Replace("20260101000000_A.sql", "CREATE TABLE", "CREATE UNLOGGED TABLE");

        var result = set.Run("migrate", connection: "Host=127.0.0.1;Port=1;Username=nobody");

        var error = result.FailsWith(DiagnosticCodes.Tampered);
        Assert.AreEqual(set.Folder["20260101000000_A.sql"], error.Location!.File);
    }

    [TestMethod]
    [DataRow(MigrationState.Draft)]
    [DataRow(MigrationState.Reordered)]
    public void An_unapproved_migration_runs_on_a_development_database_only(MigrationState state)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A").AddTable("20260102000000_B", state);
        set.Execute("CREATE TABLE \"Other\" (\"Id\" integer);");

        set.Run("migrate").FailsWith(DiagnosticCodes.ApplyUnapproved);
        CollectionAssert.AreEqual(new[] { "Other" }, set.Tables.ToArray());
        set.Run("migrate", force: "wrong").FailsWith(DiagnosticCodes.NotDevelopment);
        set.Run("migrate", force: set.Database).Succeeds();

        using var empty = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A").AddTable("20260102000000_B", state);
        empty.Run("migrate").Succeeds();
        Assert.HasCount(2, empty.History);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void An_edited_migration_runs_nowhere(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A").AddTable("20260102000000_B", MigrationState.Edited);

        set.Run("migrate", force: set.DatabaseName).FailsWith(DiagnosticCodes.ApplyUnapproved);
    }

    [TestMethod]
    public void A_migration_without_SQL_is_not_applied_and_can_be_recorded()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddWithoutSql("20260101000000_A", "COMMIT would end the transaction");

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.NotEmittable);
        Assert.StartsWith("20260101000000_A has no SQL, so nothing is applied: COMMIT would end the transaction.", error.Message);

        set.Execute("SELECT 1");
        set.Run("stamp", to: "head").Succeeds();
        Assert.AreEqual("Nothing to apply; at 20260101000000_A (head)", set.Run("migrate").Succeeds().Lines[^1]);
    }

    [TestMethod]
    public void A_hole_is_filled_on_a_development_database_and_elsewhere_only_if_allowed()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A").AddTable("20260103000000_C");
        set.Execute("CREATE TABLE \"Other\" (\"Id\" integer);");
        set.Run("migrate").Succeeds();
        set.AddTable("20260102000000_B");

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.OutOfOrder);
        Assert.Contains("20260102000000_B", error.Message);
        set.Run("migrate", request => request with { Settings = new RunSettings { AllowsOutOfOrder = true } }).Succeeds();
        Assert.HasCount(3, set.History);
    }

    [TestMethod]
    public void A_migration_older_than_an_applied_one_that_this_build_doesnt_know_is_a_hole()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A").AddTable("20260103000000_Unknown");
        set.Execute("CREATE TABLE \"Other\" (\"Id\" integer);");
        set.Run("migrate").Succeeds();
        set.Remove("20260103000000_Unknown").AddTable("20260102000000_B");

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.OutOfOrder);

        Assert.StartsWith("20260102000000_B is pending, and 20260103000000_Unknown, which is newer, is applied", error.Message);
        Assert.HasCount(2, set.History);
        const string hole = "Hole: 20260102000000_B is pending and older than 20260103000000_Unknown";
        Assert.Contains(line => line.StartsWith(hole, StringComparison.Ordinal), set.Run("current").Lines);
        set.Run("migrate", request => request with { Settings = new RunSettings { AllowsOutOfOrder = true } }).Succeeds();
        Assert.HasCount(3, set.History);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void An_older_build_on_a_newer_database_warns_and_succeeds(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A").AddTable("20260102000000_B");
        set.Run("migrate", request => request with { IsStrict = true }).Succeeds();
        set.Remove("20260102000000_B");

        var result = set.Run("migrate").Succeeds();

        Assert.Contains(
            diagnostic => diagnostic.Code == DiagnosticCodes.Ahead && diagnostic.Message.Contains(
                "20260102000000_B", StringComparison.Ordinal),
            result.Diagnostics);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void A_database_that_has_diverged_is_left_alone(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A").AddTable("20260102000000_B");
        set.Run("migrate", request => request with { IsStrict = true }).Succeeds();
        set.Remove("20260102000000_B").AddTable("20260103000000_C");

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.Diverged);

        Assert.Contains("after 20260101000000_A, the last migration in common, it has 20260102000000_B", error.Message);
        Assert.HasCount(2, set.Tables);
    }

    [TestMethod]
    public void Migrations_of_another_context_in_the_same_history_are_ignored()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql) { OtherMigrations = ["20260102000000_Theirs"] }.AddTable(
            "20260101000000_A");
        set.Run("migrate").Succeeds();
        set.Execute("INSERT INTO \"__EFMigrationsHistory\" VALUES ('20260102000000_Theirs', '10.0.0')");
        set.AddTable("20260103000000_C");

        var result = set.Run("migrate").Succeeds();

        Assert.IsEmpty(result.Diagnostics);
        Assert.AreEqual("20260103000000_C (head)", set.Run("current").Succeeds().Lines[1]);
    }

    [TestMethod]
    public void A_history_in_a_schema_of_its_own_is_created_and_used()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql) { HistorySchema = "meta" }.AddTable("20260101000000_A");

        set.Run("migrate").Succeeds();

        Assert.HasCount(1, set.History);
        Assert.HasCount(1, set.Query("SELECT 1 FROM pg_tables WHERE schemaname = 'meta' AND tablename = '__MigrationsBuildJournal'"));
    }

    [TestMethod]
    public void Table_and_columns_of_the_history_have_the_names_that_the_application_gives_them()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite)
        {
            CustomHistory = _ => new HistoryTable(
                null, "applied", "migration_id", "product_version",
                "CREATE TABLE IF NOT EXISTS applied (migration_id TEXT NOT NULL PRIMARY KEY, product_version TEXT NOT NULL);\n"),
        }.AddTable("20260101000000_A").AddTable("20260102000000_B");

        set.Run("migrate").Succeeds();
        Assert.StartsWith("Nothing to apply", set.Run("migrate").Succeeds().Lines[^1]);
        CollectionAssert.AreEqual(
            new[] { "20260101000000_A|10.0.14", "20260102000000_B|10.0.14" },
            set.Query("SELECT migration_id, product_version FROM applied ORDER BY 1").ToArray());
        set.Run("rollback", to: "A").Succeeds();

        CollectionAssert.AreEqual(new[] { "20260101000000_A" }, set.Query("SELECT migration_id FROM applied").ToArray());
    }
}
