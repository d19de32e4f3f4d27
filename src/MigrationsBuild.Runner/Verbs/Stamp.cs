using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Execution;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Planning;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>
/// Records in the history that the database is at a revision, and runs nothing. Of several revisions the newest counts, because the others
/// come before it.
/// </summary>
internal sealed class Stamp : IVerbHandler
{
    public Verb Definition => VerbTable.Stamp;

    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        var revisions = RevisionExpression.Split(session.Request.To);
        if (revisions.Count == 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.InvalidSetting, "The revision to stamp is missing.", Hint.Run(VerbTable.Stamp, "head"));
        }

        await session.ConnectToExistingAsync("stamp", cancellation);

        var before = await session.ReadStateAsync(cancellation);
        var target = revisions.Max(revision => before.Chain.Resolve(revision, before.Current));
        var id = target == MigrationChain.Base ? null : before.Chain.Ids[target];
        session.Progress.GoTo(new(session.Request.To, id, revisions.Any(before.Chain.IsFromCurrent), before.Applied));
        // Checked before the history is created, and again once no other run can change it.
        _ = ToRecord(session, before, target);
        await session.PrepareAsync(cancellation);

        var state = await session.ReadStateAsync(cancellation);
        session.Progress.RefuseMoved(state);
        state = await new SquashRecorder(session).RunAsync(state, cancellation);
        var known = await session.Journal.ReadEntriesAsync(cancellation);
        var replaced = session.Manifest.Squashes.SelectMany(squash => squash.Replaced).ToHashSet(MigrationId.Equality);
        bool IsOurs(string id) => state.Chain.Find(id) is not null || known.ContainsKey(id) || replaced.Contains(id)
            || (session.Request.Purge && session.IsForced);
        bool IsRemoved(string id) => session.Request.Purge || state.Chain.Find(id) is not { } position || position > target;
        var remove = state.Applied.Where(id => IsOurs(id) && IsRemoved(id)).ToList();
        var add = ToRecord(session, state, target);
        await new HistoryEdit(session).RunAsync(remove, add, cancellation);
        Report(session, state, remove, add, IsOurs);
        session.Reporter.Line($"Stamped at {state.Chain.NameAt(target)}; nothing was run");
        session.Reporter.Result(new MessageLine(RunnerMessages.Done)
            .With("verb", Definition.Name)
            .With("count", remove.Count + add.Count)
            .With("at", state.Chain.NameAt(target)));
    }

    /// <summary>The ids to write into the history, oldest first.</summary>
    /// <exception cref="MigrationsException">One of them is not approved: see <see cref="ApprovalGate"/>.</exception>
    private static List<string> ToRecord(MigrationSession session, DatabaseState state, int target)
    {
        var ids = state.Chain.Ids.Take(target + 1).Where(id => session.Request.Purge || !state.IsApplied(id)).ToList();
        ids.ForEach(id => ApprovalGate.RefuseToRecord(session, state.Find(id)));
        return ids;
    }

    private static void Report(
        MigrationSession session, DatabaseState state, List<string> removed, List<string> added, Func<string, bool> isOurs)
    {
        foreach (var id in removed.Except(added, MigrationId.Equality))
            session.Reporter.Line($"  {id}  removed from the history");
        foreach (var id in added)
            session.Reporter.Line($"  {id}  added to the history");
        // Another application may share the table, and its rows must stay.
        var purge = Hint.Add("If it is, add", "DbPurge", "true").With("DbForce", session.Database.Name);
        foreach (var id in state.Unknown.Where(id => !isOurs(id)))
            session.Reporter.Line($"  {id}  left alone: it is unknown whether it belongs to {session.Manifest.ShortName}.", purge);
    }
}
