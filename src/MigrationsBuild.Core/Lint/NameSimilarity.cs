using System.Text.RegularExpressions;

namespace MigrationsBuild.Lint;

/// <summary>How similar two names are.</summary>
internal static class NameSimilarity
{
    /// <summary>The similarity: 0 for names that have nothing in common, 1 for names that differ only in case and underscores.</summary>
    public static double Of(string one, string other)
    {
        var (first, second) = (Words(one), Words(other));
        var (joined, joinedOther) = (string.Concat(first), string.Concat(second));
        if (joined.Length == 0 || joinedOther.Length == 0)
            return 0;
        if (joined.StartsWith(joinedOther, StringComparison.Ordinal) || joinedOther.StartsWith(joined, StringComparison.Ordinal)
            || joined.EndsWith(joinedOther, StringComparison.Ordinal) || joinedOther.EndsWith(joined, StringComparison.Ordinal))
        {
            return joined == joinedOther ? 1 : 0.8;
        }

        var shared = first.Intersect(second).Count() / (double)first.Union(second).Count();
        var edits = 1 - Distance(joined, joinedOther) / (double)Math.Max(joined.Length, joinedOther.Length);
        // Short words have many letters in common by chance.
        return Math.Max(shared, edits >= 0.6 ? edits : 0);
    }

    private static List<string> Words(string name) =>
        [.. Regex.Matches(name, "[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+").Cast<Match>().Select(match => match.Value.ToLowerInvariant())];

    /// <summary>The Levenshtein distance.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[other.Length];
    }
}
