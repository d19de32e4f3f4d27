using System.Globalization;
using System.Text.RegularExpressions;
using MigrationsBuild.Lint;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Settings;

/// <summary>The locks that a migration must not hold while it works on a large table.</summary>
/// <param name="Limits">The limits; none if every lock is allowed.</param>
public sealed record RefusedLocks(IReadOnlyList<LockLimit> Limits)
{
    /// <summary>The form of the values, as the end of a sentence that begins with "It must be".</summary>
    public const string Form = "a size such as 500MB or 1GB, or limits such as rewrite:1GB,reads:500MB,writes:10GB, or none";

    private static readonly string[] _units = ["KB", "MB", "GB", "TB"];

    private const string Limit =
        @"^\s*((?<kind>rewrite|reads|writes)\s*:)?\s*(?<number>\d{1,9}(\.\d{1,3})?)\s*(?<unit>[kMGT]B)\s*$";

    /// <summary>Every lock is allowed.</summary>
    public static RefusedLocks None { get; } = new([]);

    /// <summary>Reads a value.</summary>
    /// <param name="text">
    /// <c>none</c>, or limits that are separated by commas. A limit is a size, or <c>rewrite:</c>, <c>reads:</c> or <c>writes:</c> and a
    /// size. A size is a number and one of the units kB, MB, GB and TB, each of which is 1000 times the one before. A size alone is a limit
    /// for <c>writes</c>, which includes the others.
    /// </param>
    /// <returns>The limits; <see langword="null"/> if the text isn't a value.</returns>
    public static RefusedLocks? Parse(string text)
    {
        if (string.Equals(text.Trim(), "none", StringComparison.OrdinalIgnoreCase))
            return None;
        var limits = text.Split(',').Select(ParseLimit).ToList();
        return limits.Contains(null) ? null : new RefusedLocks([.. limits.OfType<LockLimit>()]);
    }

    /// <summary>The limit that work exceeds; <see langword="null"/> if there is none.</summary>
    /// <param name="work">The work under a lock.</param>
    /// <param name="bytes">The size of the table on which it is done; <see langword="null"/> if it isn't known.</param>
    public LockLimit? Exceeded(WorkUnderLock work, long? bytes) =>
        Limits.FirstOrDefault(limit => limit.Concerns(work) && (bytes is null || bytes >= limit.Bytes));

    private static LockLimit? ParseLimit(string text)
    {
        var match = Regex.Match(text, Limit, RegexOptions.IgnoreCase);
        if (!match.Success)
            return null;
        var kind = match.Groups["kind"].Value.ToLowerInvariant();
        var power = Array.IndexOf(_units, match.Groups["unit"].Value.ToUpperInvariant()) + 1;
        var bytes = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * Math.Pow(1000, power);
        return new LockLimit(kind.Length == 0 ? "writes" : kind, (long)bytes, text.Trim());
    }
}

/// <summary>A limit for the size of a table that is worked on under a lock.</summary>
/// <param name="Kind">
/// <c>rewrite</c>: the table is written again. <c>reads</c>: reads of a table are blocked meanwhile. <c>writes</c>: writes are blocked.
/// </param>
/// <param name="Bytes">The size from which it is refused.</param>
/// <param name="Text">The limit as it is written.</param>
public sealed record LockLimit(string Kind, long Bytes, string Text)
{
    /// <summary>Whether the limit is about such work.</summary>
    internal bool Concerns(WorkUnderLock work) => work.Lock >= TableLock.Share && Kind switch
    {
        "rewrite" => work.Work == TableWork.Rewrites,
        "reads" => work.Lock == TableLock.AccessExclusive,
        _ => true,
    };
}
