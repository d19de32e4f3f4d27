using MigrationsBuild.Core.Tests.Statements;
using MigrationsBuild.Lint;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests.Lint;

/// <summary>What holds for any SQL, tried on many texts. The seed makes a failure happen again.</summary>
[TestClass]
public class RandomSqlTests
{
    private static readonly string[] _statements =
    [
        .. RecordedStatementTests.Recorded.Select(recorded => recorded.Sql),
        .. RuleTests.Cases.Select(lint => lint.Up),
    ];

    [TestMethod]
    public void Broken_SQL_is_linted_without_a_failure()
    {
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var (up, before) = (Broken(random), Broken(random));
            try
            {
                _ = Linter.Lint(new LintInput(up, SqlDialect.PostgreSql) { Before = before, After = before, Down = Broken(random) });
                _ = Linter.Lint(new LintInput(up, SqlDialect.Sqlite) { Before = before });
            }
            catch (Exception failure)
            {
                Assert.Fail($"seed {seed}: {failure}\n{up}\n{before}");
            }
        }
    }

    [TestMethod]
    public void Comments_white_space_and_case_change_nothing()
    {
        foreach (var lint in RuleTests.Cases.Concat(KnownCaseTests.Cases))
        {
            var random = new Random(lint.Up.Length);
            var text = string.Concat(SqlLexer.Tokenize(lint.Up, SqlDialect.PostgreSql).Select(token => (token.Kind, random.Next(4)) switch
            {
                (SqlTokenKind.Word, 0) => token.In(lint.Up).ToLowerInvariant(),
                (SqlTokenKind.Word, 1) => token.In(lint.Up).ToUpperInvariant(),
                // The end of a line also ends a comment.
                (SqlTokenKind.Space, 0 or 1) when token.In(lint.Up).Contains('\n', StringComparison.Ordinal) => "\n\n\t",
                (SqlTokenKind.Space, 0) => "\n\t ",
                (SqlTokenKind.Space, 1) => " /* ; ' */ ",
                _ => token.In(lint.Up),
            }));

            var codes = string.Join(" ", Linter.Lint((lint with { Up = text }).Input).Select(finding => finding.Code));

            Assert.AreEqual(lint.Codes, codes, text);
        }
    }

    [TestMethod]
    public void Many_statements_take_no_longer_each()
    {
        var rows = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"INSERT INTO t (a, b) VALUES ({i}, 'x;y');\n"));

        var findings = Linter.Lint(new LintInput("ALTER TYPE mood ADD VALUE 'glad';\n" + rows + "DROP TABLE t;", SqlDialect.PostgreSql));

        Assert.AreEqual("MIG2101", string.Join(" ", findings.Select(finding => finding.Code)));
    }

    /// <summary>Some statements of which tokens were removed, repeated or taken from others.</summary>
    private static string Broken(Random random)
    {
        var text = string.Join(";\n", Enumerable.Range(0, random.Next(4)).Select(_ => _statements[random.Next(_statements.Length)]));
        var tokens = SqlLexer.Tokenize(text, SqlDialect.PostgreSql).Select(token => token.In(text)).ToList();
        for (var edits = random.Next(5); edits > 0 && tokens.Count > 1; edits--)
        {
            var (at, other) = (random.Next(tokens.Count), random.Next(tokens.Count));
            switch (random.Next(4))
            {
                case 0:
                    tokens.RemoveAt(at);
                    break;
                case 1:
                    tokens.Insert(at, tokens[other]);
                    break;
                case 2:
                    tokens[at] = tokens[other];
                    break;
                default:
                    tokens.RemoveRange(at, tokens.Count - at);
                    break;
            }
        }

        return string.Concat(tokens);
    }
}
