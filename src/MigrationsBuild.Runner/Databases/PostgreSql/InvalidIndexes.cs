using System.Text.RegularExpressions;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>
/// Drops the invalid indexes that a failed statement has left: CREATE INDEX CONCURRENTLY leaves one of its own name, REINDEX CONCURRENTLY
/// one of the index's name followed by _ccnew or _ccold. No query uses them, and every write maintains them.
/// </summary>
/// <param name="session">The session.</param>
internal sealed class InvalidIndexes(PostgreSqlSession session)
{
    /// <summary>Drops those that an earlier attempt at a statement has left.</summary>
    /// <returns>A sentence for people; <see langword="null"/> if there was none.</returns>
    public async Task<string?> DropAsync(SqlCommand command, CancellationToken cancellation)
    {
        var names = await FindAsync(command, cancellation);
        foreach (var name in names)
            await session.ExecuteAsync($"DROP INDEX CONCURRENTLY {name}", cancellation);
        return names.Count == 0 ? null : $"dropped the invalid index {string.Join(", ", names)}, which a failed run has left";
    }

    private async Task<List<string>> FindAsync(SqlCommand command, CancellationToken cancellation)
    {
        if (command.Statement is { Words: ["REINDEX", "INDEX" or "TABLE", "CONCURRENTLY", ..] })
        {
            var rebuilt = await ReadRelationAsync(RebuiltName(command.Text), cancellation);
            return await ReadInvalidAsync(rebuilt, "c.relname ~ '_cc(new|old)[0-9]*$' AND $3::text IS NULL", null, cancellation);
        }

        if (CreatedObject.Of(command.Text, SqlDialect.PostgreSql) is { IsConcurrent: true, Table: { } table } index)
        {
            var relation = await ReadRelationAsync(table, cancellation);
            return await ReadInvalidAsync(relation, "c.relname = (parse_ident($3))[1]", index.Name, cancellation);
        }

        return [];
    }

    /// <summary>The index or table that a REINDEX CONCURRENTLY names: everything after that word.</summary>
    private static string RebuiltName(string statement) =>
        Regex.Match(statement, @"\bCONCURRENTLY\s+(?<name>.+)", RegexOptions.IgnoreCase | RegexOptions.Singleline).Groups["name"].Value;

    /// <summary>The oid of a table or an index whose name the migration's search path completes.</summary>
    private async Task<string?> ReadRelationAsync(string name, CancellationToken cancellation)
    {
        var query = SqlCommand.Own("SELECT pg_catalog.to_regclass($1)::pg_catalog.oid::pg_catalog.text", name);
        return (await session.QueryInUsersPathAsync(query, cancellation))[0][0];
    }

    /// <summary>An index that another session is building right now is invalid as well, and is left out.</summary>
    private async Task<List<string>> ReadInvalidAsync(string? relation, string condition, string? index, CancellationToken cancellation)
    {
        var query = SqlCommand.Own(
            $"""
            SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE i.indrelid = coalesce((SELECT indrelid FROM pg_index WHERE indexrelid = $1::oid), $2::oid)
              AND NOT i.indisvalid AND {condition}
              AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)
            """,
            relation, relation, index);
        return [.. (await session.QueryAsync(query, cancellation)).Select(row => row[0]!)];
    }
}
