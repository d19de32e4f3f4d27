using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests.Sql;

[TestClass]
public class SqliteNotesTests
{
    [TestMethod]
    public void A_rebuild_and_a_collation_of_the_application_are_named_once_each()
    {
        var notes = SqliteNotes.Of("""
            CREATE TABLE "ef_temp_A ""b" ("Id" INTEGER, "Name" TEXT COLLATE "UNI", "Code" TEXT COLLATE NOCASE);
            DROP TABLE "A ""b";
            ALTER TABLE "ef_temp_A ""b" RENAME TO "A ""b";
            ALTER TABLE "ef_temp_B" RENAME TO "C";
            CREATE INDEX i ON t (x collate uni, y COLLATE [de]);
            INSERT INTO t VALUES ('COLLATE x');
            """);

        CollectionAssert.AreEqual(
            new[] { "rebuilds table \"A \"\"b\"", "uses the collation \"UNI\"", "uses the collation \"de\"" },
            notes.Select(note => note.Split(':', ',')[0]).ToArray());
    }

    [TestMethod]
    [DataRow("DROP TRIGGER \"a b\"")]
    [DataRow("drop /* the old one */ trigger [a b]")]
    [DataRow("DROP TRIGGER IF EXISTS `A B`;")]
    public void A_name_that_is_dropped_first_is_known_however_it_is_written(string drop) =>
        Assert.IsEmpty(SqliteRebuild.CreatedFirst([drop, "CREATE TRIGGER \"a b\" AFTER INSERT ON t BEGIN SELECT 1; END"]));

    [TestMethod]
    public void Of_a_name_counts_what_is_done_with_it_first()
    {
        string[] statements =
        [
            "CREATE TRIGGER a AFTER INSERT ON t BEGIN SELECT 1; END",
            "DROP TRIGGER a",
            "CREATE UNIQUE INDEX IF NOT EXISTS \"b\" ON t (x)",
            "DROP INDEX c",
            "CREATE INDEX c ON t (x)",
        ];

        CollectionAssert.AreEqual(new[] { "a", "b" }, SqliteRebuild.CreatedFirst(statements).ToArray());
    }
}
