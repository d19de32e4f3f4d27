using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Migrations;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>Lists the build's migrations, newest first, in Alembic's form.</summary>
internal sealed class History : IVerb
{
    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        DatabaseState? state = null;
        try
        {
            await session.ConnectAsync(cancellation);
            state = await session.ReadStateAsync(cancellation);
        }
        catch (MigrationsException failure) when (failure.Diagnostic.Code == DiagnosticCodes.Unreachable)
        {
            // The build's side of it can be told all the same.
            session.Reporter.Line($"Without what is applied: {failure.Message}");
        }

        foreach (var line in Lines(session, state))
            session.Reporter.Line(line);
        if (state is not null)
            StateReport.Warn(state, session.Reporter);
    }

    private static IEnumerable<string> Lines(MigrationSession session, DatabaseState? state)
    {
        var chain = new MigrationChain(session.Manifest.Migrations.Select(migration => migration.Id));
        var current = state is { Applied: [.., var newest] } ? newest : null;
        for (var position = chain.Head; position > MigrationChain.Base; position--)
        {
            var id = chain.Ids[position];
            var previous = position == 0 ? "<base>" : chain.Ids[position - 1];
            var markers = (position == chain.Head ? " (head)" : "")
                + (id == current ? " (current)" : "")
                + (state is not null && !state.IsApplied(id) ? " (pending)" : "")
                + (session.Manifest.Migrations[position].State is MigrationState.Approved or MigrationState.NotAdopted ? "" : $" ({session.Manifest.Migrations[position].State.ToString().ToLowerInvariant()})");
            yield return $"{previous} -> {id}{markers}, {MigrationName.ToMessage(MigrationId.NameOf(id))}";
        }
    }
}
