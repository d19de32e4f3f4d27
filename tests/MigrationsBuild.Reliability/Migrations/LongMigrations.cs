namespace MigrationsBuild.Reliability.Migrations;

/// <summary>
/// Thirty migrations that take a second or two, with all that users run outside of a transaction: what PostgreSQL refuses inside of one,
/// and an UPDATE that must happen once.
/// </summary>
public static class LongMigrations
{
    /// <summary>All migrations.</summary>
    public static IReadOnlyList<SqlMigration> All { get; } = SqlMigration.Number(
    [
        SqlMigration.CreateLog + """
            INSERT INTO "Log" VALUES (1);
            CREATE TABLE "Items" ("Id" integer PRIMARY KEY, "Name" text NOT NULL, "N" integer NOT NULL);
            INSERT INTO "Items" SELECT i, md5(i::text), i FROM generate_series(1, 30000) i;

            """,
        """
        INSERT INTO "Log" VALUES (2);
        CREATE TABLE "Orders" ("Id" integer PRIMARY KEY, "ItemId" integer NOT NULL REFERENCES "Items", "Number" text NOT NULL);
        INSERT INTO "Orders" SELECT i, 1 + i % 30000, 'O' || i FROM generate_series(1, 20000) i;

        """,
        "INSERT INTO \"Log\" VALUES (3);\nCREATE TYPE \"Status\" AS ENUM ('new', 'paid');\n",
        SqlMigration.Outside + "ALTER TYPE \"Status\" ADD VALUE 'sent';\n",
        SqlMigration.Outside + "CREATE INDEX CONCURRENTLY \"IX_Items_Name\" ON \"Items\" (\"Name\");\n",
        SqlMigration.LogAndCreate(6) + "ALTER TABLE \"Items\" ADD \"Note\" text;\n",
        SqlMigration.LogAndCreate(7) + "UPDATE \"Items\" SET \"Note\" = 'note ' || \"Id\" WHERE \"Id\" % 3 = 0;\n",
        SqlMigration.Outside + "UPDATE \"Items\" SET \"N\" = \"N\" + 1;\n",
        SqlMigration.LogAndCreate(9),
        SqlMigration.Outside + "CREATE UNIQUE INDEX CONCURRENTLY \"IX_Orders_Number\" ON \"Orders\" (\"Number\");\n",
        SqlMigration.Outside + "VACUUM \"Items\";\n",
        SqlMigration.LogAndCreate(12) + "ALTER TABLE \"Orders\" ADD \"Status\" \"Status\" NOT NULL DEFAULT 'sent';\n",
        SqlMigration.LogAndCreate(
            13) + SqlMigration.Outside + "CREATE INDEX CONCURRENTLY \"IX_Orders_ItemId\" ON \"Orders\" "
                + "(\"ItemId\");\n" + "ALTER TABLE \"T13\" ADD \"Behind\" integer;\n",
        SqlMigration.Outside + "DROP INDEX CONCURRENTLY \"IX_Items_Name\";\n",
        SqlMigration.LogAndCreate(15),
        SqlMigration.Outside + "REINDEX INDEX CONCURRENTLY \"IX_Orders_Number\";\n",
        SqlMigration.LogAndCreate(17) + "UPDATE \"Orders\" SET \"Status\" = 'paid' WHERE \"Id\" % 2 = 0;\n",
        SqlMigration.Outside + "CREATE INDEX CONCURRENTLY \"IX_Items_N\" ON \"Items\" (\"N\");\n"
            + SqlMigration.Outside + "UPDATE \"Items\" SET \"N\" = \"N\" + 10 WHERE \"Id\" % 5 = 0;\n"
            + SqlMigration.Outside + "DROP INDEX CONCURRENTLY \"IX_Orders_ItemId\";\n",
        SqlMigration.LogAndCreate(19),
        SqlMigration.LogAndCreate(20) + "DELETE FROM \"Orders\" WHERE \"Id\" % 7 = 0;\n",
        SqlMigration.Outside + "ALTER TYPE \"Status\" ADD VALUE 'lost' BEFORE 'paid';\n" + SqlMigration.LogAndCreate(21),
        SqlMigration.Outside + "REINDEX INDEX CONCURRENTLY \"IX_Items_N\";\n" + SqlMigration.Outside + "VACUUM \"Orders\";\n",
        SqlMigration.LogAndCreate(23),
        SqlMigration.LogAndCreate(24) + "ALTER TABLE \"Items\" ALTER \"N\" TYPE bigint;\n",
        SqlMigration.Outside + "CREATE UNIQUE INDEX CONCURRENTLY \"IX_Items_Id_N\" ON \"Items\" (\"Id\", \"N\");\n",
        .. Enumerable.Range(26, 5).Select(SqlMigration.LogAndCreate),
    ]);
}
