using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests.Sql;

/// <summary>What the lexer makes of a text, in a form that a test can spell out.</summary>
internal static class TokenList
{
    /// <summary>Kind and text of each piece but white space: <c>Word SELECT | Literal 'a'</c>.</summary>
    public static string Of(string text, SqlDialect dialect) => string.Join(" | ", SqlLexer.Tokenize(text, dialect)
        .Where(token => token.Kind != SqlTokenKind.Space)
        .Select(token => $"{token.Kind} {token.In(text)}"));
}
