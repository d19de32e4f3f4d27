using System.Globalization;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <content>Which database it is, how much it holds, and who else keeps tables in it.</content>
internal sealed partial class PostgreSqlDatabase
{
    /// <summary>A dump that is restored elsewhere, and a copy by TEMPLATE, have another server or another oid.</summary>
    public override async Task<string?> ReadIdentityAsync(CancellationToken cancellation)
    {
        try
        {
            return (await QueryAsync(
                """
                SELECT pg_catalog.concat(s.system_identifier, '/', d.oid)
                FROM pg_catalog.pg_control_system() s, pg_catalog.pg_database d
                WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()
                """,
                cancellation))[0][0];
        }
        catch (SqlFailure failure) when (failure.Kind is FailureKind.NoRights or FailureKind.Missing)
        {
            // A managed server may keep the function to itself. Then no mark counts.
            return null;
        }
    }

    public override async Task<DatabaseSize> ReadSizeAsync(CancellationToken cancellation)
    {
        // A table that was never analyzed has no estimate of its own, but the statistics count what was written to it.
        var row = (await QueryAsync(SqlCommand.Own(
            """
            SELECT pg_catalog.pg_database_size(pg_catalog.current_database())::pg_catalog.text,
                   pg_catalog.sum(CASE WHEN c.reltuples OPERATOR(pg_catalog.>) 0 THEN c.reltuples::pg_catalog.int8
                                       ELSE pg_catalog.pg_stat_get_live_tuples(c.oid) END)::pg_catalog.text
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
            WHERE c.relkind OPERATOR(pg_catalog.=) 'r' AND n.nspname OPERATOR(pg_catalog.<>) 'information_schema'
              AND pg_catalog."left"(n.nspname::pg_catalog.text, 3) OPERATOR(pg_catalog.<>) 'pg_'
              AND NOT c.relname OPERATOR(pg_catalog.=) ANY (ARRAY[$1, $2])
            """,
            JournalTable, History.Name), cancellation))[0];
        var (bytes, rows) = (long.Parse(row[0]!, CultureInfo.InvariantCulture), long.Parse(row[1] ?? "0", CultureInfo.InvariantCulture));
        return new DatabaseSize(await ReadTablesAsync(cancellation), rows, AreRowsEstimated: true, bytes);
    }

    public override async Task<IReadOnlyList<string>> ReadOtherHistoriesAsync(CancellationToken cancellation) =>
        [.. (await QueryAsync(SqlCommand.Own(
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
            History.Name, JournalTable, HistoryName, JournalName), cancellation)).Select(row => row[0]!)];
}
