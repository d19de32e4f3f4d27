using MigrationsBuild.Testing;
using Npgsql;

namespace MigrationsBuild.Database.Tests;

/// <summary>A database and one session on it, in which a test measures what statements do.</summary>
internal sealed class MeasuredDatabase : IDisposable
{
    private readonly string _name = PostgreSqlServer.NewName();
    private readonly NpgsqlConnection _connection;

    public MeasuredDatabase()
    {
        PostgreSqlServer.Shared.Execute("postgres", $"CREATE DATABASE {_name}");
        _connection = new NpgsqlConnection(ConnectionString);
        _connection.Open();
    }

    public string ConnectionString => PostgreSqlServer.Shared.ConnectionString(_name);

    public void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        command.ExecuteNonQuery();
    }

    /// <summary>The first value of a query, as text; empty if there is none.</summary>
    public string Value(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        return command.ExecuteScalar()?.ToString() ?? "";
    }

    public void Dispose()
    {
        _connection.Dispose();
        PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE {_name} WITH (FORCE)");
    }
}
