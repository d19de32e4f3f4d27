using MigrationsBuild.Diagnostics;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Revisions;

/// <summary>
/// Two positions in the chain in Alembic's syntax: <c>a:b</c>, <c>:b</c> from base, <c>a:</c> to head, <c>-3:current</c>. A start that
/// consists of steps only is relative to the end, and an end that consists of steps only is relative to the start.
/// </summary>
/// <param name="Start">The expression before the colon; empty for base.</param>
/// <param name="End">The expression after the colon; empty for head.</param>
public sealed record RevisionRange(string Start, string End)
{
    /// <summary>Reads a range.</summary>
    /// <param name="text">The range.</param>
    /// <exception cref="MigrationsException">
    /// The text doesn't have exactly one colon. The message begins like Alembic's, because people search for it.
    /// </exception>
    public static RevisionRange Parse(string text)
    {
        var ends = text.Trim().Split(':');
        return ends.Length == 2
            ? new(ends[0].Trim(), ends[1].Trim())
            : throw new MigrationsException(
                DiagnosticCodes.NoSuchRevision,
                $"History range requires [start]:[end], [start]:, or :[end]: '{text}' isn't a range.",
                Hint.Add("For example", "DbRev", "-3:current"));
    }

    /// <summary>Whether a text is a range, not an expression.</summary>
    public static bool Is(string text) => text.IndexOf(':') >= 0;

    /// <summary>Whether an expression or range depends on the migrations that a database has applied.</summary>
    /// <param name="text">An expression or a range.</param>
    public static bool NeedsCurrent(string text)
    {
        if (!Is(text))
            return RevisionExpression.Parse(text).IsFromCurrent;
        var range = Parse(text);
        var (start, end) = (RevisionExpression.Parse(range.Start), RevisionExpression.Parse(range.End));
        return start.IsCurrent || end.IsCurrent || (start.IsOnlySteps && end.IsOnlySteps);
    }

    /// <summary>The positions of both ends in a chain. As in Alembic, a start before base is base.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="current">The position of the newest applied migration.</param>
    /// <exception cref="MigrationsException">An end can't be located.</exception>
    public (int Start, int End) In(MigrationChain chain, int current)
    {
        var (start, end) = (RevisionExpression.Parse(Start), RevisionExpression.Parse(End));
        if (start.IsOnlySteps && Start.Length > 0)
        {
            var to = End.Length == 0 ? chain.Head : chain.Resolve(End, current);
            return ((int)Math.Min(Math.Max(to + (long)start.Steps, MigrationChain.Base), chain.Head), to);
        }

        var from = Start.Length == 0 ? MigrationChain.Base : chain.Resolve(Start, current);
        return (from, End.Length == 0 ? chain.Head : chain.Resolve(End, end.IsOnlySteps ? from : current));
    }
}
