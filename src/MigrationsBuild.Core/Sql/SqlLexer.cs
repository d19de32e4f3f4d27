
namespace MigrationsBuild.Sql;

/// <summary>
/// Splits SQL into tokens, as psql and SQLite do, so that a semicolon in a literal or comment ends no statement. The worker and the runner
/// share it, so that they agree on the statements.
/// </summary>
/// <remarks>
/// PostgreSQL's rules are those of its manual, "Lexical Structure", with <c>standard_conforming_strings</c> on.
/// </remarks>
public sealed class SqlLexer
{
    private readonly string _text;
    private readonly SqlDialect _dialect;
    private int _position;

    private SqlLexer(string text, SqlDialect dialect) => (_text, _dialect) = (text, dialect);

    private bool IsPostgreSql => _dialect == SqlDialect.PostgreSql;

    /// <summary>The tokens of a text, in order. Each character belongs to exactly one token.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="dialect">The dialect of the SQL.</param>
    public static IEnumerable<SqlToken> Tokenize(string text, SqlDialect dialect)
    {
        var lexer = new SqlLexer(text, dialect);
        while (lexer._position < text.Length)
        {
            var start = lexer._position;
            var kind = lexer.Next();
            yield return new SqlToken(kind, start, lexer._position);
        }
    }

    private char Peek(int ahead = 0) => _position + ahead < _text.Length ? _text[_position + ahead] : '\0';

    private SqlTokenKind Next()
    {
        var c = Peek();
        if (IsSpace(c))
            return Space();
        if (c == '-' && Peek(1) == '-')
            return LineComment();
        if (c == '/' && Peek(1) == '*')
            return BlockComment();
        if (IsPostgreSql && PostgreSqlLiteral.At(_text, _position) is { } literal)
            return Literal(literal);
        if (c == '\'')
            return Quoted('\'', SqlTokenKind.Literal);
        if (c == '"')
            return Quoted('"', SqlTokenKind.QuotedName);
        if (!IsPostgreSql && c == '`')
            return Quoted('`', SqlTokenKind.QuotedName);
        if (!IsPostgreSql && c == '[')
            return Quoted(']', SqlTokenKind.QuotedName);
        if (IsPostgreSql && c == '$' && DollarTag() is { } tag)
            return Dollar(tag);
        return IsWordStart(c) || char.IsDigit(c) ? Word() : Symbol();
    }

    private SqlTokenKind Space()
    {
        while (_position < _text.Length && IsSpace(_text[_position]))
            _position++;
        return SqlTokenKind.Space;
    }

    private SqlTokenKind LineComment()
    {
        while (_position < _text.Length && _text[_position] != '\n' && (_text[_position] != '\r' || _dialect == SqlDialect.Sqlite))
            _position++;
        return SqlTokenKind.LineComment;
    }

    private SqlTokenKind BlockComment()
    {
        var depth = 0;
        while (_position < _text.Length)
        {
            if (Peek() == '*' && Peek(1) == '/')
            {
                _position += 2;
                if (--depth == 0)
                    return SqlTokenKind.BlockComment;
            }
            else if (Peek() == '/' && Peek(1) == '*' && (depth == 0 || IsPostgreSql))
            {
                _position += 2;
                depth++;
            }
            else
            {
                _position++;
            }
        }

        return SqlTokenKind.Unterminated;
    }

    /// <summary>Reads up to the closing quote. A doubled quote doesn't end the token, except for SQLite's brackets.</summary>
    private SqlTokenKind Quoted(char close, SqlTokenKind kind)
    {
        _position++;
        while (_position < _text.Length)
        {
            if (_text[_position++] != close)
                continue;
            if (Peek() != close || close == ']' && _dialect == SqlDialect.Sqlite)
                return kind;
            _position++;
        }

        return SqlTokenKind.Unterminated;
    }

    private SqlTokenKind Literal(PostgreSqlLiteral literal)
    {
        _position = literal.End;
        return literal.Kind;
    }

    private string? DollarTag()
    {
        var end = _position + 1;
        while (end < _text.Length && IsWordPart(_text[end]) && _text[end] != '$')
            end++;
        if (end >= _text.Length || _text[end] != '$' || char.IsDigit(_text[_position + 1]))
            return null;
        return _text.Substring(_position, end - _position + 1);
    }

    private SqlTokenKind Dollar(string tag)
    {
        var close = _text.IndexOf(tag, _position + tag.Length, StringComparison.Ordinal);
        _position = close < 0 ? _text.Length : close + tag.Length;
        return close < 0 ? SqlTokenKind.Unterminated : SqlTokenKind.DollarLiteral;
    }

    private SqlTokenKind Word()
    {
        while (_position < _text.Length && IsWordPart(_text[_position]))
            _position++;
        return SqlTokenKind.Word;
    }

    private SqlTokenKind Symbol()
    {
        _position++;
        return SqlTokenKind.Symbol;
    }

    /// <summary>
    /// Whether a character is white space. For PostgreSQL and SQLite, a blank that isn't ASCII is a letter: it may be in a name, or in the
    /// tag of a dollar quote.
    /// </summary>
    public static bool IsSpace(char c, SqlDialect dialect) =>
        dialect == SqlDialect.Other ? char.IsWhiteSpace(c) : c is ' ' or (>= '\t' and <= '\r');

    private bool IsSpace(char c) => IsSpace(c, _dialect);

    private bool IsWordStart(char c) => c is '_' || char.IsLetter(c) || c >= '\u0080' && !IsSpace(c);

    private bool IsWordPart(char c) => IsWordStart(c) || char.IsDigit(c) || c == '$';
}
