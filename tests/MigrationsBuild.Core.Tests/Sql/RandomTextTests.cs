using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests.Sql;

/// <summary>What holds for any text, tried on many; the seed makes a failure happen again.</summary>
[TestClass]
public class RandomTextTests
{
    private static readonly string[] _pieces =
    [
        "'", "''", "\"", "`", "[", "]", "$$", "$a$", "$", "\\", "\\'", "--", "/*", "*/", "*", "/", ";", ";", "(", ")", "\n", "\r", "\r\n",
        " ", "\t", "E'", "N'", "U&'", "X'", "a", "ä", "😀", "1", "&", "begin", "case", "end", "CREATE ", "FUNCTION ", "TRIGGER ",
        "SELECT ", "\u00a0", "\0", "-- outside a transaction\n", "UESCAPE ", "'!'", "\u0007", "\u0085", "\u200B", "\u2066", "\u2069",
    ];

    [TestMethod]
    [DataRow(SqlDialect.Other)]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Tokens_cover_a_text_exactly_and_in_order(SqlDialect dialect)
    {
        foreach (var (seed, text) in Texts(20_000))
        {
            var tokens = SqlLexer.Tokenize(text, dialect).ToList();

            Assert.AreEqual(text, string.Concat(tokens.Select(token => token.In(text))), $"seed {seed}");
            Assert.DoesNotContain(token => token.End <= token.Start, tokens, $"seed {seed}");
        }
    }

    private static bool IsRefused(string text, SqlDialect dialect) =>
        text.Contains('\0', StringComparison.Ordinal) || SqlScript.Parse(text, dialect).Any(statement => statement.Flaw is not null);

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql, false)]
    [DataRow(SqlDialect.PostgreSql, true)]
    [DataRow(SqlDialect.Sqlite, false)]
    [DataRow(SqlDialect.Sqlite, true)]
    public void What_is_written_reads_as_the_statements_that_were_given(SqlDialect dialect, bool outside)
    {
        var written = 0;
        foreach (var (seed, text) in Texts(20_000))
        {
            var given = SqlScript.Parse(text, dialect);
            var isEscaped = text.Any(c => char.IsControl(c) && c is not ('\n' or '\t'));
            if (isEscaped || IsRefused(text, dialect) || InvisibleSql.Find(text, dialect) is not null)
                continue;

            var body = SqlBody.Write([new(text, outside), new("SELECT 1", false)], dialect);

            (string, bool) Piece(SqlStatement statement, bool isOutside) => (SqlLayout.Normalize(statement.Text, dialect), isOutside);
            var expected = given.Select(statement => Piece(statement, statement.OutsideTransaction || outside))
                .Append(("SELECT 1\n", false))
                .ToList();
            var actual = SqlScript.Parse(body, dialect).Select(statement => Piece(statement, statement.OutsideTransaction)).ToList();
            CollectionAssert.AreEqual(expected, actual, $"seed {seed}: {text}");
            var again = SqlScript.Parse(SqlBody.Write(SqlBody.Read(body, dialect), dialect), dialect);
            CollectionAssert.AreEqual(
                actual, again.Select(statement => Piece(statement, statement.OutsideTransaction)).ToList(), $"seed {seed}: {text}");
            written++;
        }

        Assert.IsGreaterThan(1_000, written, "Enough texts hold whole statements.");
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void What_is_written_is_valid_can_be_seen_and_stays_as_it_is(SqlDialect dialect)
    {
        var escaped = 0;
        foreach (var (seed, text) in Texts(20_000).Where(entry => !IsRefused(entry.Text, dialect)))
        {
            if (TryWrite(text, dialect) is not { } body)
                continue;

            Assert.IsNull(InvisibleSql.Find(body, dialect), $"seed {seed}");
            Assert.DoesNotContain(c => char.IsControl(c) && c is not ('\n' or '\t'), body, $"seed {seed}");
            Assert.DoesNotContain(
                statement => statement.Flaw is not null || !statement.IsTerminated, SqlScript.Parse(body, dialect), $"seed {seed}: {text}");
            Assert.AreEqual(body, TryWrite(body, dialect), $"seed {seed}");
            escaped += InvisibleSql.Find(text, dialect) is null ? 0 : 1;
        }

        Assert.IsGreaterThan(100, escaped, "Enough literals hold control characters.");
    }

    /// <summary>The body; none if the text holds, outside of literals, what can't be seen.</summary>
    private static string? TryWrite(string text, SqlDialect dialect)
    {
        try
        {
            return SqlBody.Write([new(text, false)], dialect);
        }
        catch (FormatException failure)
        {
            Assert.Contains("which a reviewer can't see", failure.Message);
            return null;
        }
    }

    private static IEnumerable<(int Seed, string Text)> Texts(int count) => Enumerable.Range(0, count).Select(seed =>
    {
        var random = new Random(seed);
        return (seed, string.Concat(random.GetItems(_pieces, random.Next(1, 16))));
    });
}
