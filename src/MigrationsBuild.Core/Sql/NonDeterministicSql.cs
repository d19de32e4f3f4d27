using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationsBuild.Sql;

/// <summary>
/// SQL that C# writes another way each time it runs, because it holds the present moment or a new Guid. Where nothing else differs, it
/// was not edited.
/// </summary>
public static class NonDeterministicSql
{
    /// <summary>Whether two texts differ only where the same C# yields another text each time.</summary>
    /// <param name="kept">The SQL that was written earlier.</param>
    /// <param name="first">What the C# yields now.</param>
    /// <param name="second">What it yields when it runs once more.</param>
    /// <param name="dialect">Who reads the SQL.</param>
    public static bool Explains(string kept, string first, string second, SqlDialect dialect)
    {
        var (old, now, again) = (Pieces(kept, dialect), Pieces(first, dialect), Pieces(second, dialect));
        if (old.Count != now.Count || now.Count != again.Count)
            return false;
        for (var i = 0; i < old.Count; i++)
        {
            if (old[i] != now[i] && now[i] == again[i] && !(IsToday(now[i]) && Shape(old[i]) == Shape(now[i])))
                return false;
        }

        return true;
    }

    /// <summary>Whether a piece of a text holds today's date: then it may be the moment at which it was written.</summary>
    /// <param name="text">The text.</param>
    public static bool ContainsToday(string text) =>
        Days().Any(day => text.Contains(day.ToString("yyyy", CultureInfo.InvariantCulture))) && IsToday(text);

    private static List<string> Pieces(string text, SqlDialect dialect) =>
        [.. SqlLexer.Tokenize(text, dialect).Where(token => token.Kind != SqlTokenKind.Space).Select(token => token.In(text))];

    /// <summary>Two runs in one second, or on one day, yield the same text if it holds no more of the moment than that.</summary>
    private static bool IsToday(string piece)
    {
        var numbers = new HashSet<string>(Regex.Matches(piece, "[0-9]+").Cast<Match>().Select(match => match.Value.TrimStart('0')));
        return Days().Any(day => piece.Contains(day.ToString("yyyyMMdd", CultureInfo.InvariantCulture))
            || new[] { day.Year, day.Month, day.Day }.All(part => numbers.Contains(part.ToString(CultureInfo.InvariantCulture))));
    }

    private static DateTime[] Days() => [DateTime.UtcNow, DateTime.Now];

    private static string Shape(string piece) => Regex.Replace(Regex.Replace(piece, "[0-9]+", "#"), @"\b[AP]M\b", "AM");
}
