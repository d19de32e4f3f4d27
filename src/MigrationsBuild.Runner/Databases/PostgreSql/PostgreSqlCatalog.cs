using System.Globalization;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>Reads from the catalog what the database contains, and which database it is.</summary>
/// <param name="session">The session.</param>
/// <param name="schema">The schema of the history and the journal.</param>
/// <param name="historyTable">The name of the history table.</param>
internal sealed class PostgreSqlCatalog(PostgreSqlSession session, HistorySchema schema, string historyTable)
{
    /// <summary>Whether an object exists. Its name is the one that the migration has written, and the search path completes it.</summary>
    public async Task<bool> ExistsAsync(CreatedObject created, CancellationToken cancellation)
    {
        var name = created.Kind == "INDEX" && created.Table?.LastIndexOf('.') is > 0 and var dot
            ? $"{created.Table[..dot]}.{created.Name}"
            : created.Name;
        var query = created.Kind switch
        {
            "SCHEMA" => SqlCommand.Own("SELECT pg_catalog.to_regnamespace($1)::pg_catalog.text", name),
            "TYPE" => SqlCommand.Own("SELECT pg_catalog.to_regtype($1)::pg_catalog.text", name),
            "COLUMN" => SqlCommand.Own(
                """
                SELECT attname::pg_catalog.text FROM pg_catalog.pg_attribute
                WHERE attrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1)
                  AND attname OPERATOR(pg_catalog.=) (pg_catalog.parse_ident($2))[1] AND NOT attisdropped
                """,
                created.Table, name),
            _ => SqlCommand.Own("SELECT pg_catalog.to_regclass($1)::pg_catalog.text", name),
        };
        return await session.QueryInUsersPathAsync(query, cancellation) is [[not null]];
    }

    /// <summary>The names of the tables, without those of extensions, the history and the journal.</summary>
    public Task<IReadOnlyList<string>> ReadTablesAsync(CancellationToken cancellation) => ReadNamesAsync(
        SqlCommand.Own(
            """
            SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%' AND c.relname NOT IN ($1, $2)
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            ORDER BY 1
            """,
            Database.JournalTable, historyTable),
        cancellation);

    /// <summary>The kinds of the history and the journal, and whether there is anything else.</summary>
    /// <exception cref="MigrationsException">The role can't use the schema of the history.</exception>
    public async Task<CatalogContent> ReadContentAsync(CancellationToken cancellation)
    {
        var row = (await session.QueryAsync(
            SqlCommand.Own(
                """
                SELECT (SELECT (c.relkind = 'r')::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE n.nspname = $1 AND c.relname = $2 AND has_schema_privilege(n.oid, 'USAGE')),
                       (SELECT has_table_privilege(c.oid, 'SELECT')::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE n.nspname = $1 AND c.relname = $3),
                       (NOT EXISTS (
                           SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                           WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                             AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%'
                             AND NOT EXISTS (
                                 SELECT FROM pg_depend d
                                 WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')))::text,
                       (SELECT quote_ident(n.nspname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE c.relname = $2 AND c.relkind = 'r' AND NOT has_schema_privilege(n.oid, 'USAGE')
                          AND (n.nspname = $1
                               OR quote_ident(n.nspname) IN (SELECT trim(p) FROM unnest(string_to_array($4, ',')) p)) LIMIT 1)
                """,
                schema.Name, historyTable, Database.JournalTable, schema.SearchPath),
            cancellation))[0];
        // Tables in a schema that the role can't use are not found, as if no migration had ever been applied.
        return row[0] is null && row[3] is { } hidden
            ? throw schema.MayNotUse(hidden)
            : new CatalogContent(
                IsHistoryTable: row[0] is { } isTable ? isTable == "true" : null,
                IsJournalReadable: row[1] is { } isReadable ? isReadable == "true" : null,
                IsEmpty: row[2] == "true");
    }

    /// <summary>
    /// The server's system identifier and the database's oid. A dump that is restored elsewhere, and a copy made with TEMPLATE, differ in
    /// one of them.
    /// </summary>
    /// <returns><see langword="null"/> if the server doesn't show its identifier.</returns>
    public async Task<string?> ReadIdentityAsync(CancellationToken cancellation)
    {
        try
        {
            return (await session.QueryAsync(
                """
                SELECT pg_catalog.concat(s.system_identifier, '/', d.oid)
                FROM pg_catalog.pg_control_system() s, pg_catalog.pg_database d
                WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()
                """,
                cancellation))[0][0];
        }
        catch (SqlFailure failure) when (failure.Kind is FailureKind.NoRights or FailureKind.Missing)
        {
            // A managed server may not let users call the function. Then no mark counts.
            return null;
        }
    }

