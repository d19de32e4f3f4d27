using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationsBuild.Sql;

/// <summary>
/// Compares SQL that differs each time its C# runs, because it contains the current time or a new Guid. If nothing else differs, it wasn't
/// edited.
/// </summary>
internal static class NonDeterministicSql
{
    /// <summary>Whether SQL differs from earlier SQL only in the values that are non-deterministic.</summary>
    /// <param name="kept">The earlier SQL.</param>
    /// <param name="first">The SQL that the C# generates now.</param>
    /// <param name="second">The SQL that the C# generates when it runs again.</param>
    /// <param name="dialect">The dialect of the SQL.</param>
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

    /// <summary>Whether a text contains today's date, so that it may contain the current time.</summary>
    public static bool ContainsToday(string text) =>
        Days().Any(day => text.Contains(day.ToString("yyyy", CultureInfo.InvariantCulture))) && IsToday(text);

    private static List<string> Pieces(string text, SqlDialect dialect) =>
        [.. SqlLexer.Tokenize(text, dialect).Where(token => token.Kind != SqlTokenKind.Space).Select(token => token.In(text))];

    /// <summary>Whether a token contains today's date. Two runs on one day generate the same text if it contains only the date.</summary>
    private static bool IsToday(string piece)
    {
        var numbers = new HashSet<string>(Regex.Matches(piece, "[0-9]+").Cast<Match>().Select(match => match.Value.TrimStart('0')));
        return Days().Any(day => piece.Contains(day.ToString("yyyyMMdd", CultureInfo.InvariantCulture))
            || new[] { day.Year, day.Month, day.Day }.All(part => numbers.Contains(part.ToString(CultureInfo.InvariantCulture))));
    }

    private static DateTime[] Days() => [DateTime.UtcNow, DateTime.Now];

    private static string Shape(string piece) => Regex.Replace(Regex.Replace(piece, "[0-9]+", "#"), @"\b[AP]M\b", "AM");
}
