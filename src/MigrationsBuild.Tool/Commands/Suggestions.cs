namespace MigrationsBuild.Tool.Commands;

/// <summary>What somebody may have meant.</summary>
internal static class Suggestions
{
    /// <summary>
    /// The candidate that takes the fewest changed, added, missing or swapped letters; <see langword="null"/> if all are far off.
    /// </summary>
    /// <param name="word">What was written.</param>
    /// <param name="candidates">What there is.</param>
    public static string? Nearest(string word, IEnumerable<string> candidates) => For(word, candidates).FirstOrDefault();

    /// <summary>All candidates that aren't far off, the nearest first.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="candidates">What there is.</param>
    public static IEnumerable<string> For(string word, IEnumerable<string> candidates) => candidates
        .Select(candidate => (Word: candidate, Distance: Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
        .Where(candidate => candidate.Distance <= Math.Max(1, word.TrimStart('-').Length / 2))
        .OrderBy(candidate => candidate.Distance)
        .ThenBy(candidate => candidate.Word, StringComparer.Ordinal)
        .Select(candidate => candidate.Word);

    /// <summary>Optimal string alignment.</summary>
    private static int Distance(string a, string b)
    {
        var costs = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    costs[i, j] = i + j;
                    continue;
                }

                costs[i, j] = Math.Min(Math.Min(costs[i - 1, j], costs[i, j - 1]) + 1, costs[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    costs[i, j] = Math.Min(costs[i, j], costs[i - 2, j - 2] + 1);
            }
        }

        return costs[a.Length, b.Length];
    }
}
