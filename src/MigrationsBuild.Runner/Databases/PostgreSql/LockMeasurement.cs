using System.Diagnostics;
using System.Globalization;
using MigrationsBuild.Lint;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>
/// Executes statements in a transaction that is rolled back, and reads the locks that they take, and their work meanwhile.
/// </summary>
/// <remarks>
/// A table or an index gets another file when it is written again, and a new index has a file that the table didn't have before.
/// PostgreSQL counts each scan of a whole table, also that of a constraint. Measured on PostgreSQL 15: <c>ADD CHECK</c>, <c>ADD FOREIGN
/// KEY</c>, <c>VALIDATE CONSTRAINT</c> and <c>SET NOT NULL</c> count one scan, also of an empty table. A foreign key counts one of the
/// referenced table as well if there are rows. <c>NOT VALID</c>, a key <c>USING INDEX</c>, and <c>SET NOT NULL</c> with a valid check
/// constraint or in a primary key count none. A rewrite counts one, and one for each index. The numbers include earlier transactions of
/// the session, so only their differences mean something.
/// </remarks>
/// <param name="session">The session.</param>
internal sealed class LockMeasurement(PostgreSqlSession session)
{
    /// <summary>The file of a table, the number of its scans, and the files of its indexes.</summary>
    private const string State =
        """
        c.relfilenode::pg_catalog.text, pg_catalog.pg_stat_get_xact_numscans(c.oid)::pg_catalog.text, ARRAY(
            SELECT x.relfilenode FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid OPERATOR(pg_catalog.=) i.indexrelid
            WHERE i.indrelid OPERATOR(pg_catalog.=) c.oid)::pg_catalog.text
        """;

    private const string Tables =
        $"""
        SELECT c.oid::pg_catalog.text, {State}, n.nspname::pg_catalog.text, c.relname::pg_catalog.text,
               pg_catalog.current_schema()::pg_catalog.text
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
        WHERE c.relkind OPERATOR(pg_catalog.=) ANY (ARRAY['r'::pg_catalog."char", 'p'])
          AND pg_catalog."left"(n.nspname::pg_catalog.text, 3) OPERATOR(pg_catalog.<>) 'pg_'
          AND n.nspname OPERATOR(pg_catalog.<>) 'information_schema'
        """;

    private const string Locks =
        $"""
        SELECT l.relation::pg_catalog.text, {State}, pg_catalog.string_agg(l.mode, ' ')
        FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) l.relation
        WHERE l.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid() AND l.granted AND l.relation IS NOT NULL
        GROUP BY l.relation, c.oid, c.relfilenode ORDER BY l.relation
        """;

    /// <summary>Measures statements.</summary>
    /// <param name="commands">Statements that can run in a transaction.</param>
    /// <returns>Each lock at the statement that has taken it, and each work.</returns>
    /// <exception cref="SqlFailure">A statement failed.</exception>
    public async Task<IReadOnlyList<MeasuredLock>> RunAsync(IReadOnlyList<SqlCommand> commands, CancellationToken cancellation)
    {
        await session.ExecuteAsync(SessionState.Begin, cancellation);
        try
        {
            foreach (var command in session.State.Fresh([]))
                await session.ExecuteAsync(command, cancellation);
            var tables = (await session.QueryInUsersPathAsync(Tables, cancellation)).ToDictionary(row => row[0]!);
            var states = tables.ToDictionary(table => table.Key, table => TableState.Of(table.Value));
            var held = new Dictionary<string, TableLock>();
            var measured = new List<MeasuredLock>();
            foreach (var command in commands)
            {
                var began = Stopwatch.GetTimestamp();
                await session.ExecuteAsync(command, cancellation);
                var duration = Stopwatch.GetElapsedTime(began);
                var rows = await session.QueryInUsersPathAsync(Locks, cancellation);
                foreach (var row in rows.Where(row => tables.ContainsKey(row[0]!)))
                {
                    var (mode, before, after) = (row[4]!.Split(' ').Max(Mode), states[row[0]!], TableState.Of(row));
                    var isNew = mode > held.GetValueOrDefault(row[0]!);
                    var work = after.WorkSince(before);
                    // A query scans tables as well. It takes a weak lock, or has that of an earlier statement.
                    if (command.Statement is { Words: ["TRUNCATE", ..] }
                        || (work == TableWork.ReadsRows && (mode < TableLock.ShareUpdateExclusive || !(isNew || IsAlter(command)))))
                    {
                        work = TableWork.None;
                    }

                    (states[row[0]!], held[row[0]!]) = (after, mode);
                    if (isNew || work != TableWork.None)
                        measured.Add(new MeasuredLock(command, NameOf(tables[row[0]!]), mode, work, duration));
                }
            }

            return measured;
        }
        finally
        {
            await session.ExecuteAsync("ROLLBACK", CancellationToken.None);
        }
    }

    private static ObjectName NameOf(string?[] table) => ObjectName.In(table[4] == table[6] ? null : table[4], table[5]!);

    private static bool IsAlter(SqlCommand command) => command.Statement is { Words: ["ALTER", ..] };

    private static TableLock Mode(string mode) => mode switch
    {
        "AccessExclusiveLock" or "ExclusiveLock" => TableLock.AccessExclusive,
        "ShareRowExclusiveLock" => TableLock.ShareRowExclusive,
        "ShareLock" => TableLock.Share,
        "ShareUpdateExclusiveLock" => TableLock.ShareUpdateExclusive,
        "RowExclusiveLock" => TableLock.RowExclusive,
        _ => TableLock.None,
    };

    /// <summary>What <see cref="State"/> has read of a table.</summary>
    /// <param name="File">The file; <see langword="null"/> if the table was dropped.</param>
    /// <param name="Scans">The number of scans.</param>
    /// <param name="Indexes">The files of the indexes.</param>
    private sealed record TableState(string? File, long Scans, IReadOnlySet<string> Indexes)
    {
        public static TableState Of(string?[] row) => new(
            row[1], long.Parse(row[2] ?? "0", CultureInfo.InvariantCulture),
            row[3]!.Split(['{', ',', '}'], StringSplitOptions.RemoveEmptyEntries).ToHashSet());

        public TableWork WorkSince(TableState before) => File is null ? TableWork.None
            : File != before.File ? TableWork.Rewrites
            : !Indexes.IsSubsetOf(before.Indexes) ? TableWork.BuildsIndex
            : Scans > before.Scans ? TableWork.ReadsRows
            : TableWork.None;
    }
}
