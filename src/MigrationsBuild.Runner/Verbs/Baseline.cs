using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Execution;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Planning;
using MigrationsBuild.Runner.Scratch;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>
/// Records migrations in a database that has none, if its objects are those that the migrations produce on a scratch database. Runs none of
/// their SQL on the database. If it differs, shows the differences and writes nothing.
/// </summary>
internal sealed class Baseline : IVerbHandler
{
    public Verb Definition => VerbTable.Baseline;

    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        session.SqlFiles.Verify();
        await session.ConnectToExistingAsync("record", cancellation);

        var before = await session.ReadStateAsync(cancellation);
        RefuseHistory(before);
        var ids = ToRecord(session, before);
        await CompareAsync(session, new DatabaseState(session.Manifest, ids, session.IsDevelopment), cancellation);

        await session.PrepareAsync(cancellation);
        // Another run may have migrated the database during the comparison.
        RefuseHistory(await session.ReadStateAsync(cancellation));
        await new HistoryEdit(session).RunAsync(remove: [], ids, cancellation);
        foreach (var id in ids)
            session.Reporter.Line($"  {id}  added to the history");
        session.Reporter.Line($"No difference, so {session.Database.Name} is now at {ids[^1]}; nothing was run");
        session.Reporter.Result(new MessageLine(RunnerMessages.Done)
            .With("verb", Definition.Name).With("count", ids.Count).With("at", ids[^1]));
    }

    /// <exception cref="MigrationsException">The database has a migration.</exception>
    private static void RefuseHistory(DatabaseState state)
    {
        if (state.Applied.Count > 0)
        {
            throw new MigrationsException(new Diagnostic(
                DiagnosticCodes.HasHistory,
                $"The database already has {StateReport.List(state.Applied)}, so nothing is recorded.")
            {
                Hints =
                [
                    new Hint("To apply the pending migrations, run", VerbTable.Migrate),
                    new Hint("To correct the history, run", VerbTable.Stamp, "<revision>"),
                ],
            });
        }
    }

    /// <summary>The ids to write into the history, oldest first.</summary>
    /// <exception cref="MigrationsException">There is none, or one of them is not approved: see <see cref="ApprovalGate"/>.</exception>
    private static List<string> ToRecord(MigrationSession session, DatabaseState state)
    {
        var to = session.Request.To.Length == 0 ? "head" : session.Request.To;
        List<string> ids = [.. state.Chain.Ids.Take(state.Chain.Resolve(to, MigrationChain.Base) + 1)];
        if (ids.Count == 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.NothingToDo, $"'{to}' is before the first migration, so there is nothing to record.");
        }

        ids.ForEach(id => ApprovalGate.RefuseToRecord(session, state.Find(id)));
        return ids;
    }

    /// <exception cref="MigrationsException">The database differs from the result of the migrations.</exception>
    private static async Task CompareAsync(MigrationSession session, DatabaseState state, CancellationToken cancellation)
    {
        var comparison = new SchemaComparison(session);
        var differences = await comparison.ReadAsync(state, cancellation);
        comparison.Show(differences);
        if (session.Request.Verbose)
            session.Reporter.Line($"Not compared: {session.Database.NotCompared(withPrivileges: false)}");
        if (differences.Count == 0)
            return;
        throw new MigrationsException(new Diagnostic(
            DiagnosticCodes.SchemaDiffers, $"{comparison.Summary(state, differences)}, so nothing is recorded.")
        {
            Hints =
            [
                new Hint("If it is like an earlier migration, run", VerbTable.Baseline, "<revision>"),
                Hint.Add("To leave out objects of other applications", "DbIgnore", "<names>"),
            ],
        });
    }
}
