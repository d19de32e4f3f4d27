using MigrationsBuild.Runner.Migrations;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>Drops a development database, creates it anew, and applies all migrations.</summary>
internal sealed class Reset : IVerb
{
    private const int Shown = 10;

    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        session.Scripts.Verify();
        await session.ConnectAsync(cancellation);
        if (session.IsConnected)
        {
            session.RequireDevelopment("DbReset");
            // What the migrations can't rebuild shall not be missed only when it is gone.
            Migrate.RefuseUnapplicable(session);
            var tables = await session.Database.ReadTablesAsync(cancellation);
            session.Reporter.Line($"Drops {session.Database.Name} with {(tables.Count == 1 ? "1 table" : $"{tables.Count} tables")}{(tables.Count == 0 ? "" : ": " + string.Join(", ", tables.Take(Shown)) + (tables.Count > Shown ? ", …" : ""))}");
            if (session.Request.DryRun)
                return;
            await session.DropAsync(cancellation);
        }

        await Migrate.ApplyAllAsync(session, cancellation);
    }
}
