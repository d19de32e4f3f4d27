using System.Text.RegularExpressions;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases.Sqlite;

/// <summary>
/// Restores the objects that EF Core's rebuild of a table loses. The rebuild copies the table, drops it and renames the copy. SQLite drops
/// the table's triggers and indexes as well, including those that are not in the model. They are created again in the same transaction.
/// </summary>
/// <param name="session">The session.</param>
internal sealed class RebuiltTables(SqliteSession session)
{
    /// <summary>
    /// A placeholder: the objects that the rebuilds before it have dropped are created here. Its parameters are the migration, and the
    /// names of the objects that a later statement creates again.
    /// </summary>
    private static readonly SqlCommand Restoration = "SELECT 'what a rebuild has dropped'";

    private static readonly Regex _dropping = new("""^DROP TABLE "(?<table>(?:[^"]|"")+)"$""");

    private static readonly Regex _broken = new("error in (.+?): (no such (?:column|table).+)'");

    /// <summary>The triggers and indexes of the tables that are being rebuilt, by table.</summary>
    private readonly Dictionary<string, (SqlCommand Rebuild, List<string?[]> Objects)> _rebuilt = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The placeholder after a migration; none if the migration rebuilds no table.</summary>
    /// <param name="id">The migration.</param>
    /// <param name="commands">The statements of the migration.</param>
    /// <param name="later">The statements of later migrations.</param>
    public static IReadOnlyList<SqlCommand> AfterMigration(
        string id, IReadOnlyList<SqlCommand> commands, IEnumerable<SqlCommand> later)
    {
        var rest = commands.Reverse().TakeWhile(command => !SqliteRebuild.Renaming.IsMatch(command.Text)).Reverse().ToList();
        return rest.Count == commands.Count
            ? []
            : [Restoration with { Parameters = [id, .. SqliteRebuild.CreatedFirst(rest.Concat(later).Select(command => command.Text))] }];
    }

    /// <summary>Whether a statement is the placeholder.</summary>
    public static bool IsRestoration(SqlCommand command) => command.Text == Restoration.Text;

    /// <summary>Forgets the tables of a transaction that has ended.</summary>
    public void Clear() => _rebuilt.Clear();

    /// <summary>Executes a statement of a rebuild.</summary>
    /// <returns>Whether it is one.</returns>
    public async Task<bool> TryExecuteAsync(SqlCommand command, CancellationToken cancellation)
    {
        if (Match(command, _dropping) is { } dropped)
        {
            _rebuilt[dropped] = (command, await session.QueryAsync(
                SqlCommand.Own(
                    """
                    SELECT type, name, sql FROM sqlite_master
                    WHERE tbl_name = $1 COLLATE NOCASE AND type IN ('trigger', 'index') AND sql IS NOT NULL ORDER BY rowid
                    """,
                    dropped),
                cancellation));
        }

        if (Match(command, SqliteRebuild.Renaming) is not { } renamed || !_rebuilt.TryGetValue(renamed, out var rebuilt))
            return false;
        _rebuilt[renamed] = rebuilt with { Rebuild = command };
        await RenameAsync(command, cancellation);
        return true;
    }

    /// <summary>
    /// Renames the copy. A view of the table, or another table's trigger that writes into it, refers to a missing table at this moment, and
    /// SQLite refuses the rename. <see cref="RequireIntactAsync"/> checks them at the end.
    /// </summary>
    private async Task RenameAsync(SqlCommand command, CancellationToken cancellation)
    {
        try
        {
            await session.ExecuteAsync(command, cancellation);
        }
        catch (SqlFailure failure) when (failure.Message.Contains("error in ", StringComparison.Ordinal))
        {
            await session.ExecuteAsync("PRAGMA legacy_alter_table = ON", cancellation);
            try
            {
                await session.ExecuteAsync(command, cancellation);
            }
            finally
            {
                // A rollback doesn't reset it, and a retry on this connection must check again.
                await session.ExecuteAsync("PRAGMA legacy_alter_table = OFF", CancellationToken.None);
            }
        }
    }

    /// <summary>Creates the dropped objects again.</summary>
    /// <param name="restoration">The placeholder.</param>
    /// <returns>The restored objects, as lines for people.</returns>
    public async Task<List<string>> RestoreAsync(SqlCommand restoration, CancellationToken cancellation)
    {
        var done = new List<string>();
        var later = restoration.Parameters.Skip(1).Cast<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (table, (rebuild, objects)) in _rebuilt.Where(pair => Match(pair.Value.Rebuild, SqliteRebuild.Renaming) is not null))
        {
            foreach (var row in objects)
            {
                var (what, name, sql) = ($"{row[0]} {SqlText.Quote(row[1]!)}", row[1]!, row[2]!);
                if (later.Contains(name) && row[0] == "trigger")
                {
                    done.Add(
                        $"  {restoration.Parameters[0]}  the rebuild of {SqlText.Quote(table)} drops {what}, "
                        + "which a later statement creates again");
                }

                if (later.Contains(name) || await HasAsync(name, cancellation))
                    continue;
                await CreateAgainAsync(rebuild, what, sql, cancellation);
                done.Add($"  {restoration.Parameters[0]}  restored {what}, which the rebuild of {SqlText.Quote(table)} had dropped");
            }

            await RequireIntactAsync(table, rebuild, cancellation);
        }

        _rebuilt.Clear();
        return done;
    }

    private async Task<bool> HasAsync(string name, CancellationToken cancellation)
    {
        var query = SqlCommand.Own("SELECT 1 FROM sqlite_master WHERE name = $1 COLLATE NOCASE", name);
        return (await session.QueryAsync(query, cancellation)).Count > 0;
    }

    private async Task CreateAgainAsync(SqlCommand rebuild, string what, string sql, CancellationToken cancellation)
    {
        try
        {
            await session.ExecuteAsync(sql, cancellation);
        }
        catch (SqlFailure failure) when (failure.Kind is not (FailureKind.Cancelled or FailureKind.Blocked))
        {
            var message = $"The table's rebuild drops {what}, which can't be created again: {failure.Message}";
            throw new SqlFailure(rebuild, 0, FailureKind.NotRestored, message, failure);
        }
    }

    /// <summary>SQLite checks the columns in triggers and views when a table is renamed, not when they are created.</summary>
    private async Task RequireIntactAsync(string table, SqlCommand rebuild, CancellationToken cancellation)
    {
        await session.ExecuteAsync("SAVEPOINT rebuilt", cancellation);
        try
        {
            await session.ExecuteAsync($"ALTER TABLE {SqlText.Quote(table)} RENAME TO \"ef_temp_MigrationsBuild\"", cancellation);
        }
        catch (SqlFailure failure) when (_broken.Match(failure.Message) is { Success: true } broken)
        {
            var message = $"After the table's rebuild {broken.Groups[1].Value} would fail: {broken.Groups[2].Value}";
            throw new SqlFailure(rebuild, 0, FailureKind.NotRestored, message, failure);
        }
        catch (SqlFailure failure) when (failure.Kind is not (FailureKind.Cancelled or FailureKind.Blocked))
        {
            // An error about a function, for example, concerns the application's own connection.
        }

        await session.ExecuteAsync("ROLLBACK TO rebuilt", cancellation);
        await session.ExecuteAsync("RELEASE rebuilt", cancellation);
    }

    /// <summary>The name of the table in a statement as EF Core writes it.</summary>
    private static string? Match(SqlCommand command, Regex pattern) =>
        command.Statement is not null && pattern.Match(command.Text) is { Success: true } match
            ? match.Groups["table"].Value.Replace("\"\"", "\"", StringComparison.Ordinal)
            : null;
}
