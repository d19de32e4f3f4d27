using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationsBuild.Sql;

/// <summary>The change of a column's type.</summary>
internal static class ColumnTypeChange
{
    /// <summary>Types of which each holds all values of those before it.</summary>
    private static readonly string[][] _widening =
    [
        ["smallint", "integer", "bigint", "numeric"],
        ["real", "double precision"],
        ["char", "character", "varchar", "character varying", "text"],
        ["json", "jsonb"],
        ["jsonb", "json"],
        ["cidr", "inet"],
        ["date", "timestamp without time zone", "timestamp with time zone"],
        ["timestamp with time zone", "timestamp without time zone"],
        ["time without time zone", "interval"],
        ["time without time zone", "time with time zone"],
        ["bit", "bit varying"],
        ["money", "numeric"],
    ];

    /// <summary>Whether values may be lost, or the change may fail on them. SQLite's type TEXT holds any value.</summary>
    /// <param name="before">The old type, in the database's syntax.</param>
    /// <param name="after">The new type, in the database's syntax.</param>
    public static bool MayLoseData(string? before, string? after)
    {
        if (before is null || after is null || before == after)
            return false;
        var (oldName, oldArguments) = Parse(before);
        var (newName, newArguments) = Parse(after);
        if (newName is "text" && oldArguments.Length <= 1)
            return false;
        if (oldName == newName)
            return !Grows(oldArguments, newArguments);
        return newArguments.Length > 0 || !_widening.Any(types => IsBefore(types, oldName, newName));
    }

    private static bool IsBefore(string[] types, string oldName, string newName) =>
        Array.IndexOf(types, oldName) is >= 0 and var position && Array.IndexOf(types, newName) > position;

    /// <summary>No arguments mean no limit. A numeric must not lose digits on either side of the decimal point.</summary>
    private static bool Grows(int[] before, int[] after)
    {
        if (after.Length == 0 || before.Length == 0)
            return after.Length == 0;
        return before.Length == 2 && after.Length == 2
            ? after[1] >= before[1] && after[0] - after[1] >= before[0] - before[1]
            : after[0] >= before[0];
    }

    /// <summary>The name and the arguments of a type, in lower case: <c>numeric(10,2)</c>, <c>timestamp(3) with time zone</c>.</summary>
    public static (string Name, int[] Arguments) Parse(string type)
    {
        var match = Regex.Match(type.ToLowerInvariant(), @"^(?<name>[^(]+?)\s*(\((?<arguments>[\d\s,]+)\))?(?<rest>[^)]*)$");
        if (!match.Success)
            return (type, []);
        var arguments = match.Groups["arguments"].Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        return (
            (match.Groups["name"].Value + match.Groups["rest"].Value).Trim(),
            [.. arguments.Select(argument => int.Parse(argument, CultureInfo.InvariantCulture))]);
    }
}
