using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <content>How statements are executed.</content>
internal sealed partial class PostgreSqlDatabase
{
    private const int MaxBatch = 1000;

    /// <summary>
    /// Has names mean PostgreSQL's own objects until the transaction ends: in a schema of the user's search path another role may have
    /// planted functions and operators of the same names (CVE-2018-1058).
    /// </summary>
    private static SqlCommand SafePath => "SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true)";

    /// <summary>
    /// BEGIN and COMMIT go with the statements: a migration takes one round trip. A batch of one statement each, and not one text
    /// of many, because only then does an error name its statement. A fresh state makes the session ours by itself.
    /// </summary>
    public override async Task ExecuteTransactionAsync(IReadOnlyList<SqlCommand> commands, CancellationToken cancellation)
    {
        var isOurs = commands is [var first, ..] && ReferenceEquals(first, ResetAll);
        IReadOnlyList<SqlCommand> all = [Begin, .. isOurs ? [] : new[] { Ourselves(Settings.LockTimeout, RequireLock) }, .. commands, Commit];
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
    public override async Task ExecuteOutsideAsync(SqlCommand command, IReadOnlyList<SqlCommand> setUp, CancellationToken cancellation)
    {
        await ExecuteTransactionAsync([.. FreshState([]), .. MakesNobodyWait(command) ? [] : new[] { SessionLockTimeout }, .. setUp], cancellation);
        // It would release the lock; all else that it does has just been done.
        if (command.Statement is not { Words: ["DISCARD", "ALL"] })
            await ExecuteBatchAsync([command], cancellation);
    }

    /// <summary>Neither what the server refuses in a transaction, nor what ends transactions itself, such as an anonymous block.</summary>
    public override bool MayBeInTransaction(SqlCommand command) => !SetsUpConnection(command) && !MakesNobodyWait(command)
        && !Regex.IsMatch(command.Text, @"\b(COMMIT|ROLLBACK)\b", RegexOptions.IgnoreCase);

    /// <summary>SET outside of a transaction holds for the session.</summary>
    public override bool SetsUpConnection(SqlCommand command) => command.Statement is { Words: ["SET" or "RESET", ..] };

    /// <summary>As ourselves, and with names that nobody else can give another meaning.</summary>
    public override Task<List<string?[]>> QueryAsync(SqlCommand query, CancellationToken cancellation) =>
        QueryAsync([Ourselves(Patience), SafePath, query], cancellation);

    /// <summary>For names that a user has written. All others in the query must be qualified.</summary>
    private Task<List<string?[]>> QueryInUsersPathAsync(SqlCommand query, CancellationToken cancellation) => QueryAsync([query], cancellation);

    private async Task<List<string?[]>> QueryAsync(IReadOnlyList<SqlCommand> commands, CancellationToken cancellation)
    {
        await using var batch = Batch(Connection, commands);
        try
        {
            return await WatchedAsync(() => ReadLastAsync(batch, cancellation));
        }
        catch (Exception failure) when (failure is not SqlFailure)
        {
            throw Failure(failure, commands, cancellation, batch);
        }
    }

    private async Task ExecuteBatchAsync(IReadOnlyList<SqlCommand> commands, CancellationToken cancellation)
    {
        await using var batch = Batch(Connection, commands);
        (_running, _runningCommands) = (batch, commands);
        try
        {
            await WatchedAsync(() => batch.ExecuteNonQueryAsync(cancellation));
        }
        catch (Exception failure) when (failure is not SqlFailure)
        {
            throw Failure(failure, commands, cancellation, batch);
        }
        finally
        {
            _running = null;
        }
    }

    private static NpgsqlBatch Batch(NpgsqlConnection connection, IReadOnlyList<SqlCommand> commands)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var command in commands)
        {
            var one = new NpgsqlBatchCommand(command.Text);
            foreach (var value in command.Parameters)
                one.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = value is long ? NpgsqlDbType.Bigint : NpgsqlDbType.Text });
            batch.BatchCommands.Add(one);
        }

        return batch;
    }

    /// <summary>The rows of the last command that returns any; one like <c>DO</c> has no result to go through.</summary>
    private static async Task<List<string?[]>> ReadLastAsync(NpgsqlBatch batch, CancellationToken cancellation)
    {
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var rows = new List<string?[]>();
        do
        {
            rows.Clear();
            while (await reader.ReadAsync(cancellation))
            {
                var row = new string?[reader.FieldCount];
                for (var i = 0; i < row.Length; i++)
                    row[i] = reader.IsDBNull(i) ? null : reader.GetString(i);
                rows.Add(row);
            }
        }
        while (await reader.NextResultAsync(cancellation));
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
