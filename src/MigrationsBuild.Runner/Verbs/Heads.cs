using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>Shows the build's newest migration. Needs no database.</summary>
internal sealed class Heads : IVerbHandler
{
    public Verb Definition => VerbTable.Heads;

    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        var chain = new MigrationChain(session.Manifest.Migrations.Select(migration => migration.Id));
        if (chain.Head == MigrationChain.Base)
        {
            session.Reporter.Line("There are no migrations.", Hint.Run(VerbTable.Revision));
            return;
        }

        if (!session.Request.Verbose)
            session.Reporter.Line($"{chain.Ids[chain.Head]} (head)");
        var report = await RevisionReport.OfAsync(session, state: null, cancellation);
        if (session.Request.Verbose)
            report.Write(chain.Head);
        else
            report.WriteResult(chain.Head);
    }
}
