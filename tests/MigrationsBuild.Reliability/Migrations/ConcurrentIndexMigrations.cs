namespace MigrationsBuild.Reliability.Migrations;

/// <summary>Indexes that are built outside of a transaction, on a table large enough that others come to wait meanwhile.</summary>
public static class ConcurrentIndexMigrations
{
    /// <summary>All migrations.</summary>
    public static IReadOnlyList<SqlMigration> All { get; } = SqlMigration.Number(
    [
        SqlMigration.CreateLog + """
            INSERT INTO "Log" VALUES (1);
            CREATE TABLE "Items" ("Id" integer PRIMARY KEY, "Name" text NOT NULL);
            INSERT INTO "Items" SELECT i, md5(i::text) FROM generate_series(1, 200000) i;

            """,
        SqlMigration.Outside + "CREATE INDEX CONCURRENTLY \"IX_Items_Name\" ON \"Items\" (\"Name\");\n",
        SqlMigration.LogAndCreate(3),
        SqlMigration.Outside + "CREATE UNIQUE INDEX CONCURRENTLY \"IX_Items_Name_Id\" ON \"Items\" (\"Name\", \"Id\");\n",
        SqlMigration.LogAndCreate(5),
    ]);
}
