using Npgsql;

namespace MigrationsBuild.Database.Tests;

/// <summary>A session that is idle in a transaction, in which it has executed something.</summary>
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
