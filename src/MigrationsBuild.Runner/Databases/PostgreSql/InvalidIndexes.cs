using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>
/// Drops the invalid indexes that a failed statement has left: CREATE INDEX CONCURRENTLY leaves one of its own name, REINDEX CONCURRENTLY
/// one of the index's name followed by _ccnew or _ccold. No query uses them, and every write maintains them.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="command">The statement.</param>
/// <param name="setUp">The statements by which the migration has set up the session for it, and with it the search path.</param>
internal sealed class InvalidIndexes(PostgreSqlSession session, SqlCommand command, IReadOnlyList<SqlCommand> setUp)
{
    /// <summary>An index that another session is building right now is invalid as well, and is left out.</summary>
    private const string Invalid =
        "NOT i.indisvalid AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)";

    private const string Named = "c.relname = (parse_ident($3))[1]";

    /// <summary>Drops those that an earlier attempt at the statement has left.</summary>
    /// <returns>A sentence for people; <see langword="null"/> if there was none.</returns>
    public async Task<string?> DropAsync(CancellationToken cancellation)
    {
        var names = await FindAsync(cancellation);
        foreach (var name in names)
            await session.ExecuteAsync($"DROP INDEX CONCURRENTLY {name}", cancellation);
        return names.Count == 0 ? null : $"dropped the invalid index {string.Join(", ", names)}, which a failed run has left";
    }

    /// <summary>Whether the index that the statement creates concurrently is valid, or the statement creates none.</summary>
    public async Task<bool> IsBuiltAsync(CancellationToken cancellation) =>
        CreatedIndex is not { Table: { } table } index
        || (await ReadAsync("i.indisvalid", await ReadRelationAsync(table, cancellation), Named, index.Name, cancellation)).Count > 0;

    private CreatedObject? CreatedIndex =>
        CreatedObject.Of(command.Text, SqlDialect.PostgreSql) is { IsConcurrent: true } created ? created : null;

    private async Task<List<string>> FindAsync(CancellationToken cancellation)
    {
        if (PostgreSqlStatements.Rebuilt(command) is { } name)
        {
            var rebuilt = await ReadRelationAsync(name, cancellation);
            return await ReadAsync(Invalid, rebuilt, "c.relname ~ '_cc(new|old)[0-9]*$' AND $3::text IS NULL", null, cancellation);
        }

        return CreatedIndex is { Table: { } table } index
            ? await ReadAsync(Invalid, await ReadRelationAsync(table, cancellation), Named, index.Name, cancellation)
            : [];
    }

    /// <summary>The oid of a table or an index whose name the migration's search path completes.</summary>
    private async Task<string?> ReadRelationAsync(string name, CancellationToken cancellation)
    {
        await session.SetUpAsync(command, setUp, cancellation);
        var query = SqlCommand.Own("SELECT pg_catalog.to_regclass($1)::pg_catalog.oid::pg_catalog.text", name);
        return (await session.QueryInUsersPathAsync(query, cancellation))[0][0];
    }

    private async Task<List<string>> ReadAsync(
        string state, string? relation, string condition, string? index, CancellationToken cancellation)
    {
        var query = SqlCommand.Own(
            $"""
            SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE i.indrelid = coalesce((SELECT indrelid FROM pg_index WHERE indexrelid = $1::oid), $2::oid)
              AND {state} AND {condition}
            """,
            relation, relation, index);
        return [.. (await session.QueryAsync(query, cancellation)).Select(row => row[0]!)];
    }
}
