using System.Globalization;
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

    /// <summary>
    /// The rows of the last command, or of the last before it if it has no result set, such as <c>DO</c>. Each value is a text.
    /// </summary>
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
                    row[i] = reader.IsDBNull(i) ? null : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture);
                rows.Add(row);
            }
        }
        while (await reader.NextResultAsync(cancellation));
        return rows;
    }
}
