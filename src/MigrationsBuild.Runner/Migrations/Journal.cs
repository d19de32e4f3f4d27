using System.Globalization;
using MigrationsBuild.Files;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Databases;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>
/// Our own table beside EF Core's history. It logs each change with the time, the user, the duration, and the SQL that reverts it. The
/// history decides which migrations are applied.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="context">Full name of the DbContext.</param>
/// <param name="former">Full names that the DbContext had before. Rows under these names are its own as well.</param>
internal sealed class Journal(Database database, string context, IReadOnlyList<string> former)
{
    private const string Applied = "applied";
    private const string Reverted = "reverted";
    private const string Stamped = "stamped";
    private const string Unstamped = "unstamped";
    private const string Replaced = "replaced";
    private const string Partial = "partial";
    private const string Started = "started";

    /// <summary>The migrations with notes of an unfinished run; <see langword="null"/> until they are read.</summary>
    private HashSet<string>? _unfinished;

    /// <summary>Logs that a migration was applied, in the migration's transaction.</summary>
    /// <param name="id">The migration.</param>
    /// <param name="hash">Hash of the SQL that was executed.</param>
    /// <param name="downSql">The SQL that reverts it, if there is any.</param>
    /// <param name="milliseconds">An expression for the duration; <see langword="null"/> if it is unknown.</param>
    public IReadOnlyList<SqlCommand> LogApplied(string id, string hash, string? downSql, string? milliseconds) =>
        [.. ForgetPartial(id), Insert(id, Applied, hash, downSql, null, milliseconds)];

    /// <summary>Logs that a migration was reverted, in the transaction that reverts it.</summary>
    public IReadOnlyList<SqlCommand> LogReverted(string id, string? milliseconds) =>
        [.. ForgetPartial(id), Insert(id, Reverted, null, null, null, milliseconds)];

    /// <summary>Logs that only the history was changed.</summary>
    public SqlCommand LogStamped(string id, bool isApplied) => Insert(id, isApplied ? Stamped : Unstamped, null, null, null, null);

    /// <summary>Logs that a squashed migration has taken the place of a migration in the history.</summary>
    public SqlCommand LogReplaced(string id) => Insert(id, Replaced, null, null, null, null);

    /// <summary>Notes the progress of a migration that isn't one transaction.</summary>
    /// <param name="id">The migration.</param>
    /// <param name="done">The statements that are done.</param>
    public IReadOnlyList<SqlCommand> NoteProgress(string id, IReadOnlyList<SqlCommand> done)
    {
        _unfinished?.Add(id);
        return [.. ForgetPartial(id), Insert(id, Partial, HashOf(done), null, done.Count, null)];
    }

    /// <summary>
    /// Notes that a statement begins that can't be in one transaction with the note of its end. If a later run finds this note, the earlier
    /// run ended in the statement or just after it.
    /// </summary>
    /// <param name="id">The migration.</param>
    /// <param name="commands">Its statements up to this one.</param>
    public SqlCommand NoteStart(string id, IReadOnlyList<SqlCommand> commands)
    {
        _unfinished?.Add(id);
        return Insert(id, Started, HashOf(commands), null, commands.Count, null);
    }

    /// <summary>
    /// The first statement of a transaction that executes or notes a part of a migration: it fails if another run has continued the
    /// migration. There is none if the run's lock keeps other runs out.
    /// </summary>
    /// <param name="id">The migration.</param>
    /// <param name="notes">Its notes as this run has read or written them: the actions and numbers of statements, oldest first.</param>
    public IReadOnlyList<SqlCommand> RequireNotes(string id, string notes) => database.RequireValues(
        Select("SELECT \"Action\" || \"Statements\" AS value", "\"MigrationId\" = $1 AND \"Action\" IN ($2, $3)", id, Partial, Started),
        notes,
        $"Another run has continued {id} meanwhile");

    /// <summary>The notes after <see cref="NoteProgress"/>.</summary>
    public static string ProgressNotes(int done) => FormattableString.Invariant($"{Partial}{done}");

    /// <summary>The notes after <see cref="NoteStart"/>.</summary>
    public static string StartNotes(string notes, int position) =>
        FormattableString.Invariant($"{notes}{(notes.Length > 0 ? "," : "")}{Started}{position}");

    /// <summary>Deletes that note, because the result of the statement is known.</summary>
    /// <param name="id">The migration.</param>
    public SqlCommand ForgetStart(string id) => Delete(id, [Started]);

