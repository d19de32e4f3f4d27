using System.Diagnostics;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>Executes statements in a transaction that is rolled back, and reads the locks that they take.</summary>
/// <param name="session">The session.</param>
internal sealed class LockMeasurement(PostgreSqlSession session)
{
    /// <summary>The tables before, each with its file. A table gets another file when it is written again.</summary>
    private const string Tables =
        """
        SELECT c.oid::pg_catalog.text, n.nspname::pg_catalog.text, c.relname::pg_catalog.text, c.relfilenode::pg_catalog.text,
               pg_catalog.current_schema()::pg_catalog.text
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
        WHERE c.relkind OPERATOR(pg_catalog.=) ANY (ARRAY['r'::pg_catalog."char", 'p'])
          AND pg_catalog."left"(n.nspname::pg_catalog.text, 3) OPERATOR(pg_catalog.<>) 'pg_'
          AND n.nspname OPERATOR(pg_catalog.<>) 'information_schema'
        """;

    private const string Locks =
        """
        SELECT l.relation::pg_catalog.text, l.mode, pg_catalog.max(c.relfilenode)::pg_catalog.text
        FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) l.relation
        WHERE l.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid() AND l.granted AND l.relation IS NOT NULL
        GROUP BY l.relation, l.mode
        """;

    /// <summary>Measures statements.</summary>
    /// <param name="commands">Statements that can run in a transaction.</param>
    /// <returns>Each lock at the statement that has taken it, and each rewrite.</returns>
    /// <exception cref="SqlFailure">A statement failed.</exception>
    public async Task<IReadOnlyList<MeasuredLock>> RunAsync(IReadOnlyList<SqlCommand> commands, CancellationToken cancellation)
    {
        await session.ExecuteAsync(SessionState.Begin, cancellation);
        try
        {
            foreach (var command in session.State.Fresh([]))
                await session.ExecuteAsync(command, cancellation);
            var tables = (await session.QueryInUsersPathAsync(Tables, cancellation)).ToDictionary(row => row[0]!);
            var files = tables.ToDictionary(table => table.Key, table => table.Value[3]);
            var held = new Dictionary<string, TableLock>();
            var measured = new List<MeasuredLock>();
            foreach (var command in commands)
            {
                var began = Stopwatch.GetTimestamp();
                await session.ExecuteAsync(command, cancellation);
                var duration = Stopwatch.GetElapsedTime(began);
                var rows = await session.QueryInUsersPathAsync(Locks, cancellation);
                foreach (var table in rows.Where(row => tables.ContainsKey(row[0]!)).GroupBy(row => row[0]!))
                {
                    var mode = table.Max(row => Mode(row[1]!));
                    var file = table.First()[2];
                    // A new file under ROW EXCLUSIVE doesn't exist, and that of TRUNCATE is empty.
                    var isRewritten = file is not null && file != files[table.Key] && command.Statement is not { Words: ["TRUNCATE", ..] };
                    files[table.Key] = file ?? files[table.Key];
                    if (mode <= held.GetValueOrDefault(table.Key) && !isRewritten)
                        continue;
                    held[table.Key] = mode;
                    measured.Add(new MeasuredLock(command, NameOf(tables[table.Key]), mode, isRewritten, duration));
                }
            }

            return measured;
        }
        finally
        {
            await session.ExecuteAsync("ROLLBACK", CancellationToken.None);
        }
    }

    private static ObjectName NameOf(string?[] table) => ObjectName.In(table[1] == table[4] ? null : table[1], table[2]!);

    private static TableLock Mode(string mode) => mode switch
    {
        "AccessExclusiveLock" or "ExclusiveLock" => TableLock.AccessExclusive,
        "ShareRowExclusiveLock" => TableLock.ShareRowExclusive,
        "ShareLock" => TableLock.Share,
        "ShareUpdateExclusiveLock" => TableLock.ShareUpdateExclusive,
        "RowExclusiveLock" => TableLock.RowExclusive,
        _ => TableLock.None,
    };
}
