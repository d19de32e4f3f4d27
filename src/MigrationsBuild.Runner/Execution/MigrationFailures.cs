using MigrationsBuild.Diagnostics;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Databases.Sqlite;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Execution;

/// <summary>Explains a failed statement of a migration: the cause, the changes that are kept, and the fix.</summary>
/// <param name="session">The run.</param>
internal sealed class MigrationFailures(MigrationSession session)
{
    /// <summary>The failure of a statement as a diagnostic.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="change">The migration of the statement.</param>
    /// <param name="kept">The changes of this run that are kept: one or more sentences.</param>
    public async Task<MigrationsException> ExplainAsync(
        SqlFailure failure, MigrationChange change, string kept, CancellationToken cancellation)
    {
        var location = Location(failure, change);
        return failure.Kind switch
        {
            FailureKind.Cancelled => Interrupted(change, kept, location, failure),
            FailureKind.LockLost => new(LockLost($"{kept} ", location), failure),
            FailureKind.ReadOnly => new(
                DiagnosticCodes.Unreachable,
                $"{failure.Message}: the server is a standby, or a failover is in progress. {kept} {session.Progress.NextStep()}",
                location, failure),
            FailureKind.ConnectionLost => new(
                DiagnosticCodes.Unreachable,
                $"The connection was lost in {change.Id}: {failure.Message}. {kept} {session.Progress.NextStep()}",
                location, failure),
            FailureKind.NoRights => new(
                DiagnosticCodes.NoPermission,
                $"{failure.Message}. {kept} Connect as a user who owns the tables and may create in their schema.",
                Hint.Add("Or become such a role", "DbRole", "<role>"),
                location, failure),
            FailureKind.NotWritable => new(DiagnosticCodes.NoPermission, $"{failure.Message}. {kept}", location, failure),
            FailureKind.Blocked => new(new Diagnostic(
                DiagnosticCodes.TimedOut,
                $"{failure.Message}, {Attempts}. {kept} "
                + session.Progress.NextStep("Run the command again when the lock is free."),
                location)
            {
                Hints = session.Request.Verbose ? [] : [Hint.Add("To show what the blocking session executes", "DbVerbose", "true")],
            }, failure),
            FailureKind.TimedOut => new(
                DiagnosticCodes.TimedOut,
                $"{failure.Message}. {kept} "
                + FormattableString.Invariant($"The limit is {session.Request.Settings.StatementTimeout.TotalSeconds:0.###} s."),
                Hint.Add("To allow more time", "DbStatementTimeout", "<seconds>"),
                location, failure),
            FailureKind.AlreadyExists => new(
                DiagnosticCodes.AlreadyExists,
                $"{failure.Message}. {kept}{await ObjectsAsync(change, cancellation)}",
                new Hint($"If the database has all the changes of {change.Id}, record it as applied", VerbTable.Stamp, change.Id),
                location, failure),
            FailureKind.Unreadable => new(
                DiagnosticCodes.UnreadableFile, $"{failure.Message} {kept}", SqliteFile.OfflineScript, location: null, failure),
            FailureKind.NotRegistered => new(NotRegistered(failure, $"{kept} ", location), failure),
            FailureKind.NotRestored => new(
                DiagnosticCodes.RebuildLoses,
                $"{failure.Message}. {kept} Have the migration drop it or change it, before the rebuild: "
                + "migrationBuilder.Sql(\"DROP …\")", location, failure),
            FailureKind.NotRecorded => new(
                DiagnosticCodes.CustomHistory,
                "The SQL of the application's history repository "
                + (change.Direction == MigrationDirection.Up ? "doesn't record" : "still records")
                + $" that {change.Id} is applied. {kept} Correct its GetInsertScript or GetDeleteScript.",
                location: null, failure),
            _ when change.FailedAtOwnScript(failure) => new(
                DiagnosticCodes.SqlFailed,
                $"{failure.Message}, in SQL of the application's history repository: {failure.Command!.Text.Split('\n')[0]}. "
                + $"{kept}", location: null, failure),
            FailureKind.NotInTransaction => new(
                DiagnosticCodes.SqlFailed, $"{failure.Message}. {kept} {OutsideTransaction(failure)}", location, failure),
            _ => new(DiagnosticCodes.SqlFailed, $"{failure.Message}. {kept}", location, failure),
        };
    }

