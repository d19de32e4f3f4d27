using Npgsql;

namespace MigrationsBuild.Database.Tests;

/// <summary>Somebody who has begun a transaction, executed something in it, and gone for lunch.</summary>
internal sealed class OpenTransaction : IDisposable
{
    private readonly NpgsqlConnection _connection;

    public OpenTransaction(MigrationSet set, string sql, string? database = null)
    {
        _connection = new NpgsqlConnection(set.Server.ConnectionString(database ?? set.Database) + ";Application Name=lunch");
        _connection.Open();
        ProcessId = _connection.ProcessID;
        Execute("BEGIN; " + sql);
    }

    public int ProcessId { get; }

    public void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        command.ExecuteNonQuery();
    }

    public void Dispose() => _connection.Dispose();
}
