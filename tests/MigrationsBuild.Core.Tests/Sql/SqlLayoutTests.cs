using MigrationsBuild.Files;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Sql;

/// <summary>What a formatter does to approved SQL: blanks at line ends, lines at the end of the file, a byte order mark.</summary>
[TestClass]
public class SqlLayoutTests
{
    private const string Body =
        "CREATE TABLE t (\n    id integer -- the key\n/* a\n b */);\n\n"
        + "INSERT INTO t VALUES ('a  \nb', $$x \ny$$, \"n \n\");\n";

    [TestMethod]
    [DataRow("(\n", "(  \t\n")]
    [DataRow("key\n", "key  \n")]
    [DataRow("/* a\n", "/* a \n")]
    [DataRow(";\n\n", ";\n\t\n")]
    [DataRow("\");\n", "\");")]
    [DataRow("\");\n", "\");\n\n  \n")]
    [DataRow("\");\n", "\");  ")]
    public void Blanks_outside_literals_are_no_edit(string old, string @new) => Assert.IsTrue(Edited(old, @new).IsAsGenerated);

    [TestMethod]
    [DataRow("'a  \n", "'a\n")]
    [DataRow("$$x \n", "$$x\n")]
    [DataRow("\"n \n", "\"n\n")]
    [DataRow("'a  \n", "'a   \n")]
    [DataRow("    id", "  id")]
    [DataRow("\");\n", "\");\n;")]
    public void Blanks_in_literals_and_anything_else_are_an_edit(string old, string @new) =>
        Assert.IsFalse(Edited(old, @new).IsAsGenerated);

    [TestMethod]
    public void A_file_without_statements_may_end_with_its_header()
    {
        var empty = SqlFile.Generated("20260101000000_A", "down", "App.ShopContext", "EF Core 10", new string('c', 64), null, "").ToText();

        Assert.IsTrue(SqlFile.Parse(empty.TrimEnd('\n') + "\n", SqlDialect.PostgreSql)!.IsAsGenerated);
        Assert.IsTrue(SqlFile.Parse(empty.TrimEnd('\n'), SqlDialect.PostgreSql)!.IsAsGenerated);
        Assert.IsFalse(SqlFile.Parse(File().ToText()[..^Body.Length], SqlDialect.PostgreSql)!.IsAsGenerated, "A file that was cut off.");
    }

    [TestMethod]
    public void The_hash_that_an_earlier_version_made_of_the_text_as_it_was_still_holds()
    {
        const string Old = "CREATE TABLE t (  \n    id integer);\n";
        var file = File() with { GeneratedHash = ContentHash.OfText(Old) };
        var read = SqlFile.Parse(file.ToText().Replace(Body, Old, StringComparison.Ordinal), SqlDialect.PostgreSql)!;

        Assert.IsTrue(read.IsAsGenerated);
        Assert.IsTrue(read.Holds(SqlFile.HashOf("CREATE TABLE t (\n    id integer);\n")));
    }

    [TestMethod]
    public void Blanks_at_line_ends_are_not_written()
    {
        var body = SqlBody.Write(
            [new("CREATE TABLE t (   \n    id text DEFAULT 'a  \n'\n);   \n\n", false), new("SELECT 1 -- x  \n", false)],
            SqlDialect.PostgreSql);

        Assert.AreEqual("CREATE TABLE t (\n    id text DEFAULT 'a  \n'\n);\n\nSELECT 1 -- x\n;\n", body);
    }

    [TestMethod]
    public void A_text_that_was_normalised_once_stays_as_it_is_and_keeps_its_statements()
    {
        var random = new Random(1);
        string[] pieces = ["a", " ", "  \n", "\n", "'", "''", "$$", "\"", "-- x ", "/*", "*/", ";", "\t", "E'\\'", "[", "]"];
        foreach (var dialect in Enum.GetValues<SqlDialect>())
        {
            for (var i = 0; i < 20_000; i++)
            {
                var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
                var normal = SqlLayout.Normalize(text, dialect);

                Assert.AreEqual(normal, SqlLayout.Normalize(normal, dialect), text);
                CollectionAssert.AreEqual(TokenList(text, dialect), TokenList(normal, dialect), text);
            }
        }
    }

    private static string[] TokenList(string text, SqlDialect dialect) =>
        [.. SqlLexer.Tokenize(text, dialect).Where(token => !token.IsTrivia).Select(token => token.In(text))];

    private static SqlFile File() =>
        SqlFile.Generated("20260101000000_A", "up", "App.ShopContext", "EF Core 10", new string('c', 64), null, Body);

    private static SqlFile Edited(string old, string @new)
    {
        using var folder = new TestFolder();
        folder.Write("a.sql", "\uFEFF" + File().ToText().Replace(old, @new, StringComparison.Ordinal));
        return SqlFile.Read(folder["a.sql"], SqlDialect.PostgreSql)!;
    }
}
