namespace MigrationsBuild.Reliability.Migrations;

/// <summary>
/// Migrations that leave something in the session, or release the lock: search path, role, settings, temporary tables. Each must do what it
/// would do in a run of its own.
/// </summary>
public static class HostileMigrations
{
    /// <summary>All migrations.</summary>
    public static IReadOnlyList<SqlMigration> All { get; } = SqlMigration.Number(
    [
        SqlMigration.CreateLog + LogAndCreate(1) + """
            CREATE SCHEMA other;
            CREATE TABLE "Parent" ("Id" integer PRIMARY KEY);
            CREATE TABLE "Child" ("Parent" integer REFERENCES "Parent");
            CREATE TABLE "Seen" ("State" pg_catalog.text);

            """,
        LogAndCreate(2) + "SELECT pg_catalog.set_config('search_path', 'other', false);\n",
        LogAndCreate(3) + Observe + "SET session_replication_role = replica;\nINSERT INTO \"Child\" VALUES (4711);\n",
        LogAndCreate(4) + Observe + "SET ROLE pg_read_all_data;\n",
        LogAndCreate(5) + Observe + "SELECT pg_advisory_unlock_all();\nSELECT pg_sleep(0.1);\n",
        SqlMigration.Outside + "DISCARD ALL;\n" + LogAndCreate(6) + Observe,
        LogAndCreate(
            7) + "CREATE TEMP TABLE \"T08\" (x integer);\nSET standard_conforming_strings = off;\n"
                + "SET default_transaction_read_only = on;\n",
        LogAndCreate(8) + Observe,
        SqlMigration.Outside + "SELECT pg_advisory_unlock_all();\n" + LogAndCreate(9) + "SELECT pg_sleep(0.1);\n",
        SqlMigration.Outside + "SET search_path = other, public;\n" + SqlMigration.Outside + "SET lock_timeout = '7s';\n" + Observe
            + SqlMigration.Outside + "VACUUM \"Log\";\n" + Observe,
        LogAndCreate(11) + Observe + "DO $$ BEGIN EXECUTE 'SET TIME ZONE ''Asia/Tokyo'''; PERFORM pg_advisory_unlock_all(); END $$;\n",
        LogAndCreate(12) + Observe,
    ]);

    // Qualified, because what a migration calls in a search path that others write into is its own affair.
    private const string Observe =
        "INSERT INTO \"Seen\" SELECT pg_catalog.concat_ws(' ', pg_catalog.current_setting('search_path'), current_user, session_user, "
        + "pg_catalog.current_setting('session_replication_role'), pg_catalog.current_setting('standard_conforming_strings'), "
        + "pg_catalog.current_setting('TimeZone'), pg_catalog.current_setting('lock_timeout'), 'a\\b');\n";

    private static string LogAndCreate(int number) =>
        SqlMigration.LogAndCreate(number).Replace(" text)", " pg_catalog.text)", StringComparison.Ordinal);
}
