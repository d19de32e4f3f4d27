using System.Text.RegularExpressions;
using MigrationsBuild.Lint;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Runner.Planning;

/// <summary>
/// The value of <c>DbAcceptLoss</c>: names of columns and tables that may be dropped with their data, such as
/// <c>Users.Avatar, audit.Orders</c>. Names are case-sensitive. Quotes are needed only around other characters than letters, digits and
/// <c>_</c>. The id of a migration accepts the statements of which it isn't known what they drop.
/// </summary>
/// <param name="text">The value; empty for none.</param>
internal sealed partial class AcceptedLosses(string text)
{
    private readonly HashSet<string> _names = [.. Names().Matches(text).Select(match => Written(Parts().Matches(match.Value)))];

    /// <summary>Whether a column, its table, or a table is named.</summary>
    public bool Has(DroppedObject dropped) => NamesOf(dropped.Table).Any(table =>
        _names.Contains(table) || (dropped.Column is { } column && _names.Contains($"{table}.{SqlText.Quote(column)}")));

    /// <summary>Whether a migration is named.</summary>
    public bool Has(string id) => _names.Contains(SqlText.Quote(id));

    /// <summary>The name that accepts a loss.</summary>
    public static string NameOf(DroppedObject dropped) => string.Join(
        ".", new[] { dropped.Table.Schema, dropped.Table.Name, dropped.Column }.OfType<string>().Select(Short));

    private static IEnumerable<string> NamesOf(ObjectName table)
    {
        var name = SqlText.Quote(table.Name);
        return table.Schema is { } schema ? [$"{SqlText.Quote(schema)}.{name}"] : [name, $"\"public\".{name}"];
    }

    private static string Short(string name) => Plain().IsMatch(name) ? name : SqlText.Quote(name);

    private static string Written(MatchCollection parts) =>
        string.Join(".", parts.Select(part => part.Value.StartsWith('"') ? part.Value : SqlText.Quote(part.Value)));

    [GeneratedRegex("""(?:"(?:[^"]|"")+"|[^\s,;"])+""")]
    private static partial Regex Names();

    [GeneratedRegex("\"(?:[^\"]|\"\")+\"|[^.\"]+")]
    private static partial Regex Parts();

    [GeneratedRegex(@"^\w+$")]
    private static partial Regex Plain();
}
