using MigrationsBuild.Diagnostics;
using Npgsql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <content>
/// A pooler that gives each transaction another connection to the server, as PgBouncer with <c>pool_mode = transaction</c>, breaks what
/// holds for a session: the lock that keeps other runs out, and the timeouts, which would come upon other clients.
/// </content>
internal sealed partial class PostgreSqlDatabase
{
    private const int Probes = 3;

    /// <exception cref="MigrationsException">There is such a pooler between.</exception>
    private async Task RefuseTransactionPoolingAsync(CancellationToken cancellation)
    {
        // Behind a pooler the server's process isn't the one that was announced at the login.
        if (await BackendAsync(Connection, cancellation) == Connection.ProcessID)
            return;
        bool? changes = false;
        for (var probe = 0; changes == false && probe < Probes; probe++)
            changes = await ChangesBackendAsync(cancellation);
        if (changes == true)
        {
            throw new MigrationsException(
                DiagnosticCodes.TransactionPooling,
                $"{Description} is a pooler that changes the server's connection between transactions, such as PgBouncer with pool_mode = transaction. Neither locks nor timeouts hold there, so nothing is done. Connect to the server itself, or to a pool with pool_mode = session.");
        }
    }

    /// <summary>Whether, while a second client is in a transaction, the first one's process is the second one's, or is another one than before.</summary>
    /// <returns><see langword="null"/> if there is no second connection to be had: the pool's only one is ours, then.</returns>
    private async Task<bool?> ChangesBackendAsync(CancellationToken cancellation)
    {
        if (await BackendInTransactionAsync(Connection, cancellation) is not { } before)
            return true;
        try
        {
            await using var second = _server.ImpatientConnection(seconds: 3);
            await second.OpenAsync(cancellation);
            await using var transaction = await second.BeginTransactionAsync(cancellation);
            return await BackendAsync(second, cancellation) == before || await BackendAsync(Connection, cancellation) != before;
        }
        catch (Exception failure) when (IsDrivers(failure, cancellation))
        {
            return null;
        }
    }

    /// <summary>The server's process in a transaction; <see langword="null"/> where none can be begun: <c>pool_mode = statement</c>.</summary>
    private static async Task<int?> BackendInTransactionAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            return await BackendAsync(connection, cancellation);
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.ProtocolViolation)
        {
            return null;
        }
    }

    private static async Task<int> BackendAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT pg_catalog.pg_backend_pid()", connection);
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
