using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>SQL files that a formatter has touched after their approval.</summary>
[TestClass]
public class FormattedFileTests
{
    private const string File = "20260101000000_A.sql";

    [TestMethod]
    public void Blanks_that_a_formatter_changes_outside_literals_stop_no_run_and_those_in_literals_do()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite)
            .Add("20260101000000_A", "CREATE TABLE a (\n    x\n);\nINSERT INTO a VALUES ('one  \ntwo');\n", null);
        set.Folder.Write(File, set.Folder.Read(File).Replace("one  \n", "one\n", StringComparison.Ordinal));
        set.Run("migrate").FailsWith(DiagnosticCodes.Tampered);

        set.Folder.Write(
            File,
            "\uFEFF" + set.Folder.Read(File).Replace("one\n", "one  \n", StringComparison.Ordinal)
                .Replace("(\n", "(  \n", StringComparison.Ordinal) + "\n\n");
        set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(new[] { "one  \ntwo" }, set.Query("SELECT x FROM a").ToArray());
    }
}
