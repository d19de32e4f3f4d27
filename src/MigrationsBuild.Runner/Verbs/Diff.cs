using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Scratch;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>
/// Compares a database with what its applied migrations produce on a scratch database. Writes nothing to the database, and reads only its
/// catalogs and its history.
/// </summary>
internal sealed class Diff : IVerbHandler
{
    public Verb Definition => VerbTable.Diff;

    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        session.SqlFiles.Verify();
        await session.ConnectAsync(cancellation);
        if (!session.IsConnected)
        {
            throw new MigrationsException(
                DiagnosticCodes.NoDatabase,
                $"There is no {session.Database.Description}, so there is nothing to compare.",
                Hint.Run(VerbTable.Migrate));
        }

        var state = await session.ReadStateAsync(cancellation);
        Report(session, state, await new SchemaComparison(session).ReadAsync(state, cancellation));
    }

    private static void Report(MigrationSession session, DatabaseState state, IReadOnlyList<CatalogDifference> differences)
    {
        var at = state.Chain.NameAt(state.Current);
        var comparison = new SchemaComparison(session);
        comparison.Show(differences);
        session.Reporter.Result(new MessageLine(RunnerMessages.Done)
            .With("verb", VerbTable.Diff.Name).With("count", differences.Count).With("at", at));
        if (session.Request.Verbose)
            session.Reporter.Line($"Not compared: {session.Database.NotCompared}");
        if (differences.Count == 0)
        {
            session.Reporter.Line($"No difference; at {at}");
            return;
        }

        throw comparison.Failure(state, differences);
    }
}
