using System.Net.Sockets;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;
using Npgsql;

namespace MigrationsBuild.Runner.Databases;

/// <content>Creating and dropping.</content>
internal sealed partial class PostgreSqlDatabase
{
    public override async Task CreateAsync(CancellationToken cancellation)
    {
        try
        {
            await ExecuteElsewhereAsync($"CREATE DATABASE {SqlText.Quote(Name)}{(Settings.Role.Length > 0 ? $" OWNER {SqlText.Quote(Settings.Role)}" : "")}", cancellation);
        }
        catch (PostgresException failure) when (failure.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another run was faster.
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.UndefinedObject)
        {
            throw RoleFailure(failure);
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new MigrationsException(
                DiagnosticCodes.NoRights, $"The database {Name} doesn't exist, and {_settings.Username} may not create it. Have an administrator run: CREATE DATABASE {SqlText.Quote(Name)} OWNER {SqlText.Quote(_settings.Username ?? "")}", inner: failure);
        }
        catch (Exception failure) when (failure is NpgsqlException or SocketException or TimeoutException)
        {
            throw ConnectionFailure(failure);
        }

        await ConnectAsync(cancellation);
    }

    public override async Task DropAsync(CancellationToken cancellation)
    {
        await DisposeAsync();
        try
        {
            // Whoever is still connected is disconnected: from PostgreSQL 13.
            await ExecuteElsewhereAsync($"DROP DATABASE {SqlText.Quote(Name)} WITH (FORCE)", cancellation);
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new MigrationsException(DiagnosticCodes.NoRights, $"{_settings.Username} may not drop the database {Name}: {failure.MessageText}. Connect as its owner.", inner: failure);
        }
        catch (Exception failure) when (failure is NpgsqlException or SocketException or TimeoutException)
        {
            throw ConnectionFailure(failure);
        }
    }

    /// <summary>Executes a statement while connected to another database of the server.</summary>
    private async Task ExecuteElsewhereAsync(string sql, CancellationToken cancellation)
    {
        await using var source = Source(new NpgsqlConnectionStringBuilder(_settings.ConnectionString) { Database = "postgres" });
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
