using MigrationsBuild.Diagnostics;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>Lists the build's migrations, newest first, in Alembic's form: all, or those of a range.</summary>
internal sealed class History : IVerbHandler
{
    public Verb Definition => VerbTable.History;

    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        var range = session.Request.To.Length == 0 ? new RevisionRange("", "") : RevisionRange.Parse(session.Request.To);
        var state = await ReadStateAsync(session, cancellation);
        if (state is null && session.Request.To.Length > 0 && RevisionRange.NeedsCurrent(session.Request.To))
        {
            throw new MigrationsException(
                DiagnosticCodes.NoConnection,
                $"'{session.Request.To}' counts from the applied migrations, and the database can't be read.");
        }

        var chain = state?.Chain ?? new MigrationChain(session.Manifest.Migrations.Select(migration => migration.Id));
        var (start, end) = range.In(chain, state?.Current ?? MigrationChain.Base);
        if (start > end)
        {
            throw new MigrationsException(
                DiagnosticCodes.NoSuchRevision,
                $"Requested range {session.Request.To} does not refer to ancestor/descendant revisions along the same branch: "
                + $"{chain.NameAt(start)} comes after {chain.NameAt(end)}.",
                Hint.Add("Swap its ends", "DbRev", $"{range.End}:{range.Start}"));
        }

        var report = await RevisionReport.OfAsync(session, state, cancellation);
        for (var position = end; position >= Math.Max(start, 0); position--)
            report.Write(position);
        if (state is null)
            return;
        StateReport.ReportUnrecorded(session, state);
        await StateReport.WarnAsync(session, state, report.Entries, cancellation);
    }

    /// <summary>
    /// The state of the database; <see langword="null"/> if it can't be read. The build's migrations are shown nevertheless.
    /// </summary>
    private static async Task<DatabaseState?> ReadStateAsync(MigrationSession session, CancellationToken cancellation)
    {
        if (!session.HasConnection)
            return null;
        try
        {
            await session.ConnectAsync(cancellation);
            return await session.ReadStateAsync(cancellation);
        }
        catch (MigrationsException failure) when (
            failure.Diagnostic.Code is var code && (code == DiagnosticCodes.Unreachable || code == DiagnosticCodes.UnreadableFile))
        {
            session.Reporter.Line($"Shown without the applied migrations: {failure.Message}");
            return null;
        }
    }
}
