using System.Text.RegularExpressions;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Statements;

/// <summary>Reads <c>DO</c> blocks: the statements in their control flow, and literals that they execute.</summary>
/// <param name="parser">The parser of the statements.</param>
/// <param name="dialect">The dialect of the SQL.</param>
internal sealed class CodeBlocks(StatementParser parser, SqlDialect dialect)
{
    /// <summary>The words that end the head of a control structure, after which a statement follows.</summary>
    private static readonly string[] _openings = ["BEGIN", "THEN", "ELSE", "LOOP"];

    /// <summary>Statements of PL/pgSQL that change nothing.</summary>
    private static readonly HashSet<string> _harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "END", "IF", "RAISE", "RETURN", "EXIT", "CONTINUE", "NULL", "DECLARE", "EXCEPTION", "WHEN", "ELSIF", "CASE", "FOR", "WHILE", "GET",
    };

    /// <summary>Reads a block.</summary>
    public Statement Read(string statement)
    {
        var literal = SqlLexer.Tokenize(statement, dialect)
            .Where(token => token.Kind is SqlTokenKind.DollarLiteral or SqlTokenKind.Literal)
            .Select(token => token.In(statement))
            .FirstOrDefault();
        return literal is null
            ? new UnknownStatement("DO has no body")
            : new CodeBlock([.. SqlScript.Parse(Content(literal), dialect).SelectMany(inner => OfPiece(inner.Text))]);
    }

    /// <summary>The statements between two semicolons. There is more than one only if control structures begin there.</summary>
    private IEnumerable<Statement> OfPiece(string piece)
    {
        var tokens = SqlLexer.Tokenize(piece, dialect).Where(token => !token.IsTrivia).ToList();
        var start = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == SqlTokenKind.Word && Array.IndexOf(_openings, tokens[i].In(piece).ToUpperInvariant()) >= 0)
                start = i + 1;
        }

        if (start >= tokens.Count)
            return [];
        var text = piece.Substring(tokens[start].Start, tokens[tokens.Count - 1].End - tokens[start].Start);
        var word = tokens[start].In(piece);
        if (word.Equals("PERFORM", StringComparison.OrdinalIgnoreCase))
            return [parser.Parse("SELECT" + text.Substring(word.Length))];
        if (word.Equals("EXECUTE", StringComparison.OrdinalIgnoreCase))
            return Executed(piece, tokens, start);
        var isAssignment = tokens.Count > start + 2 && tokens[start + 1].In(piece) == ":" && tokens[start + 2].In(piece) == "=";
        var isDeclaration = start == 0 && tokens.Count > 1 && parser.Parse(text) is UnknownStatement && text.IndexOf('(') < 0;
        return isAssignment || isDeclaration || _harmless.Contains(word) ? [] : [parser.Parse(text)];
    }

    private IEnumerable<Statement> Executed(string piece, List<SqlToken> tokens, int start) =>
        tokens.Count == start + 2 && tokens[start + 1].Kind is SqlTokenKind.Literal or SqlTokenKind.DollarLiteral
            ? parser.ParseAll(Content(tokens[start + 1].In(piece)))
            : [new UnknownStatement("EXECUTE runs SQL that a block composes")];

    private static string Content(string literal) => literal[0] == '$'
        ? Regex.Replace(literal, @"^\$[^$]*\$|\$[^$]*\$$", "")
        : literal.Substring(1, literal.Length - 2).Replace("''", "'");
}
