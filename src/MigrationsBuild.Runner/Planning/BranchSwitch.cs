using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Planning;

/// <summary>
/// Plans how a development database follows the branch of the build. Before the build's migrations are applied, those that it doesn't have
/// are reverted, and drafts whose SQL has changed since they were applied. So are all migrations that follow one of them.
/// </summary>
/// <param name="session">The run.</param>
internal sealed class BranchSwitch(MigrationSession session)
{
    private readonly DowngradePlanner _planner = new(session);

    /// <summary>The migrations to revert, newest first, in one transaction if possible; an empty plan if there are none.</summary>
    /// <param name="state">The database.</param>
    /// <param name="entries">The journal's entries of the applied migrations.</param>
    /// <exception cref="MigrationsException">One of them can't be reverted, or the SQL of the journal must be accepted first.</exception>
    public async Task<MigrationPlan> PlanAsync(
        DatabaseState state, IReadOnlyDictionary<string, JournalEntry> entries, CancellationToken cancellation)
    {
        var isOther = Others(state, entries).ToHashSet(MigrationId.Equality);
        if (!session.IsKnownDevelopment || state.Squashed.Incomplete is not null || isOther.Count == 0)
            return new MigrationPlan(MigrationDirection.Down, []);
        List<string> ids = [.. state.Applied.SkipWhile(id => !isOther.Contains(id)).Reverse()];
        try
        {
            var plan = await _planner.PlanAsync(
                state, ids, id => state.Chain.Find(id) is null || IsEdited(state, entries, id), cancellation);
            return plan.InOneTransactionIfPossible(session);
        }
        catch (MigrationsException failure) when (
            failure.Diagnostic.Code == DiagnosticCodes.Irreversible || failure.Diagnostic.Code == DiagnosticCodes.NotEmittable)
        {
            throw new MigrationsException(
                DiagnosticCodes.NotSwitched,
                $"{session.Database.Name} has {StateReport.List([.. isOther])}, which this build doesn't have, or has with different SQL. "
                + $"{failure.Diagnostic.Message}",
                new Hint("To re-create the database and lose its data, run", VerbTable.Reset),
                failure.Diagnostic.Location,
                failure);
        }
    }

    /// <summary>
    /// The applied migrations that this branch has not. A newer one that isn't in the journal may belong to another application with the
    /// same history.
    /// </summary>
    private static IEnumerable<string> Others(DatabaseState state, IReadOnlyDictionary<string, JournalEntry> entries) =>
        state.Applied.Where(id => state.Chain.Find(id) is null
            ? state.IsDiverged || entries.ContainsKey(id)
            : state.Find(id).State == MigrationState.Draft && IsEdited(state, entries, id));

    private static bool IsEdited(DatabaseState state, IReadOnlyDictionary<string, JournalEntry> entries, string id) =>
        entries.TryGetValue(id, out var entry) && entry.IsOtherThan(state.Find(id));
}