    private string Attempts =>
        session.Request.Settings.Retries == 0 ? "tried once" : $"tried {session.Request.Settings.Retries + 1} times";

    /// <summary>A statement needs a function or a collation that this SQLite doesn't have.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="kept">The changes that are kept: sentences, and a space after them.</param>
    /// <param name="location">The location of the statement, if it has one.</param>
    public static Diagnostic NotRegistered(SqlFailure failure, string kept, Location? location = null) => new(
        DiagnosticCodes.NotRegistered,
        $"{failure.Message}. {kept}If the application registers it on its own connection: "
        + "the runner executes no code of the application and doesn't have it. "
        + "Apply the migrations in the application, by Database.Migrate().",
        new Hint("Or as a script in a shell that has loaded it", VerbTable.Script),
        location);

    /// <summary>The run has lost the lock that keeps other runs out.</summary>
    /// <param name="kept">The changes that are kept: sentences, and a space after them.</param>
    /// <param name="location">The location of the statement, if it has one.</param>
    public static Diagnostic LockLost(string kept, Location? location = null) => new(
        DiagnosticCodes.LockLost,
        $"This run has lost the lock on the migrations, because a statement released it, and another run may be running. {kept}"
        + "Remove pg_advisory_unlock_all() and DISCARD ALL from the migration, and run again.",
        location);

    /// <summary>The run has lost the lock in a statement outside a transaction, whose changes are kept.</summary>
    /// <param name="id">The migration.</param>
    /// <param name="position">The number of the statement.</param>
    public static Diagnostic LockReleased(string id, int position) => new(
        DiagnosticCodes.LockLost,
        $"This run has lost the lock on the migrations, because statement {position} of {id} released it, and another run may be running. "
        + "The statement was executed. Run the command again: it continues after this statement. "
        + "For the other databases, remove pg_advisory_unlock_all() and DISCARD ALL from the migration.");

    /// <summary>The run was interrupted by a signal, or by the build that started it.</summary>
    public MigrationsException Interrupted(MigrationChange change, string kept, Location? location, Exception failure) =>
        new(
            DiagnosticCodes.Interrupted,
            $"The run was interrupted in {change.Id}. {kept} {session.Progress.NextStep()}",
            location,
            failure);

    /// <summary>How to mark the statement as outside a transaction, if it isn't marked yet.</summary>
    private static string OutsideTransaction(SqlFailure failure) => failure.Command?.Statement is { OutsideTransaction: true }
        ? "The statement is marked as outside a transaction, but the database has one open. Remove what begins it."
        : "To run the statement outside the migration's transaction, put it into a call of its own in the C#: "
            + "migrationBuilder.Sql(\"…\", suppressTransaction: true). In SQL written by hand, put this line before it: "
            + $"{SqlScript.OutsideTransactionMark}";

    private Location? Location(SqlFailure failure, MigrationChange change) =>
        change.Path is null ? null
        : failure.Command?.Statement is { } statement ? session.SqlFiles.LocationOf(change.Path, statement, failure.Position)
        : new Location(session.SqlFiles.Absolute(change.Path), 1, 1);

    /// <summary>
    /// Which of the objects that a migration creates exist. If all do, it only has to be recorded as applied; if some do, a person has to
    /// look.
    /// </summary>
    private async Task<string> ObjectsAsync(MigrationChange change, CancellationToken cancellation)
    {
        var dialect = SqlDialects.OfProvider(session.Manifest.Provider);
        var existing = new List<string>();
        var missing = new List<string>();
        var objects = change.Commands.Select(command => CreatedObject.Of(command.Text, dialect)).OfType<CreatedObject>();
        foreach (var created in objects.Where(created => !created.IfNotExists).Distinct())
            (await session.Database.ExistsAsync(created, cancellation) ? existing : missing).Add(created.ToString());
        var rest = missing.Count > 0 ? $"; it lacks: {StateReport.List(missing)}" : ", which is all of it";
        return existing.Count == 0 ? "" : $" Of what it creates, the database has, by name: {StateReport.List(existing)}{rest}.";
    }
}
