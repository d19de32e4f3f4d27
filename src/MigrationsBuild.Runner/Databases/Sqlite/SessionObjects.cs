using System.Text.RegularExpressions;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Runner.Databases.Sqlite;

/// <summary>
/// The temporary objects and attached databases of a migration. They end with the connection, so neither a later stretch has them, nor a
/// run that continues the migration.
/// </summary>
internal static class SessionObjects
{
    private static readonly Regex _creation = new(
        """
        ^( CREATE[ ]TEMP(ORARY)?[ ](TABLE|VIEW|TRIGGER)[ ](IF[ ]NOT[ ]EXISTS[ ])?(temp[ ]\.[ ])?
         | CREATE[ ](TABLE|VIEW|TRIGGER)[ ](IF[ ]NOT[ ]EXISTS[ ])?temp[ ]\.[ ]
         | (?<attach>ATTACH)[ ].*[ ]AS[ ] )
        (?<name> "[^"]+" | `[^`]+` | \[[^\]]+\] | '[^']+' | [^ ]+ )
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline);

    /// <summary>The first statement that uses such an object of an earlier stretch.</summary>
    /// <returns>The statement and the reason why it would fail; <see langword="null"/> if there is none.</returns>
    public static (SqlCommand Command, string Reason)? FindMissing(IReadOnlyList<MigrationStretch> stretches)
    {
        var earlier = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var stretch in stretches)
        {
            var own = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var command in stretch.Commands)
            {
                if (_creation.Match(Plain(command.Text)) is { Success: true } match)
                    own[match.Groups["name"].Value.Trim('"', '`', '[', ']', '\'')] = Reason(match);
                else if (earlier.FirstOrDefault(one => !own.ContainsKey(one.Key) && IsNamedIn(command, one.Key)) is { Value: { } reason })
                    return (command, reason);
            }

            // An ATTACH outside a transaction is repeated before each later stretch.
            foreach (var (name, reason) in stretch.IsTransaction ? own : [])
                earlier[name] = reason;
        }

        return null;
    }

    private static bool IsNamedIn(SqlCommand command, string name) => ObjectName.IsNamedIn(command.Text, name, SqlDialect.Sqlite);

    private static string Reason(Match creation) => creation.Groups["attach"].Success
        ? $"the database {creation.Groups["name"].Value} is attached only in an earlier transaction of the migration. "
            + $"Write this line before the ATTACH statement: {SqlScript.OutsideTransactionMark}"
        : $"{creation.Groups["name"].Value} is temporary, so it exists only in an earlier transaction of the migration. "
            + "Create it without TEMP, and drop it at the end of the migration";

    /// <summary>The tokens with one blank between them.</summary>
    private static string Plain(string sql) => string.Join(
        ' ', SqlLexer.Tokenize(sql, SqlDialect.Sqlite).Where(token => !token.IsTrivia).Select(token => token.In(sql)));
}
