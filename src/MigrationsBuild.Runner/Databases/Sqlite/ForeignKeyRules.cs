using System.Globalization;
using System.Text.RegularExpressions;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases.Sqlite;

/// <summary>The rules for migrations that switch foreign keys off while they rebuild a table.</summary>
internal static class ForeignKeyRules
{
    /// <summary>
    /// A placeholder: at the end of a transaction with foreign keys switched off, the result of <c>PRAGMA foreign_key_check</c> is compared
    /// with the result at its beginning.
    /// </summary>
    public static SqlCommand Check { get; } = "PRAGMA foreign_key_check";

    /// <summary>A word or a number, with or without quotes.</summary>
    private static readonly Regex _boolean = new("""^['"`\[]?(?<text>\w+)['"`\]]?$""");

    /// <summary>
    /// EF Core rebuilds a table between two <c>PRAGMA foreign_keys</c>, which have no effect inside a transaction: it takes three. They are
    /// moved around one, so that the migration happens as a whole; but only if nothing outside the rebuild depends on foreign keys.
    /// Dropping a table and changing data do: SQLite deletes the rows that refer to others, or refuses to leave them without.
    /// </summary>
    public static MigrationSteps Divide(IReadOnlyList<SqlCommand> commands)
    {
        var outside = commands.Where(command => command.Statement is { OutsideTransaction: true }).ToList();
        if (outside.Count == 0 || !outside.TrueForAll(command => SwitchOf(command) is not null) || NeedsForeignKeys(commands))
            return MigrationSteps.Of(commands);
        var steps = MigrationSteps.Of([.. commands.Except(outside)]);
        return steps with
        {
            Before = [.. outside.Where(command => SwitchOf(command) == false)],
            After = [.. outside.Where(command => SwitchOf(command) == true)],
            Checks = [Check],
        };
    }

    private static bool NeedsForeignKeys(IReadOnlyList<SqlCommand> commands)
    {
        var isOn = true;
        foreach (var command in commands)
        {
            if (SwitchOf(command) is { } on)
                isOn = on;
            else if (isOn && (ChangesData(command) || command.Statement is { Words: ["DROP", "TABLE", ..] }))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether it switches foreign keys on or off; <see langword="null"/> if it does something else, or if only SQLite knows the form.
    /// </summary>
    /// <seealso href="https://www.sqlite.org/pragma.html"/>
    private static bool? SwitchOf(SqlCommand command)
    {
        if (command.Statement is not { OutsideTransaction: true, Words: ["PRAGMA", "FOREIGN_KEYS", ..] })
            return null;
        List<string> tokens =
        [
            .. SqlLexer.Tokenize(command.Text, SqlDialect.Sqlite).Where(token => !token.IsTrivia).Select(token => token.In(command.Text)),
        ];
        var value = tokens is [_, _, "=", var assigned] ? assigned : tokens is [_, _, "(", var argument, ")"] ? argument : "";
        return _boolean.Match(value).Groups["text"].Value.ToUpperInvariant() switch
        {
            "ON" or "TRUE" or "YES" => true,
            "OFF" or "FALSE" or "NO" => false,
            // SQLite uses the lowest eight bits of a number.
            var text => byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number != 0 : null,
        };
    }

    /// <summary>Whether it changes data. The copy into the table's new form is a part of the rebuild.</summary>
    private static bool ChangesData(SqlCommand command) =>
        command.Statement is { Words: ["DELETE" or "UPDATE" or "REPLACE" or "INSERT" or "WITH", ..] }
        && !command.Text.StartsWith("INSERT INTO \"ef_temp_", StringComparison.Ordinal);

    /// <summary>The number of rows that refer to a row that doesn't exist, by table and referenced table.</summary>
    public static async Task<Dictionary<(string Table, string Parent), int>> ReadOrphansAsync(
        SqliteSession session, CancellationToken cancellation) =>
        (await session.QueryAsync(
            """SELECT "table", "parent", CAST(count(*) AS TEXT) FROM pragma_foreign_key_check GROUP BY 1, 2""", cancellation))
            .ToDictionary(row => (row[0]!, row[1]!), row => int.Parse(row[2]!, CultureInfo.InvariantCulture));

    /// <exception cref="SqlFailure">A transaction has added rows that refer to a row that doesn't exist.</exception>
    public static void RefuseOrphans(
        Dictionary<(string Table, string Parent), int> before, Dictionary<(string Table, string Parent), int> after)
    {
        var added = after
            .Select(pair => (pair.Key, Count: pair.Value - before.GetValueOrDefault(pair.Key)))
            .FirstOrDefault(pair => pair.Count > 0);
        if (added.Count == 0)
            return;
        var ((table, parent), count) = added;
        var rows = count == 1 ? "1 row" : $"{count} rows";
        var message = $"FOREIGN KEY constraint failed: {rows} of \"{table}\" would refer to rows of \"{parent}\" that do not exist";
        throw new SqlFailure(null, 0, FailureKind.Other, message, new InvalidOperationException(message));
    }
}
