using System.Globalization;

namespace MigrationsBuild.Revisions;

/// <summary>
/// A position in the chain of migrations in Alembic's syntax: <c>head</c>, <c>base</c>, <c>current</c>, an id or a unique
/// prefix of id or name, <c>+2</c>, <c>-1</c>, <c>AddUsers+1</c>.
/// </summary>
/// <param name="Symbol">The start of the steps; empty for the current revision.</param>
/// <param name="Steps">The steps towards head or, if negative, towards base.</param>
/// <param name="IsRelative">Whether the expression contains steps.</param>
/// <param name="Text">The whole expression.</param>
public sealed record RevisionExpression(string Symbol, int Steps, bool IsRelative, string Text)
{
    /// <summary>Whether it consists of steps only, from the current revision.</summary>
    public bool IsOnlySteps => IsRelative && Symbol.Length == 0;

    /// <summary>Whether its symbol is <c>current</c>.</summary>
    public bool IsCurrent => string.Equals(Symbol, "current", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether its symbol is <c>head</c>.</summary>
    public bool IsFromHead => Symbol.ToUpperInvariant() is "HEAD" or "HEADS";

    /// <summary>Whether it depends on the migrations that a database has applied.</summary>
    public bool IsFromCurrent => IsOnlySteps || IsCurrent;

    /// <summary>Reads an expression. Any text is an expression, but it may not locate a revision.</summary>
    public static RevisionExpression Parse(string text)
    {
        text = text.Trim();
        var sign = text.LastIndexOfAny(['+', '-']);
        return sign >= 0 && int.TryParse(text.Substring(sign), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var steps)
            ? new(text.Substring(0, sign).TrimEnd(), steps, IsRelative: true, text)
            : new(text, 0, IsRelative: false, text);
    }

    /// <summary>The expressions in a property.</summary>
    /// <param name="text">Expressions separated by commas, semicolons or spaces.</param>
    public static IReadOnlyList<string> Split(string text) => text.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries);
}
