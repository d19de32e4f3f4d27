using System.Text.RegularExpressions;
using Npgsql;

namespace MigrationsBuild.Runner.Databases;

/// <content>How statements are executed.</content>
internal sealed partial class PostgreSqlDatabase
{
    private const int MaxBatch = 1000;

    /// <summary>
    /// BEGIN and COMMIT go with the statements: a migration takes one round trip. A batch of one statement each, and not one text
    /// of many, because only then does an error name its statement.
    /// </summary>
    public override async Task ExecuteTransactionAsync(IReadOnlyList<SqlCommand> commands, CancellationToken cancellation)
    {
        IReadOnlyList<SqlCommand> all = ["BEGIN", .. TransactionTimeouts, .. commands, "COMMIT"];
        try
        {
            for (var start = 0; start < all.Count; start += MaxBatch)
                await ExecuteBatchAsync([.. all.Skip(start).Take(MaxBatch)], cancellation);
        }
        catch (SqlFailure)
        {
            await RollbackAsync();
            throw;
        }
    }

    /// <summary>Alone: what can't be in a transaction can't be in a batch, either.</summary>
    public override async Task ExecuteOutsideAsync(SqlCommand command, CancellationToken cancellation)
    {
        var makesOthersWait = !_hasOwnTimeouts && !MakesNobodyWait(command);
        if (makesOthersWait)
            await ExecuteBatchAsync(Timeouts("SET", Settings.LockTimeout), cancellation);
        await ExecuteBatchAsync([command], cancellation);
        if (makesOthersWait)
            await ExecuteBatchAsync(SessionTimeouts, CancellationToken.None);
    }

    /// <summary>Neither what the server refuses in a transaction, nor what ends transactions itself, such as an anonymous block.</summary>
    public override bool MayBeInTransaction(SqlCommand command) => !SetsUpConnection(command) && !MakesNobodyWait(command)
        && !Regex.IsMatch(command.Text, @"\b(COMMIT|ROLLBACK)\b", RegexOptions.IgnoreCase);

    /// <summary>SET outside of a transaction holds for the session.</summary>
    public override bool SetsUpConnection(SqlCommand command) => command.Statement is { Words: ["SET" or "RESET", ..] };

    public override async Task<List<string?[]>> QueryAsync(string sql, CancellationToken cancellation)
    {
        try
        {
            return await WatchedAsync(() => QueryAsync(Connection, sql, cancellation));
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            throw Failure(failure, [sql], cancellation);
        }
    }

    private async Task ExecuteBatchAsync(IReadOnlyList<SqlCommand> commands, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(Connection);
        foreach (var command in commands)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(command.Text));
        try
        {
            await WatchedAsync(() => batch.ExecuteNonQueryAsync(cancellation));
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            throw Failure(failure, commands, cancellation, batch);
        }
    }

    private static async Task<List<string?[]>> QueryAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<string?[]>();
        while (await reader.ReadAsync(cancellation))
        {
            var row = new string?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.IsDBNull(i) ? null : reader.GetString(i);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>It makes nobody wait who reads or writes, wherever it waits itself.</summary>
    private static bool MakesNobodyWait(SqlCommand command) =>
        command.Statement is { } statement && (statement.Words.Contains("CONCURRENTLY") || statement.Words is ["VACUUM", ..] && !statement.Words.Contains("FULL"));

    private async Task RollbackAsync()
    {
        try
        {
            await ExecuteBatchAsync(["ROLLBACK"], CancellationToken.None);
        }
        catch (SqlFailure)
        {
            // The connection is gone, and the transaction with it.
        }
    }
}
