using MigrationsBuild.Diagnostics;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Execution;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Planning;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>Drops a development database, creates it again, and applies all migrations.</summary>
internal sealed class Reset : IVerbHandler
{
    private const int Shown = 10;

    public Verb Definition => VerbTable.Reset;

    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        session.SqlFiles.Verify();
        await session.ConnectAsync(cancellation);
        if (session.IsConnected)
        {
            session.RequireDevelopment("A reset");
            await RefuseOthersAsync(session, cancellation);
            // Planned before anything is dropped, so that a migration that can't be applied costs no data.
            _ = new UpgradePlanner(session).PlanFromEmpty();
            var size = await session.Database.ReadSizeAsync(cancellation);
            Show(session, size);
            if (session.Request.DryRun)
                return;
            await session.ConfirmAsync("The reset", $"Drop {session.Database.Description} with {size}?", cancellation);
            await session.DropAsync(cancellation);
        }

        await new DatabaseUpgrade(session).RunAsync(cancellation);
    }

    /// <summary>A development mark is valid for one history. Another application may have its own history in another schema.</summary>
    private static async Task RefuseOthersAsync(MigrationSession session, CancellationToken cancellation)
    {
        if (!session.IsForced && await session.Database.ReadOtherHistoriesAsync(cancellation) is { Count: > 0 } others)
        {
            throw new MigrationsException(
                DiagnosticCodes.NotDevelopment,
                $"{session.Database.Name} also holds the migrations of others: {StateReport.List(others)}. "
                + "A reset would drop their tables as well.",
                session.ForceHint);
        }
    }

    private static void Show(MigrationSession session, DatabaseSize size)
    {
        var names = string.Join(", ", size.Tables.Take(Shown)) + (size.Tables.Count > Shown ? ", …" : "");
        var verb = session.Request.DryRun ? "Would drop" : "Drops";
        session.Reporter.Line($"{verb} {session.Database.Name} with {size}{(names.Length == 0 ? "" : ": " + names)}");
    }
}
