using MigrationsBuild.Runner.Migrations;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>Shows the newest applied migration. Writes nothing.</summary>
internal sealed class Current : IVerb
{
    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        await session.ConnectAsync(cancellation);
        var state = await session.ReadStateAsync(cancellation);
        if (state.Applied.Count > 0)
        {
            var id = state.Applied[^1];
            session.Reporter.Line(id + (state.Chain.Find(id) == state.Chain.Head ? " (head)" : ""));
        }

        if (!session.IsConnected)
            session.Reporter.Line("The database doesn't exist yet");
        if (state.Pending.Count > 0)
            session.Reporter.Line($"{state.Pending.Count} pending. Run: dotnet build -t:DbMigrate");
        StateReport.Warn(state, session.Reporter);
        StateReport.RefuseDiverged(state);
    }
}
