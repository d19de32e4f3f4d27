using System.Text.RegularExpressions;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <content>What the database holds.</content>
internal sealed partial class PostgreSqlDatabase
{
    /// <summary>By the name that the migration has written, which its search path completes.</summary>
    public override async Task<bool> ExistsAsync(CreatedObject created, CancellationToken cancellation)
    {
        var name = created.Kind == "INDEX" && created.Table?.LastIndexOf('.') is > 0 and var dot ? $"{created.Table[..dot]}.{created.Name}" : created.Name;
        var query = created.Kind switch
        {
            "SCHEMA" => SqlCommand.Own("SELECT pg_catalog.to_regnamespace($1)::pg_catalog.text", name),
            "TYPE" => SqlCommand.Own("SELECT pg_catalog.to_regtype($1)::pg_catalog.text", name),
            "COLUMN" => SqlCommand.Own(
                """
                SELECT attname::pg_catalog.text FROM pg_catalog.pg_attribute
                WHERE attrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1) AND attname OPERATOR(pg_catalog.=) (pg_catalog.parse_ident($2))[1] AND NOT attisdropped
                """,
                created.Table, name),
            _ => SqlCommand.Own("SELECT pg_catalog.to_regclass($1)::pg_catalog.text", name),
        };
        return await _session.QueryInUsersPathAsync(query, cancellation) is [[not null]];
    }

    public override async Task<IReadOnlyList<string>> ReadTablesAsync(CancellationToken cancellation) =>
        [.. (await QueryAsync(
            SqlCommand.Own(
                """
                SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p') AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%' AND c.relname NOT IN ($1, $2)
                  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
                ORDER BY 1
                """,
                JournalTable, History.Name),
            cancellation)).Select(row => row[0]!)];

    /// <summary>Who may not read the journal does without: what is applied, the history tells.</summary>
    public override async Task<DatabaseContent> ReadContentAsync(CancellationToken cancellation)
    {
        var row = (await QueryAsync(
            SqlCommand.Own(
                """
                SELECT (SELECT (c.relkind = 'r')::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE n.nspname = $1 AND c.relname = $2 AND has_schema_privilege(n.oid, 'USAGE')),
                       (SELECT has_table_privilege(c.oid, 'SELECT')::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $3),
                       (NOT EXISTS (
                           SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                           WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                             AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%'
                             AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')))::text,
                       (SELECT quote_ident(n.nspname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE c.relname = $2 AND c.relkind = 'r' AND NOT has_schema_privilege(n.oid, 'USAGE')
                          AND (n.nspname = $1 OR quote_ident(n.nspname) IN (SELECT trim(p) FROM unnest(string_to_array($4, ',')) p)) LIMIT 1)
                """,
                _schema, History.Name, JournalTable, _searchPath),
            cancellation))[0];
        // Names in a schema that one may not use can't be found, as if nothing had ever been applied.
        if (row[0] is null && row[3] is { } schema)
            throw MayNotUse(schema);
        // A view runs what its owner has written, even if it is only read.
        if (row[0] == "false" || _writes && (row[0] is not null || row[1] is not null))
            await RequireTrustedTablesAsync(cancellation);
        return new DatabaseContent(row[0] == "true", row[1] == "true", row[2] == "true") { IsJournalHidden = row[1] == "false" };
    }

    /// <summary>
    /// A CREATE INDEX CONCURRENTLY that failed leaves an invalid index of that name, a REINDEX CONCURRENTLY one of the index's name with
    /// _ccnew or _ccold behind it. No query uses them, and every write pays for them.
    /// </summary>
    public override async Task<string?> ClearRemainsAsync(SqlCommand command, CancellationToken cancellation)
    {
        var remains = command.Statement is { Words: ["REINDEX", "INDEX" or "TABLE", "CONCURRENTLY", ..] }
            ? await InvalidIndexesAsync(await RelationAsync(RebuiltName(command.Text), cancellation), "c.relname ~ '_cc(new|old)[0-9]*$' AND $3::text IS NULL", null, cancellation)
            : CreatedObject.Of(command.Text, SqlDialect.PostgreSql) is { IsConcurrent: true, Table: { } table } index
            ? await InvalidIndexesAsync(await RelationAsync(table, cancellation), "c.relname = (parse_ident($3))[1]", index.Name, cancellation)
            : [];
        foreach (var name in remains)
            await _session.ExecuteAsync($"DROP INDEX CONCURRENTLY {name}", cancellation);
        return remains.Count == 0 ? null : $"dropped the invalid index {string.Join(", ", remains)}, which a failed run has left";
    }

    /// <summary>The index or table that a REINDEX CONCURRENTLY names: all after that word.</summary>
    private static string RebuiltName(string statement) =>
        Regex.Match(statement, @"\bCONCURRENTLY\s+(?<name>.+)", RegexOptions.IgnoreCase | RegexOptions.Singleline).Groups["name"].Value;

    /// <summary>The table of that name, or of the index of that name, as the migration's search path completes it.</summary>
    private async Task<string?> RelationAsync(string name, CancellationToken cancellation) =>
        (await _session.QueryInUsersPathAsync(SqlCommand.Own("SELECT pg_catalog.to_regclass($1)::pg_catalog.oid::pg_catalog.text", name), cancellation))[0][0];

    /// <summary>One that somebody is building right now is invalid, too, and is left alone.</summary>
    private async Task<List<string>> InvalidIndexesAsync(string? relation, string condition, string? index, CancellationToken cancellation) =>
        [.. (await QueryAsync(
            SqlCommand.Own(
                $"""
                SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
                FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE i.indrelid = coalesce((SELECT indrelid FROM pg_index WHERE indexrelid = $1::oid), $2::oid) AND NOT i.indisvalid AND {condition}
                  AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)
                """,
                relation, relation, index),
            cancellation)).Select(row => row[0]!)];
}