    /// <summary>
    /// Turns that note into progress, because the statement was executed. Does nothing if another run has continued the migration. The run
    /// need not have the lock.
    /// </summary>
    /// <param name="id">The migration.</param>
    /// <param name="commands">Its statements up to this one.</param>
    public Task NoteEndAsync(string id, IReadOnlyList<SqlCommand> commands, CancellationToken cancellation) => database.QueryAsync(
        SqlCommand.Own(
            $"""
            UPDATE {database.JournalName} SET "Action" = $1
            WHERE "MigrationId" = $2 AND "Action" = $3 AND "Hash" = $4 AND "Context" IN ({Placeholders(4)})
            RETURNING "MigrationId"
            """,
            [Partial, id, Started, HashOf(commands), .. Names]),
        cancellation);

    /// <summary>Whether an earlier run has left notes of a migration, as far as they were read.</summary>
    /// <param name="id">The migration.</param>
    public bool IsUnfinished(string id) => _unfinished?.Contains(id) == true;

    /// <summary>The progress of an earlier run with a migration.</summary>
    /// <param name="id">The migration.</param>
    /// <param name="commands">Its statements.</param>
    /// <param name="accepted">
    /// The beginning of the hash of the executed statements, if the call accepts the present ones instead of them; empty if not.
    /// </param>
    public async Task<MigrationProgress> ReadProgressAsync(
        string id, IReadOnlyList<SqlCommand> commands, string accepted, CancellationToken cancellation)
    {
        var rows = await database.QueryAsync(
            Select(
                """SELECT "Action", "Hash", CAST("Statements" AS varchar(20))""",
                "\"MigrationId\" = $1 AND \"Action\" IN ($2, $3)",
                id, Partial, Started),
            cancellation);
        if (rows.Count > 0)
            _unfinished?.Add(id);
        var parts = rows
            .Select(row => new ExecutedPart(int.Parse(row[2]!, CultureInfo.InvariantCulture), row[1]!, row[0] == Partial))
            .ToList();
        bool IsAsItRan(ExecutedPart part) => part.Count <= commands.Count && HashOf([.. commands.Take(part.Count)]) == part.Hash;
        bool IsAccepted(ExecutedPart part) => accepted.Length > 0 && part.Hash.StartsWith(accepted, StringComparison.Ordinal);
        var done = parts.Where(part => part.IsCertain ? IsAsItRan(part) || IsAccepted(part) : !IsAsItRan(part) && IsAccepted(part));
        var started = parts.Where(part => !part.IsCertain && IsAsItRan(part));
        return new MigrationProgress(Last(done), Last(started))
        {
            Notes = string.Join(",", rows.Select(row => row[0] + row[2])),
            Edited = parts.Find(part => !IsAsItRan(part) && !IsAccepted(part)),
        };
    }

    private static int Last(IEnumerable<ExecutedPart> parts) => parts.Select(part => part.Count).DefaultIfEmpty().Max();

    /// <summary>
    /// The rows of the migrations that are applied. A migration that was reverted later is not among them.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, JournalEntry>> ReadEntriesAsync(CancellationToken cancellation)
    {
        var rows = await database.QueryAsync(
            Select(
                $"""SELECT "MigrationId", "Action", "Hash", {database.AsText("At")}, "By", CAST("Milliseconds" AS varchar(20))""",
                "\"Action\" IN ($1, $2, $3, $4, $5)", Applied, Reverted, Stamped, Unstamped, Replaced),
            cancellation);
        var entries = new Dictionary<string, JournalEntry>(MigrationId.Equality);
        foreach (var row in rows)
        {
            if (row[1] is Applied or Stamped)
                entries[row[0]!] = new JournalEntry(row[1] == Stamped, row[2], row[3]!, row[4]!, MillisecondsOf(row[5]));
            else
                entries.Remove(row[0]!);
        }

        return entries;
    }

    private static long? MillisecondsOf(string? text) => long.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null;

    /// <summary>The migrations that an earlier run has left half-way, with the number of statements that are done.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadPartialAsync(CancellationToken cancellation) =>
        (await database.QueryAsync(
            Select("""SELECT "MigrationId", CAST("Statements" AS varchar(20))""", "\"Action\" = $1", Partial), cancellation))
            .GroupBy(row => row[0]!, MigrationId.Equality)
            .ToDictionary(rows => rows.Key, rows => rows.Last()[1]!, MigrationId.Equality);

