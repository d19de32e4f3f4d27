using MigrationsBuild.Diagnostics;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Planning;

namespace MigrationsBuild.Runner.Execution;

/// <summary>
/// Records squashed migrations in the history, in place of the rows of the migrations that they replace. The database has their objects
/// already, so no SQL of a migration runs.
/// </summary>
/// <param name="session">The run, which has the lock.</param>
internal sealed class SquashRecorder(MigrationSession session)
{
    /// <summary>Records the squashed migrations that the history doesn't have yet, in one transaction.</summary>
    /// <param name="state">The state of the database.</param>
    /// <returns>The state after it.</returns>
    /// <exception cref="MigrationsException">
    /// One of them is not approved: see <see cref="ApprovalGate"/>; or another run has changed the history.
    /// </exception>
    public async Task<DatabaseState> RunAsync(DatabaseState state, CancellationToken cancellation)
    {
        var squashes = state.Squashed.Unrecorded;
        if (squashes.Count == 0)
            return state;
        foreach (var squash in squashes)
            ApprovalGate.RefuseToRecord(session, state.Find(squash.Id));
        List<SqlCommand> history =
        [
            // All rows are taken first: on SQLite this fails if the history has a row that this run doesn't know.
            .. squashes.SelectMany(squash => squash.Replaced).SelectMany(id => session.HistoryRows.Take(id, state.Rows)),
            .. squashes.SelectMany(squash => session.HistoryRows.Insert(squash.Id)),
        ];
        List<SqlCommand> commands =
        [
            .. session.HistoryRows.AsOfMigration(history),
            .. squashes.SelectMany(squash => squash.Replaced).Select(session.Journal.LogReplaced),
            .. squashes.Select(squash => session.Journal.LogStamped(squash.Id, isApplied: true)),
        ];
        try
        {
            await new Retries(session).RunAsync(
                "The history", () => session.Database.ExecuteTransactionAsync(commands, cancellation), cancellation);
        }
        catch (SqlFailure failure) when (
            failure.Kind is FailureKind.DuplicateKey or FailureKind.Other && history.Contains(failure.Command!))
        {
            if (await session.ReadStateAsync(cancellation) is { Squashed: { Unrecorded: [], Incomplete: null } } now)
                return now;
            throw new MigrationsException(
                DiagnosticCodes.Locked,
                "Another run has changed the history meanwhile. Nothing was changed. Run the command again.",
                inner: failure);
        }

        foreach (var squash in squashes)
            session.Reporter.Line($"  {squash.Id}  recorded in place of {squash.Replaced.Count} migrations, up to {squash.Last}");
        return await session.ReadStateAsync(cancellation);
    }
}
