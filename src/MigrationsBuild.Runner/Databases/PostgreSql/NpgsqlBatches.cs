using Npgsql;
using NpgsqlTypes;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>Converts statements into Npgsql's batches, and their results into texts.</summary>
internal static class NpgsqlBatches
{
    /// <summary>A batch of one command a statement, because only then does an error name its statement.</summary>
    public static NpgsqlBatch Create(NpgsqlConnection connection, IReadOnlyList<SqlCommand> commands)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var command in commands)
        {
            var one = new NpgsqlBatchCommand(command.Text);
            foreach (var value in command.Parameters)
            {
                one.Parameters.Add(new NpgsqlParameter
                {
                    Value = value ?? DBNull.Value,
                    NpgsqlDbType = value is long ? NpgsqlDbType.Bigint : NpgsqlDbType.Text,
                });
            }

            batch.BatchCommands.Add(one);
        }

        return batch;
    }

    /// <summary>The rows of the last command that returns any. A command such as <c>DO</c> has no result.</summary>
    public static async Task<List<string?[]>> ReadLastAsync(NpgsqlBatch batch, CancellationToken cancellation)
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
}
