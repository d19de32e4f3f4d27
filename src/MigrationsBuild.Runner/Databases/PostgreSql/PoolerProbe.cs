using MigrationsBuild.Diagnostics;
using Npgsql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>
/// Detects a pooler that gives each transaction another connection to the server, such as PgBouncer with <c>pool_mode = transaction</c>. It
/// breaks everything that holds for a session: the lock that keeps other runs out, and the timeouts, which would affect other clients.
/// </summary>
/// <param name="server">The server, to which a first connection is open.</param>
internal sealed class PoolerProbe(PostgreSqlServer server)
{
    private const int Attempts = 3;
    private const int SecondsForSecondConnection = 3;

    /// <exception cref="MigrationsException">There is such a pooler between the run and the server.</exception>
    public async Task RefusePoolerAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        // A pooler announces another process at the login than the one that executes the statements.
        if (await ReadProcessAsync(connection, cancellation) == connection.ProcessID)
            return;
        bool? changes = false;
        for (var attempt = 0; changes == false && attempt < Attempts; attempt++)
            changes = await ChangesProcessAsync(connection, cancellation);
        if (changes == true)
        {
            throw new MigrationsException(
                DiagnosticCodes.TransactionPooling,
                $"{server.Description} is a pooler that changes the server's connection between transactions, such as PgBouncer with "
                + "pool_mode = transaction. Neither locks nor timeouts hold there, so nothing is done. "
                + "Connect to the server itself, or to a pool with pool_mode = session.");
        }
    }

    /// <summary>
    /// Whether, while a second client is in a transaction, the first one's process is the second one's, or is another one than before.
    /// </summary>
    /// <returns><see langword="null"/> if there is no second connection: the pool has only one, and this run has it.</returns>
    private async Task<bool?> ChangesProcessAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (await ReadProcessInTransactionAsync(connection, cancellation) is not { } before)
            return true;
        try
        {
            await using var second = server.ImpatientConnection(SecondsForSecondConnection);
            await second.OpenAsync(cancellation);
            await using var transaction = await second.BeginTransactionAsync(cancellation);
            return await ReadProcessAsync(second, cancellation) == before || await ReadProcessAsync(connection, cancellation) != before;
        }
        catch (Exception failure) when (ConnectionFailures.IsOfDriver(failure, cancellation))
        {
            return null;
        }
    }

    /// <summary>The server's process in a transaction; <see langword="null"/> if none can begin: <c>pool_mode = statement</c>.</summary>
    private static async Task<int?> ReadProcessInTransactionAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            return await ReadProcessAsync(connection, cancellation);
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.ProtocolViolation)
        {
            return null;
        }
    }

    private static async Task<int> ReadProcessAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT pg_catalog.pg_backend_pid()", connection);
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
