using MigrationsBuild.Lint;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests.Lint;

/// <summary>The rules about data also concern SQLite. EF Core rebuilds a table there to change its columns.</summary>
[TestClass]
public class SqliteRuleTests
{
    private const string Users = """CREATE TABLE "Users" ("Id" INTEGER NOT NULL, "Name" TEXT NULL, "Age" INTEGER NOT NULL);""";

    [TestMethod]
    [DataRow("MIG2101", """DROP TABLE "Users";""")]
    [DataRow("MIG2102", """ALTER TABLE "Users" DROP COLUMN "Name";""")]
    [DataRow("MIG2401", """ALTER TABLE "Users" RENAME COLUMN "Name" TO "FullName";""")]
    [DataRow("MIG2105", """ALTER TABLE "Users" RENAME COLUMN "Name" TO "City";""")]
    [DataRow("MIG2107", """DELETE FROM "Users" WHERE "Id" = 1; SELECT changes();""")]
    [DataRow("MIG2108", """DELETE FROM "Users";""")]
    [DataRow("MIG2201", """ALTER TABLE "Users" ADD "City" TEXT NOT NULL;""")]
    [DataRow("", """CREATE TABLE o ("Id" INTEGER NOT NULL CONSTRAINT "PK" PRIMARY KEY AUTOINCREMENT); CREATE INDEX i ON o ("Id");""")]
    [DataRow("", """ALTER TABLE "Users" ADD "City" TEXT NULL; UPDATE "Users" SET "City" = '?';""")]
    [DataRow("", """ALTER TABLE "Users" ADD "City" TEXT NULL; CREATE UNIQUE INDEX i ON "Users" ("Name"); PRAGMA user_version = 1;""")]
    public void A_statement(string codes, string up) => Assert.AreEqual(codes, Codes(up));

    [TestMethod]
    [DataRow("", "\"Id\" INTEGER NOT NULL, \"Name\" TEXT NOT NULL, \"Age\" INTEGER NOT NULL", DisplayName = "keeps all columns")]
    [DataRow("MIG2102", "\"Id\" INTEGER NOT NULL, \"Name\" TEXT NULL", DisplayName = "drops one")]
    [DataRow("MIG2104", "\"Id\" INTEGER NOT NULL, \"FirstName\" TEXT NULL, \"Age\" INTEGER NOT NULL", DisplayName = "drops and adds one")]
    public void A_rebuild(string codes, string columns) => Assert.AreEqual(codes, Codes(
        $"""
        CREATE TABLE "ef_temp_Users" ({columns});
        INSERT INTO "ef_temp_Users" ("Id") SELECT "Id" FROM "Users";
        -- outside a transaction
        PRAGMA foreign_keys = 0;
        DROP TABLE "Users";
        ALTER TABLE "ef_temp_Users" RENAME TO "Users";
        -- outside a transaction
        PRAGMA foreign_keys = 1;
        """));

    [TestMethod]
    public void After_a_rebuild_the_table_still_has_its_rows() => Assert.AreEqual("MIG2108", Codes(
        """
        CREATE TABLE "ef_temp_Users" ("Id" INTEGER NOT NULL, "Name" TEXT NULL, "Age" INTEGER NOT NULL);
        DROP TABLE "Users";
        ALTER TABLE "ef_temp_Users" RENAME TO "Users";
        UPDATE "Users" SET "Name" = '';
        """));

    private static string Codes(string up) =>
        string.Join(" ", Linter.Lint(new LintInput(up, SqlDialect.Sqlite) { Before = Users }).Select(finding => finding.Code));
}
