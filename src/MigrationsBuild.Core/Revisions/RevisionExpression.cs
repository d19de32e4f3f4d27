using System.Globalization;

namespace MigrationsBuild.Revisions;

/// <summary>
/// A place in the chain of migrations as Alembic's users write it: <c>head</c>, <c>base</c>, <c>current</c>, an id or a unique
/// prefix of id or name, <c>+2</c>, <c>-1</c>, <c>AddUsers+1</c>.
/// </summary>
/// <param name="Symbol">What the steps count from; empty for the current revision.</param>
/// <param name="Steps">Steps towards head, or, if negative, towards base.</param>
/// <param name="IsRelative">Whether steps were written.</param>
/// <param name="Text">The expression as it was written.</param>
public sealed record RevisionExpression(string Symbol, int Steps, bool IsRelative, string Text)
{
    /// <summary>Whether it is steps alone, from wherever one stands.</summary>
    public bool IsOnlySteps => IsRelative && Symbol.Length == 0;

    /// <summary>Whether its steps, or none, count from the symbol <c>current</c>.</summary>
    public bool IsCurrent => string.Equals(Symbol, "current", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether its steps, or none, count from the symbol <c>head</c>.</summary>
    public bool IsFromHead => Symbol.ToUpperInvariant() is "HEAD" or "HEADS";

    /// <summary>Whether it depends on what a database has applied.</summary>
    public bool IsFromCurrent => IsOnlySteps || IsCurrent;

    /// <summary>Reads an expression; any text is one, though it may locate nothing.</summary>
    /// <param name="text">The expression.</param>
    public static RevisionExpression Parse(string text)
    {
        text = text.Trim();
        var sign = text.LastIndexOfAny(['+', '-']);
        return sign >= 0 && int.TryParse(text.Substring(sign), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var steps)
            ? new(text.Substring(0, sign).TrimEnd(), steps, IsRelative: true, text)
            : new(text, 0, IsRelative: false, text);
    }

    /// <summary>The expressions of a list, as one property holds it.</summary>
    /// <param name="text">Expressions with commas, semicolons or spaces between.</param>
    public static IReadOnlyList<string> Split(string text) => text.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries);
}
