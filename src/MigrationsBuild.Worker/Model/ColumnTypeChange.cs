using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationsBuild.Worker.Model;

/// <summary>Whether a column's new type holds all values of the old one.</summary>
internal static class ColumnTypeChange
{
    private static readonly string[][] _growing =
    [
        ["smallint", "integer", "bigint", "numeric"],
        ["real", "double precision"],
        ["char", "character", "varchar", "character varying", "text"],
        ["json", "jsonb"],
        ["date", "timestamp without time zone"],
    ];

    /// <summary>Whether values may be lost, or the change may fail on them. SQLite's types hold anything.</summary>
    /// <param name="before">The old type, as the database writes it.</param>
    /// <param name="after">The new type.</param>
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
        return newArguments.Length > 0 || !_growing.Any(types => Array.IndexOf(types, oldName) is >= 0 and var from && Array.IndexOf(types, newName) > from);
    }

    /// <summary>No arguments mean no limit; a numeric must keep its digits on both sides of the point.</summary>
    private static bool Grows(int[] before, int[] after) => (before, after) switch
    {
        (_, []) => true,
        ([], _) => false,
        ([var precision, var scale], [var newPrecision, var newScale]) => newScale >= scale && newPrecision - newScale >= precision - scale,
        _ => after[0] >= before[0],
    };

    private static (string Name, int[] Arguments) Parse(string type)
    {
        var match = Regex.Match(type.ToLowerInvariant(), @"^(?<name>[^(]+?)\s*(\((?<arguments>[\d\s,]+)\))?(?<rest>[^)]*)$");
        if (!match.Success)
            return (type, []);
        var arguments = match.Groups["arguments"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return ((match.Groups["name"].Value + match.Groups["rest"].Value).Trim(), [.. arguments.Select(argument => int.Parse(argument, CultureInfo.InvariantCulture))]);
    }
}
