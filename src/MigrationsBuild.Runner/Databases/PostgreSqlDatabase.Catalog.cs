using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases;

/// <content>What the database holds.</content>
internal sealed partial class PostgreSqlDatabase
{
    public override async Task<bool> ExistsAsync(CreatedObject created, CancellationToken cancellation)
    {
        var name = SqlText.Literal(created.Kind == "INDEX" && created.Table?.LastIndexOf('.') is > 0 and var dot ? $"{created.Table[..dot]}.{created.Name}" : created.Name);
        var exists = created.Kind switch
        {
            "SCHEMA" => $"to_regnamespace({name}) IS NOT NULL",
            "TYPE" => $"to_regtype({name}) IS NOT NULL",
            "COLUMN" => $"EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass({SqlText.Literal(created.Table)}) AND attname = (parse_ident({name}))[1] AND NOT attisdropped)",
            _ => $"to_regclass({name}) IS NOT NULL",
        };
        return (await QueryAsync($"SELECT ({exists})::text", cancellation))[0][0] == "true";
    }

    public override async Task<IReadOnlyList<string>> ReadTablesAsync(CancellationToken cancellation) =>
        [.. (await QueryAsync(
            $"""
            SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables
            WHERE schemaname <> 'information_schema' AND schemaname NOT LIKE 'pg\_%' AND tablename NOT IN ({SqlText.Literal(JournalTable)}, {SqlText.Literal(History.Name)})
            ORDER BY 1
            """,
            cancellation)).Select(row => row[0]!)];

    /// <summary>Who may not read the journal does without: what is applied, the history tells.</summary>
    public override async Task<DatabaseContent> ReadContentAsync(CancellationToken cancellation)
    {
        var row = (await QueryAsync(
            $"""
            SELECT (to_regclass({SqlText.Literal(HistoryName)}) IS NOT NULL)::text,
                   has_table_privilege(to_regclass({SqlText.Literal(JournalName)}), 'SELECT')::text,
                   (NOT EXISTS (
                       SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                       WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                         AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%'
                         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')))::text,
                   (SELECT quote_ident(n.nspname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE c.relname = {SqlText.Literal(History.Name)} AND c.relkind = 'r' AND NOT has_schema_privilege(n.oid, 'USAGE')
                      AND quote_ident(n.nspname) IN (SELECT trim(p) FROM unnest(string_to_array(current_setting('search_path'), ',')) p) LIMIT 1)
            """,
            cancellation))[0];
        // Names in a schema that one may not use can't be found, as if nothing had ever been applied.
        if (row is ["false", _, _, { } schema])
            throw new MigrationsException(DiagnosticCodes.NoRights, $"The history is in the schema {schema}, which {_settings.Username} may not use. Have an administrator run: GRANT USAGE ON SCHEMA {schema} TO {SqlText.Quote(_settings.Username ?? "")}, or become a role that may: DbRole");
        return new DatabaseContent(row[0] == "true", row[1] == "true", row[2] == "true") { IsJournalHidden = row[1] == "false" };
    }

    /// <summary>
    /// A CREATE INDEX CONCURRENTLY that failed leaves an invalid index of that name, a REINDEX CONCURRENTLY one of the index's name with
    /// _ccnew or _ccold behind it. No query uses them, and every write pays for them.
    /// </summary>
    public override async Task<string?> ClearRemainsAsync(SqlCommand command, CancellationToken cancellation)
    {
        var remains = command.Statement is { Words: ["REINDEX", "INDEX" or "TABLE", "CONCURRENTLY", ..] }
            ? await InvalidIndexesAsync(RebuiltTable(command.Text), "c.relname ~ '_cc(new|old)[0-9]*$'", cancellation)
            : CreatedObject.Of(command.Text, SqlDialect.PostgreSql) is { IsConcurrent: true, Table: { } table } index
            ? await InvalidIndexesAsync($"to_regclass({SqlText.Literal(table)})", $"quote_ident(c.relname) = quote_ident((parse_ident({SqlText.Literal(index.Name)}))[1])", cancellation)
            : [];
        foreach (var name in remains)
            await ExecuteBatchAsync([$"DROP INDEX CONCURRENTLY {name}"], cancellation);
        return remains.Count == 0 ? null : $"dropped the invalid index {string.Join(", ", remains)}, which a failed run has left";
    }

    /// <summary>The table of the index or table that a REINDEX CONCURRENTLY names: all behind that word.</summary>
    private static string RebuiltTable(string statement)
    {
        var name = SqlText.Literal(Regex.Match(statement, @"\bCONCURRENTLY\s+(?<name>.+)", RegexOptions.IgnoreCase | RegexOptions.Singleline).Groups["name"].Value);
        return $"coalesce((SELECT indrelid FROM pg_index WHERE indexrelid = to_regclass({name})), to_regclass({name}))";
    }

    /// <summary>One that somebody is building right now is invalid, too, and is left alone.</summary>
    private async Task<List<string>> InvalidIndexesAsync(string table, string condition, CancellationToken cancellation) =>
        [.. (await QueryAsync(
            $"""
            SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE i.indrelid = {table} AND NOT i.indisvalid AND {condition}
              AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)
            """,
            cancellation)).Select(row => row[0]!)];
}
