namespace MigrationsBuild.Sql;

/// <summary>What a piece of SQL text is.</summary>
public enum SqlTokenKind
{
    /// <summary>White space, line ends among it.</summary>
    Space,

    /// <summary><c>--</c> up to, but not with, the line's end.</summary>
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

    /// <summary>A single character that is none of these.</summary>
    Symbol,

    /// <summary>A literal, quoted name or comment that the text's end cuts off.</summary>
    Unterminated,
}

/// <summary>A piece of SQL text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Offset of its first character, in UTF-16 units.</param>
/// <param name="End">Offset after its last character.</param>
public readonly record struct SqlToken(SqlTokenKind Kind, int Start, int End)
{
    /// <summary>Whether the database skips it.</summary>
    public bool IsTrivia => Kind is SqlTokenKind.Space or SqlTokenKind.LineComment or SqlTokenKind.BlockComment;

    /// <summary>The piece of this text.</summary>
    /// <param name="text">The text that it was found in.</param>
    public string In(string text) => text.Substring(Start, End - Start);
}
