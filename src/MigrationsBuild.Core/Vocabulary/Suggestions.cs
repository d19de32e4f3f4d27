namespace MigrationsBuild.Vocabulary;

/// <summary>Suggestions for misspelled words.</summary>
public static class Suggestions
{
    /// <summary>The most similar candidate; <see langword="null"/> if none is similar.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates) => For(word, candidates).FirstOrDefault();

    /// <summary>The similar candidates, the most similar first: those that differ in at most half of the letters.</summary>
    public static IEnumerable<string> For(string word, IEnumerable<string> candidates) => candidates
        .Select(candidate => new Candidate(candidate, Distance(word, candidate)))
        .Where(candidate => candidate.Distance <= Math.Max(1, word.TrimStart('-').Length / 2))
        .OrderBy(candidate => candidate.Distance)
        .ThenBy(candidate => candidate.Word, StringComparer.Ordinal)
        .Select(candidate => candidate.Word);

    /// <summary>
    /// The candidate that a word is almost certainly meant to be, although it could be another word: one letter differs, or two of ten or
    /// more. <see langword="null"/> if there is none, or if the word is a candidate.
    /// </summary>
    public static string? Misspelled(string word, IEnumerable<string> candidates)
    {
        Candidate? nearest = null;
        foreach (var candidate in candidates)
        {
            // Most words are right, and every build asks for some.
            if (string.Equals(candidate, word, StringComparison.OrdinalIgnoreCase))
                return null;
            if (Math.Abs(candidate.Length - word.Length) <= 2 && Distance(word, candidate) is var distance
                && distance <= (word.Length < 10 ? 1 : 2) && (nearest is null || distance < nearest.Distance))
            {
                nearest = new(candidate, distance);
            }
        }

        return nearest?.Word;
    }

    /// <summary>The number of changed, added, missing and swapped letters (optimal string alignment), whatever their case.</summary>
    private static int Distance(string word, string candidate)
    {
        var (a, b) = (word.ToLowerInvariant(), candidate.ToLowerInvariant());
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

                var change = costs[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                costs[i, j] = Math.Min(Math.Min(costs[i - 1, j], costs[i, j - 1]) + 1, change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    costs[i, j] = Math.Min(costs[i, j], costs[i - 2, j - 2] + 1);
            }
        }

        return costs[a.Length, b.Length];
    }

    private sealed record Candidate(string Word, int Distance);
}
