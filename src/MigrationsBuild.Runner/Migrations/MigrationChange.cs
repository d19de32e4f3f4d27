using System.Globalization;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Databases;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>A migration to be applied or reverted: its statements, and what the history and the journal get with them.</summary>
/// <param name="Id">The migration.</param>
/// <param name="Path">The file that the statements are from, as the manifest has it; <see langword="null"/> if they are the journal's.</param>
/// <param name="Commands">The statements.</param>
/// <param name="Verb"><c>applied</c> or <c>reverted</c>.</param>
internal sealed record MigrationChange(string Id, string? Path, IReadOnlyList<SqlCommand> Commands, string Verb)
{
    private IReadOnlyList<string>? _rows;
    private IReadOnlyList<SqlCommand> _first = [];
    private bool _hasOwnScripts;

    /// <summary>What follows its statements, or those of a stretch of it, in their transaction.</summary>
    public IReadOnlyList<SqlCommand> After { get; private init; } = [];
    private Func<string?, IReadOnlyList<SqlCommand>> _last = _ => [];

    /// <summary>Applies a migration.</summary>
    public static MigrationChange Apply(MigrationSession session, ManifestMigration migration)
    {
        var downSql = migration.DownPath is null ? null : session.Scripts.Body(migration.DownPath);
        var commands = session.Scripts.Statements(migration.UpPath!);
        return new MigrationChange(migration.Id, migration.UpPath, commands, "applied")
        {
            After = session.Database.AfterMigration(migration.Id, commands, Later(session, migration)),
            // The history's row comes first: its key keeps EF Core's tool, and a second run, from the same migration.
            _first = session.HistoryRows.Insert(migration.Id),
            _hasOwnScripts = session.HistoryRows.AreOwn,
            _last = milliseconds => session.Journal.LogApplied(migration.Id, migration.UpHash, downSql, milliseconds),
        };
    }

    /// <summary>Reverts a migration.</summary>
    /// <param name="session">The run.</param>
    /// <param name="state">The database when the run was planned.</param>
    /// <param name="id">The migration.</param>
    /// <param name="path">The file that the statements are from; <see langword="null"/> if they are the journal's.</param>
    /// <param name="commands">The statements.</param>
    public static MigrationChange Revert(
        MigrationSession session, DatabaseState state, string id, string? path, IReadOnlyList<SqlCommand> commands)
    {
        return new MigrationChange(id, path, commands, "reverted")
        {
            After = session.Database.AfterMigration(id, commands, later: []),
            _rows = state.Rows,
            // The history's row goes first: a second run finds no row, and doesn't get to the statements.
            _first = session.HistoryRows.Take(id, state.Rows),
            _hasOwnScripts = session.HistoryRows.AreOwn,
            _last = milliseconds => session.Journal.LogReverted(id, milliseconds),
        };
    }

    /// <summary>Whether the database has what the change comes to.</summary>
    /// <param name="state">The database as it is now.</param>
    public bool IsIn(DatabaseState state) => state.IsApplied(Id) == (Verb == "applied");

    /// <summary>Whether it failed at the history, and another run has changed that since this run was planned.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="state">The database as it is now.</param>
    public bool IsOvertaken(SqlFailure failure, DatabaseState state) =>
        FailedAtHistory(failure) && (IsIn(state) || _rows is not null && state.Rows.Except(_rows).Any());

    /// <summary>Whether its first statement failed, the one that changes the history.</summary>
    /// <param name="failure">The failure.</param>
    public bool FailedAtHistory(SqlFailure failure) =>
        failure.Kind is FailureKind.DuplicateKey or FailureKind.Other && _first.Any(command => ReferenceEquals(command, failure.Command));

    /// <summary>Whether a statement of the application's own history repository failed.</summary>
    /// <param name="failure">The failure.</param>
    public bool FailedAtOwnScript(SqlFailure failure) => _hasOwnScripts && _first.Any(command => ReferenceEquals(command, failure.Command));

    /// <summary>All of it for one transaction.</summary>
    /// <param name="database">The database.</param>
    /// <param name="commands">Those of its statements that are to be in it.</param>
    /// <param name="milliseconds">An expression for how long it has taken; <see langword="null"/> if nobody knows.</param>
    public IReadOnlyList<SqlCommand> Whole(Database database, IEnumerable<SqlCommand> commands, string? milliseconds) =>
        [.. database.FreshState([]), .. _first, .. _hasOwnScripts ? database.FreshState([]) : [], .. commands, .. After, .. database.OwnState, .. _last(milliseconds)];

    private static IEnumerable<SqlCommand> Later(MigrationSession session, ManifestMigration migration) => session.Manifest.Migrations
        .SkipWhile(other => other != migration).Skip(1)
        .Select(other => other.UpPath).OfType<string>()
        .SelectMany(session.Scripts.Parsed);

    /// <summary>What is left to be done when all its statements have run.</summary>
    /// <param name="database">The database.</param>
    /// <param name="time">How long they have taken.</param>
    public IReadOnlyList<SqlCommand> End(Database database, TimeSpan time) => _hasOwnScripts
        ? [.. database.FreshState([]), .. _first, .. database.OwnState, .. _last(Text(time))]
        : [.. _first, .. _last(Text(time))];

    /// <summary>A time as an expression.</summary>
    public static string Text(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
