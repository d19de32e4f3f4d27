namespace MigrationsBuild.Sql;

/// <summary>The kinds of tokens.</summary>
public enum SqlTokenKind
{
    /// <summary>White space, including line ends.</summary>
    Space,

    /// <summary><c>--</c> up to the end of the line, without the line end.</summary>
    LineComment,

    /// <summary><c>/* */</c>; PostgreSQL nests them.</summary>
    BlockComment,

    /// <summary>A keyword, a name without quotes, or a number.</summary>
    Word,

    /// <summary>A literal in single quotes, without backslash escapes.</summary>
    Literal,

    /// <summary>PostgreSQL's <c>E'…'</c>, with backslash escapes.</summary>
    EscapeLiteral,

    /// <summary>PostgreSQL's <c>$tag$…$tag$</c>.</summary>
    DollarLiteral,

    /// <summary>A name in quotes, backticks or brackets.</summary>
    QuotedName,

    /// <summary>Any other single character.</summary>
    Symbol,

    /// <summary>A literal, quoted name or comment without its end.</summary>
    Unterminated,
}

/// <summary>A token of an SQL text.</summary>
/// <param name="Kind">The kind of token.</param>
/// <param name="Start">The offset of its first character, in UTF-16 units.</param>
/// <param name="End">The offset after its last character.</param>
public readonly record struct SqlToken(SqlTokenKind Kind, int Start, int End)
{
    /// <summary>Whether it is white space or a comment.</summary>
    public bool IsTrivia => Kind is SqlTokenKind.Space or SqlTokenKind.LineComment or SqlTokenKind.BlockComment;

    /// <summary>The text of the token.</summary>
    /// <param name="text">The text that contains it.</param>
    public string In(string text) => text.Substring(Start, End - Start);
}