    /// <summary>Encoding, collation and extensions of the database, and the schema of its history.</summary>
    public async Task<ScratchTemplate> ReadScratchTemplateAsync(CancellationToken cancellation)
    {
        var rows = await session.QueryAsync(
            """
            SELECT pg_encoding_to_char(d.encoding)::text, d.datcollate::text, d.datctype::text, x.extname::text,
                   CASE WHEN left(n.nspname::text, 3) <> 'pg_' AND NOT EXISTS (
                       SELECT FROM pg_depend e WHERE e.classid = 'pg_namespace'::regclass AND e.objid = n.oid AND e.deptype = 'e')
                   THEN n.nspname::text END
            FROM pg_database d LEFT JOIN pg_extension x ON x.extname <> 'plpgsql' LEFT JOIN pg_namespace n ON n.oid = x.extnamespace
            WHERE d.datname = current_database()
            """,
            cancellation);
        return new ScratchTemplate(
            rows[0][0]!,
            rows[0][1]!,
            rows[0][2]!,
            schema.Name.Length > 0 ? schema.Name : null,
            [.. rows.Where(row => row[3] is not null).Select(row => (row[3]!, row[4]))]);
    }

    /// <summary>The tables, the server's estimate of their rows, and the size on disk.</summary>
    public async Task<DatabaseSize> ReadSizeAsync(CancellationToken cancellation)
    {
        // A table that was never analyzed has no estimate, but the statistics count the rows that were written to it.
        var row = (await session.QueryAsync(
            SqlCommand.Own(
                """
                SELECT pg_catalog.pg_database_size(pg_catalog.current_database())::pg_catalog.text,
                       pg_catalog.sum(CASE WHEN c.reltuples OPERATOR(pg_catalog.>) 0 THEN c.reltuples::pg_catalog.int8
                                           ELSE pg_catalog.pg_stat_get_live_tuples(c.oid) END)::pg_catalog.text
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
                WHERE c.relkind OPERATOR(pg_catalog.=) 'r' AND n.nspname OPERATOR(pg_catalog.<>) 'information_schema'
                  AND pg_catalog."left"(n.nspname::pg_catalog.text, 3) OPERATOR(pg_catalog.<>) 'pg_'
                  AND NOT c.relname OPERATOR(pg_catalog.=) ANY (ARRAY[$1, $2])
                """,
                Database.JournalTable, historyTable),
            cancellation))[0];
        var (bytes, rows) = (long.Parse(row[0]!, CultureInfo.InvariantCulture), long.Parse(row[1] ?? "0", CultureInfo.InvariantCulture));
        return new DatabaseSize(await ReadTablesAsync(cancellation), rows, AreRowsEstimated: true, bytes);
    }

    /// <summary>The names of other tables that are a history or a journal: another application keeps its migrations here.</summary>
    public Task<IReadOnlyList<string>> ReadOtherHistoriesAsync(CancellationToken cancellation) => ReadNamesAsync(
        SqlCommand.Own(
            """
            SELECT pg_catalog.concat(pg_catalog.quote_ident(n.nspname), '.', pg_catalog.quote_ident(c.relname))
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
            WHERE c.relkind OPERATOR(pg_catalog.=) ANY (ARRAY['r'::pg_catalog."char", 'p'])
              AND c.relname OPERATOR(pg_catalog.=) ANY (ARRAY[$1, '__EFMigrationsHistory', $2])
              AND pg_catalog."left"(n.nspname::pg_catalog.text, 3) OPERATOR(pg_catalog.<>) 'pg_'
              AND NOT c.oid OPERATOR(pg_catalog.=) ANY (ARRAY[
                  COALESCE(pg_catalog.to_regclass($3)::pg_catalog.oid, 0),
                  COALESCE(pg_catalog.to_regclass($4)::pg_catalog.oid, 0)])
            ORDER BY 1
            """,
            historyTable, Database.JournalTable, schema.HistoryName, schema.JournalName),
        cancellation);

    private async Task<IReadOnlyList<string>> ReadNamesAsync(SqlCommand query, CancellationToken cancellation) =>
        [.. (await session.QueryAsync(query, cancellation)).Select(row => row[0]!)];
}

/// <summary>The history and the journal in the catalog.</summary>
/// <param name="IsHistoryTable">Whether the history is a table; <see langword="null"/> if it doesn't exist.</param>
/// <param name="IsJournalReadable">Whether the role can read the journal; <see langword="null"/> if it doesn't exist.</param>
/// <param name="IsEmpty">Whether there is no table, view or sequence at all.</param>
internal sealed record CatalogContent(bool? IsHistoryTable, bool? IsJournalReadable, bool IsEmpty);
