using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>Shows the newest applied migration, and the reason if it isn't the head. Writes nothing.</summary>
internal sealed class Current : IVerbHandler
{
    public Verb Definition => VerbTable.Current;

    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        await session.ConnectAsync(cancellation);
        var state = await session.ReadStateAsync(cancellation);
        var report = await RevisionReport.OfAsync(session, state, cancellation);
        if (session.Request.Verbose && state.Current > MigrationChain.Base)
            report.WriteEntry(state.Current);
        else if (state.Applied.Count > 0)
            session.Reporter.Line(state.Applied[^1] + (state.Chain.Find(state.Applied[^1]) == state.Chain.Head ? " (head)" : ""));
        for (var position = 0; position <= state.Chain.Head; position++)
            report.WriteResult(position);

        if (!session.IsConnected)
            session.Reporter.Line("The database doesn't exist yet");
        if (state.Pending.Count > 0)
        {
            session.Reporter.Line(
                $"{state.Pending.Count} pending: {StateReport.List([.. state.Pending.Select(migration => migration.Id)])}.",
                Hint.Run(VerbTable.Migrate));
        }

        StateReport.ReportUnrecorded(session, state);
        StateReport.ReportHoles(session, state);
        session.Reporter.Result(new MessageLine(RunnerMessages.Done)
            .With("verb", Definition.Name)
            .With("count", state.Pending.Count)
            .With("at", state.Chain.NameAt(state.Current)));
        await StateReport.WarnAsync(session, state, report.Entries, cancellation);
        StateReport.RefuseDiverged(session, state);
        var isAtHead = state.Pending.Count == 0 && (state.Applied.Count == 0 || state.Chain.Find(state.Applied[^1]) == state.Chain.Head);
        if (session.Request.CheckHeads && !isAtHead)
        {
            throw new MigrationsException(
                DiagnosticCodes.Pending,
                $"The database is at {state.Newest} and not at the head, {state.Chain.NameAt(state.Chain.Head)}.",
                Hint.Run(VerbTable.Migrate));
        }
    }
}
