using System.Data;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Databases.PostgreSql;
using MigrationsBuild.Sql;
using Npgsql;

namespace MigrationsBuild.Runner.Scratch;

/// <summary>
/// A scratch database on a PostgreSQL server. While it exists, the run has a session whose application name is the name of the database,
/// so that other runs can see that it is in use. A database without such a session was left by a run that was killed.
/// </summary>
internal sealed class PostgreSqlScratchServer : IScratchServer
{
    private readonly NpgsqlConnection _owner;
    private readonly string _connectionString;

    private PostgreSqlScratchServer(NpgsqlConnection owner, string connectionString, string name) =>
        (_owner, _connectionString, Name) = (owner, connectionString, name);

    public string Name { get; }

    /// <summary>A random name, by which other runs recognize what a killed run has left.</summary>
    public static string NewName() => ScratchServers.Prefix + Guid.NewGuid().ToString("N")[..16];

    /// <summary>Creates a database of a random name, and drops those that killed runs have left.</summary>
    /// <param name="connectionString">A connection string of the server.</param>
    /// <param name="source">The origin of the connection string, for people.</param>
    /// <param name="template">The database that it must be like; <see langword="null"/> for the server's default.</param>
    /// <exception cref="MigrationsException">The server can't be reached, or doesn't create the database.</exception>
    public static async Task<PostgreSqlScratchServer> CreateAsync(
        string connectionString, string source, ScratchTemplate? template, CancellationToken cancellation)
    {
        var name = NewName();
        NpgsqlConnection? owner = null;
        PostgreSqlScratchServer? server = null;
        try
        {
            owner = await OpenAsync(connectionString, name, cancellation);
            await DropLeftoversAsync(owner, cancellation);
            await CreateAsync(owner, name, template, cancellation);
            server = new PostgreSqlScratchServer(owner, connectionString, name);
            if (template is not null)
                await server.PrepareAsync(template, cancellation);
            return server;
        }
        catch (Exception failure)
        {
            if (server is not null)
                await server.DisposeAsync();
            else if (owner is not null)
                await new PostgreSqlScratchServer(owner, connectionString, name).DisposeAsync();
            if (failure is not (NpgsqlException or ArgumentException or TimeoutException))
                throw;
            throw new MigrationsException(
                DiagnosticCodes.NoScratchServer,
                $"A scratch database can't be created on the server of {source}: {Secrets.Mask(failure.Message)}. "
                + $"Use a role with CREATEDB, or set {ScratchServers.Variable} to the connection string of another server.",
                inner: failure);
        }
    }

    public Database Open(HistoryTable history, RunnerRequest request) =>
        new PostgreSqlDatabase(history, request.Settings, ConnectionString, new DatabaseCreation(), writes: true, new DatabaseEvents());

    private string ConnectionString =>
        new NpgsqlConnectionStringBuilder(_connectionString) { Database = Name, ApplicationName = Name, Pooling = false }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        try
        {
            await using var another = _owner.State == ConnectionState.Open
                ? null
                : await OpenAsync(_connectionString, Name, CancellationToken.None);
            await ExecuteAsync(another ?? _owner, $"DROP DATABASE IF EXISTS {SqlText.Quote(Name)} WITH (FORCE)", CancellationToken.None);
        }
        catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException or TimeoutException)
        {
            // The server has ended. The next run on it drops the database.
        }

        await _owner.DisposeAsync();
    }

    /// <summary>Creates the database. A server that doesn't have the locale uses its own.</summary>
    private static async Task CreateAsync(
        NpgsqlConnection owner, string name, ScratchTemplate? template, CancellationToken cancellation)
    {
        var plain = $"CREATE DATABASE {SqlText.Quote(name)} TEMPLATE template0";
        try
        {
            await ExecuteAsync(owner, template?.CreateStatement(name) ?? plain, cancellation);
        }
        catch (PostgresException failure) when (template is not null && failure.SqlState is "22023" or "42704" or "42809")
        {
            await ExecuteAsync(owner, $"{plain} ENCODING {SqlText.Literal(template!.Encoding)}", cancellation);
        }
    }

    /// <summary>Creates the schema and the extensions that an administrator has created in the database.</summary>
    private async Task PrepareAsync(ScratchTemplate template, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellation);
        foreach (var statement in template.Statements)
        {
            try
            {
                await ExecuteAsync(connection, statement, cancellation);
            }
            catch (PostgresException)
            {
                // The server doesn't have the extension, or the role may not create it. If a migration needs it, the migration fails.
            }
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString, string name, CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = name,
            Pooling = false,
            Multiplexing = false,
            CommandTimeout = 0,
            TcpKeepAlive = true,
        };
        string[] databases = [.. new[] { "postgres", settings.Database, "template1" }.OfType<string>().Distinct()];
        for (var i = 0; ; i++)
        {
            settings.Database = databases[i];
            var connection = new NpgsqlConnection(settings.ConnectionString);
            try
            {
                await connection.OpenAsync(cancellation);
                return connection;
            }
            catch (PostgresException) when (i + 1 < databases.Length)
            {
                // Not every role may connect to every database.
                await connection.DisposeAsync();
            }
        }
    }

    private static async Task DropLeftoversAsync(NpgsqlConnection owner, CancellationToken cancellation)
    {
        var names = new List<string>();
        await using (var command = new NpgsqlCommand(
            """
            SELECT d.datname::pg_catalog.text FROM pg_catalog.pg_database d
            WHERE pg_catalog.starts_with(d.datname::pg_catalog.text, $1) AND pg_catalog.pg_has_role(d.datdba, 'USAGE')
              AND NOT EXISTS (
                  SELECT FROM pg_catalog.pg_stat_activity a
                  WHERE a.application_name OPERATOR(pg_catalog.=) d.datname::pg_catalog.text)
            """,
            owner))
        {
            command.Parameters.AddWithValue(ScratchServers.Prefix);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                names.Add(reader.GetString(0));
        }

        foreach (var name in names)
        {
            try
            {
                await ExecuteAsync(owner, $"DROP DATABASE IF EXISTS {SqlText.Quote(name)} WITH (FORCE)", cancellation);
            }
            catch (PostgresException)
            {
                // Another run drops it at the same time.
            }
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
