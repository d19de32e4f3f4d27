using MigrationsBuild.Diagnostics;
using Npgsql;

namespace MigrationsBuild.Runner.Databases;

/// <content>
/// A pooler that gives each transaction another connection to the server, as PgBouncer with <c>pool_mode = transaction</c>, breaks what
/// holds for a session: the lock that keeps other runs out, and the timeouts, which would come upon other clients.
/// </content>
internal sealed partial class PostgreSqlDatabase
{
    private const int Probes = 3;
    private static readonly TimeSpan _probeTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Whether the process that the server says it is isn't the one that was announced at the login: there is a pooler between.</summary>
    private async Task<bool> IsPooledAsync(CancellationToken cancellation) => await BackendAsync(Connection, cancellation) != Connection.ProcessID;

    /// <exception cref="MigrationsException">There is such a pooler between.</exception>
    private async Task RefuseTransactionPoolingAsync(CancellationToken cancellation)
    {
        for (var probe = 0; probe < Probes; probe++)
        {
            if (await SharesBackendAsync(cancellation))
            {
                throw new MigrationsException(
                    DiagnosticCodes.TransactionPooling,
                    $"{Description} is a pooler that changes the server's connection between transactions, such as PgBouncer with pool_mode = transaction. Neither locks nor timeouts hold there, so nothing is done. Connect to the server itself, or to a pool with pool_mode = session.");
            }
        }
    }

    /// <summary>Whether, while a second client is in a transaction, the first one's process is the second one's, or is another one than before.</summary>
    private async Task<bool> SharesBackendAsync(CancellationToken cancellation)
    {
        var before = await BackendAsync(Connection, cancellation);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_probeTimeout);
        try
        {
            await using var second = await _source!.OpenConnectionAsync(patience.Token);
            await using var transaction = await second.BeginTransactionAsync(patience.Token);
            return await BackendAsync(second, patience.Token) == before || await BackendAsync(Connection, cancellation) != before;
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.ProtocolViolation)
        {
            // pool_mode = statement lets nobody begin a transaction.
            return true;
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            // There is no second one to be had: the pool's only connection is ours, then.
            return false;
        }
    }

    private static async Task<int> BackendAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
