using MigrationsBuild.Diagnostics;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>
/// Shows all details of a migration, and its SQL. Reads a database only if the revision counts from the applied migrations.
/// </summary>
internal sealed class Show : IVerbHandler
{
    public Verb Definition => VerbTable.Show;

    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        if (session.Request.To.Length == 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.InvalidSetting, "The revision to show is missing.", Hint.Run(VerbTable.Show, "head"));
        }

        session.SqlFiles.Verify();
        DatabaseState? state = null;
        if (RevisionRange.NeedsCurrent(session.Request.To))
        {
            await session.ConnectAsync(cancellation);
            state = await session.ReadStateAsync(cancellation);
        }

        var chain = state?.Chain ?? new MigrationChain(session.Manifest.Migrations.Select(migration => migration.Id));
        var position = chain.Resolve(session.Request.To, state?.Current ?? MigrationChain.Base);
        if (position == MigrationChain.Base)
        {
            throw new MigrationsException(
                DiagnosticCodes.NoSuchRevision,
                $"Can't locate revision identified by '{session.Request.To}': it is base, before the first migration.",
                Hint.Run(VerbTable.History));
        }

        (await RevisionReport.OfAsync(session, state, cancellation)).WriteEntry(position);
        if (session.Manifest.Find(chain.Ids[position]).UpPath is not { } path)
            return;
        foreach (var line in session.SqlFiles.Body(path).TrimEnd().Split('\n'))
            session.Reporter.Line("    " + line);
    }
}
