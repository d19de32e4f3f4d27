using MigrationsBuild.Diagnostics;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>
/// Compares the files with the manifest, and the database with the files. Writes nothing. Only a deployed runner has this verb; the check
/// of a build, <c>DbCheck</c>, needs no runner.
/// </summary>
internal sealed class DeploymentCheck : IVerbHandler
{
    public Verb Definition => VerbTable.DeploymentCheck;

    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        session.SqlFiles.Verify();
        await session.ConnectAsync(cancellation);
        var state = await session.ReadStateAsync(cancellation);
        await StateReport.WarnAsync(session, state, await session.ReadEntriesAsync(cancellation), cancellation);
        StateReport.RefuseDiverged(state);
        if (state.Pending.Count > 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.Pending,
                $"{state.Pending.Count} pending: {StateReport.List([.. state.Pending.Select(migration => migration.Id)])}.",
                Hint.Run(VerbTable.Migrate));
        }

        session.Reporter.Line($"Nothing is pending; at {state.Chain.NameAt(state.Current)}");
    }
}