    /// <summary>The SQL that reverts a migration, as it was when it was applied; <see langword="null"/> if it is unknown.</summary>
    public async Task<JournalReversal?> ReadReversalAsync(string id, CancellationToken cancellation)
    {
        var rows = await database.QueryAsync(
            Select(
                $"""SELECT "Action", "DownSql", "By", CASE WHEN "By" = {database.User} THEN 'own' END""",
                "\"MigrationId\" = $1 AND \"Action\" NOT IN ($2, $3)",
                id, Partial, Started),
            cancellation);
        return rows is [.., [Applied, { } sql, { } by, var own]]
            ? new JournalReversal(id, sql.TrimEnd() + "\n", by, IsOwn: own is not null)
            : null;
    }

    /// <summary>The ids of the migrations of other contexts, which may share the history table.</summary>
    public async Task<IReadOnlyList<string>> ReadOtherContextsAsync(CancellationToken cancellation) =>
        [.. (await database.QueryAsync(
            SqlCommand.Own(
                $"""
                SELECT DISTINCT "MigrationId" FROM {database.JournalName}
                WHERE "MigrationId" <> '' AND "Context" NOT IN ({Placeholders(0)})
                """,
                [.. Names]),
            cancellation)).Select(row => row[0]!)];

    /// <summary>Reads, while the run has the lock, which migrations have notes that must be deleted. Few have any.</summary>
    public async Task ReadUnfinishedAsync(CancellationToken cancellation) => _unfinished = await ReadUnfinishedIdsAsync(cancellation);

    /// <summary>The migrations that have notes of an unfinished run.</summary>
    public async Task<HashSet<string>> ReadUnfinishedIdsAsync(CancellationToken cancellation)
    {
        var rows = await database.QueryAsync(Select("""SELECT "MigrationId" """, "\"Action\" IN ($1, $2)", Partial, Started), cancellation);
        return new HashSet<string>(rows.Select(row => row[0]!), MigrationId.Equality);
    }

    private IReadOnlyList<SqlCommand> ForgetPartial(string id) =>
        _unfinished?.Contains(id) == false ? [] : [Delete(id, [Partial, Started])];

    private IEnumerable<string> Names => former.Prepend(context);

    /// <summary>The parameters for the context's names in a statement.</summary>
    /// <param name="others">The number of parameters before them.</param>
    private string Placeholders(int others) =>
        string.Join(", ", Names.Select((_, i) => FormattableString.Invariant($"${others + i + 1}")));

    /// <summary>Reads rows of this context, oldest first.</summary>
    private SqlCommand Select(string select, string condition, params string[] values) => SqlCommand.Own(
        $"{select} FROM {database.JournalName} WHERE {condition} AND \"Context\" IN ({Placeholders(values.Length)}) ORDER BY \"Id\"",
        [.. values, .. Names]);

    private SqlCommand Delete(string id, string[] actions) => SqlCommand.Own(
        $"""
        DELETE FROM {database.JournalName}
        WHERE "MigrationId" {database.Equal} $1
          AND ({AnyOf("Action", actions, others: 1)})
          AND ({AnyOf("Context", Names, others: 1 + actions.Length)})
        """,
        [id, .. actions, .. Names]);

    /// <summary>A condition without <c>IN</c>, whose operator depends on the search path, which a migration may have set.</summary>
    private string AnyOf(string column, IEnumerable<string> values, int others) =>
        string.Join(" OR ", values.Select((_, i) => FormattableString.Invariant($"\"{column}\" {database.Equal} ${others + i + 1}")));

    private SqlCommand Insert(
        string id, string action, string? hash, string? downSql, long? statements, string? milliseconds) => SqlCommand.Own(
        $"""
        INSERT INTO {database.JournalName} ("Context", "MigrationId", "Action", "Hash", "DownSql", "Statements", "At", "By", "Milliseconds")
        VALUES ($1, $2, $3, $4, $5, {statements?.ToString(CultureInfo.InvariantCulture) ?? "NULL"},
                {database.Now}, {database.User}, {milliseconds ?? "NULL"})
        """,
        context, id, action, hash, downSql);

    private static string HashOf(IReadOnlyList<SqlCommand> commands) =>
        ContentHash.OfText(string.Join("\0", commands.Select(command => command.Text)));
}
