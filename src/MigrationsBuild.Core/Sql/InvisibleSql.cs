using MigrationsBuild.Text;

namespace MigrationsBuild.Sql;

/// <summary>Finds characters in SQL that a reviewer can't see. It knows where a literal is: there, some of them are data.</summary>
internal static class InvisibleSql
{
    /// <summary>
    /// The first of these characters that SQL must not contain. A literal is data: it may contain characters without a glyph, and
    /// bidirectional controls that are closed before the end of the line and of the literal.
    /// </summary>
    /// <param name="text">One or more statements.</param>
    /// <param name="dialect">The dialect of the SQL.</param>
    internal static InvisibleCharacter? Find(string text, SqlDialect dialect)
    {
        // This is enough for nearly all files. The lexer is slower.
        if (InvisibleText.Find(text) is null)
            return null;
        var isCode = new CodeInLiterals();
        foreach (var token in SqlLexer.Tokenize(text, dialect))
        {
            if (FindInToken(text, token, dialect, isCode.Follow(text, token)) is { } found)
                return found;
        }

        return null;
    }

    private static InvisibleCharacter? FindInToken(string text, SqlToken token, SqlDialect dialect, bool isCode)
    {
        switch (token.Kind)
        {
            case SqlTokenKind.DollarLiteral when isCode:
                var tag = text.IndexOf('$', token.Start + 1) + 1 - token.Start;
                var body = text.Substring(token.Start + tag, token.End - token.Start - 2 * tag);
                return Find(body, dialect) is { } found ? found with { Offset = token.Start + tag + found.Offset } : null;
            case SqlTokenKind.DollarLiteral:
                return InvisibleText.FindInData(text, token.Start, token.End);
            case SqlTokenKind.Literal or SqlTokenKind.EscapeLiteral:
                return FindInLiteral(text, token, dialect);
            default:
                return InvisibleText.Find(text, token.Start, token.End);
        }
    }

    /// <summary>Searches a literal. In PostgreSQL there may be comments between its parts.</summary>
    private static InvisibleCharacter? FindInLiteral(string text, SqlToken token, SqlDialect dialect)
    {
        if (dialect != SqlDialect.PostgreSql || PostgreSqlLiteral.At(text, token.Start) is not { } literal)
            return InvisibleText.FindInData(text, token.Start, token.End);
        var position = token.Start;
        foreach (var (start, end) in literal.Parts)
        {
            if ((InvisibleText.Find(text, position, start) ?? InvisibleText.FindInData(text, start, end)) is { } found)
                return found;
            position = end;
        }

        return null;
    }

    /// <summary>Recognizes dollar-quoted literals that are the body of a function, a procedure or a DO block, and so are code.</summary>
    private sealed class CodeInLiterals
    {
        private readonly List<string> _words = [];

        public bool Follow(string text, SqlToken token)
        {
            // The first words identify the statement: CREATE OR REPLACE FUNCTION.
            if (token.Kind == SqlTokenKind.Word && _words.Count < 4)
                _words.Add(token.In(text).ToUpperInvariant());
            else if (token.Kind == SqlTokenKind.Symbol && text[token.Start] == ';')
                _words.Clear();
            return _words.Count > 0
                && (_words[0] == "DO" || _words[0] == "CREATE" && (_words.Contains("FUNCTION") || _words.Contains("PROCEDURE")));
        }
    }
}
