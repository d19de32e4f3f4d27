using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Databases;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>A migration to apply or to revert: its statements, and those that write the history and the journal with them.</summary>
/// <param name="Id">The migration.</param>
/// <param name="Path">The file that the statements are from, as the manifest has it; <see langword="null"/> if they are the
/// journal's.</param>
/// <param name="Commands">The statements.</param>
/// <param name="Direction">Whether it is applied or reverted.</param>
internal sealed record MigrationChange(string Id, string? Path, IReadOnlyList<SqlCommand> Commands, MigrationDirection Direction)
{
    private IReadOnlyList<string>? _rows;
    private IReadOnlyList<SqlCommand> _first = [];
    private bool _hasOwnScripts;
    private Func<string?, IReadOnlyList<SqlCommand>> _last = _ => [];

    /// <summary>
    /// The statement that begins each part of it, if it isn't one transaction: see <see cref="Database.RequireUnchanged"/>.
    /// </summary>
    public IReadOnlyList<SqlCommand> Unchanged { get; private init; } = [];

    /// <summary>The statements that follow its own, or those of a part of it, in their transaction.</summary>
    public IReadOnlyList<SqlCommand> After { get; private init; } = [];

    /// <summary>The migration's statements, cut into those that run in a transaction and those that run outside.</summary>
    public MigrationSteps Steps { get; private init; } = new([], [], []);

    /// <summary>The change that a planned migration makes to a database.</summary>
    /// <param name="session">The run.</param>
    /// <param name="state">The database when the run is planned.</param>
    /// <param name="planned">The migration.</param>
    public static MigrationChange Of(MigrationSession session, DatabaseState state, PlannedMigration planned)
    {
        var (id, commands) = (planned.Id, planned.Commands);
        var change = new MigrationChange(id, planned.Path, commands, planned.Direction)
        {
            Steps = session.Database.Steps(commands),
            _hasOwnScripts = session.HistoryRows.AreOwn,
        };
        if (planned is not { Direction: MigrationDirection.Up, Source: { } migration })
        {
            return change with
            {
                After = session.Database.AfterMigration(id, commands, later: []),
                _rows = state.Rows,
                Unchanged = session.Database.RequireUnchanged(id, state.Rows),
                // The history's row is deleted first: a second run finds no row, and doesn't get to the statements.
                _first = session.HistoryRows.Take(id, state.Rows),
                _last = milliseconds => session.Journal.LogReverted(id, milliseconds),
            };
        }

        var downSql = migration.DownPath is null ? null : session.SqlFiles.Body(migration.DownPath);
        return change with
        {
            After = session.Database.AfterMigration(id, commands, Later(session, migration)),
            Unchanged = session.Database.RequireUnchanged(id, rows: null),
            // The history's row comes first: its key keeps EF Core's tool, and a second run, from the same migration.
            _first = session.HistoryRows.Insert(id),
            _last = milliseconds => session.Journal.LogApplied(id, migration.UpHash, downSql, milliseconds),
        };
    }

    /// <summary>Whether the database already has the result of the change.</summary>
    public bool IsIn(DatabaseState state) => state.IsApplied(Id) == (Direction == MigrationDirection.Up);

    /// <summary>Whether it failed because another run has changed the history since this run was planned.</summary>
    public bool IsOvertaken(SqlFailure failure, DatabaseState state) =>
        FailedAtHistory(failure) && (IsIn(state) || _rows is not null && state.Rows.Except(_rows).Any());

    /// <summary>Whether the statement that changes the history failed, or the one by which each stretch checks the history.</summary>
    public bool FailedAtHistory(SqlFailure failure) =>
        failure.Kind is FailureKind.DuplicateKey or FailureKind.Other
        && _first.Concat(Unchanged).Any(command => ReferenceEquals(command, failure.Command));

    /// <summary>Whether a statement of the application's own history repository failed.</summary>
    public bool FailedAtOwnScript(SqlFailure failure) =>
        _hasOwnScripts && _first.Any(command => ReferenceEquals(command, failure.Command));

    /// <summary>All statements of the change, for one transaction.</summary>
    /// <param name="database">The database.</param>
    /// <param name="commands">The migration's statements that run in the transaction.</param>
    /// <param name="milliseconds">An expression for the duration; <see langword="null"/> if it is unknown.</param>
    public IReadOnlyList<SqlCommand> Whole(Database database, IEnumerable<SqlCommand> commands, string? milliseconds) =>
    [
        .. database.FreshState([]),
        .. _first,
        .. _hasOwnScripts ? database.FreshState([]) : [],
        .. commands,
        .. After,
        .. database.OwnState,
        .. _last(milliseconds),
    ];

    private static IEnumerable<SqlCommand> Later(MigrationSession session, ManifestMigration migration) => session.Manifest.Migrations
        .SkipWhile(other => other != migration).Skip(1)
        .Select(other => other.UpPath).OfType<string>()
        .SelectMany(session.SqlFiles.Parsed);

    /// <summary>The statements that follow when all statements of the migration have run.</summary>
    /// <param name="database">The database.</param>
    /// <param name="time">The duration.</param>
    public IReadOnlyList<SqlCommand> End(Database database, TimeSpan time) => _hasOwnScripts
        ? [.. database.FreshState([]), .. _first, .. database.OwnState, .. _last(Durations.Milliseconds(time))]
        : [.. _first, .. _last(Durations.Milliseconds(time))];
}

/// <summary>Whether migrations are applied or reverted.</summary>
internal enum MigrationDirection
{
    Up,
    Down,
}
