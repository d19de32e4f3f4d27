using System.Diagnostics;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Migrations;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>Reverts applied migrations, newest first.</summary>
internal sealed class Rollback : IVerb
{
    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        session.Scripts.Verify();
        await session.ConnectAsync(cancellation);
        if (!session.IsConnected)
            throw new MigrationsException(DiagnosticCodes.NoDatabase, $"There is no {session.Database.Description}, so there is nothing to revert.");
        if (session.Request.To.Length == 0)
            session.RequireDevelopment("A rollback that isn't told how far", "Say it: -p:DbTo=-1");
        var plan = await PlanAsync(session, cancellation);
        if (plan.Count == 0 || session.Request.DryRun)
        {
            Show(session, plan);
            return;
        }

        await session.PrepareAsync(cancellation);
        plan = await PlanAsync(session, cancellation);
        var stopwatch = Stopwatch.StartNew();
        await RevertAsync(session, plan, cancellation);
        var after = await session.ReadStateAsync(cancellation);
        session.Reporter.Line($"{(plan.Count == 1 ? "1 migration" : $"{plan.Count} migrations")} reverted in {Migrate.Format(stopwatch.Elapsed)}; now at {after.Applied.LastOrDefault("base")}");
    }

    private static async Task RevertAsync(MigrationSession session, List<MigrationChange> plan, CancellationToken cancellation)
    {
        var applier = new MigrationApplier(session);
        if (session.Request.Settings.IsOneTransaction)
        {
            await applier.RunTogetherAsync(plan, cancellation);
            plan.ForEach(change => session.Reporter.Line($"  {change.Id}  reverted"));
            return;
        }

        var count = 0;
        foreach (var change in plan)
        {
            var time = Stopwatch.StartNew();
            await applier.RunAsync(change, count++, cancellation);
            session.Reporter.Line($"  {change.Id}  reverted, {Migrate.Format(time.Elapsed)}");
        }
    }

    /// <summary>What is to be reverted, newest first. Nothing runs if one of it can't be.</summary>
    private static async Task<List<MigrationChange>> PlanAsync(MigrationSession session, CancellationToken cancellation)
    {
        var state = await session.ReadStateAsync(cancellation);
        var applied = new MigrationChain(state.Applied);
        var to = session.Request.To.Length == 0 ? "-1" : session.Request.To;
        if (state.Chain.Find(to) is { } known && applied.Find(to) is null)
            throw new MigrationsException(DiagnosticCodes.NoSuchRevision, $"Destination {to} is not a valid downgrade target from current head(s): {state.Chain.NameAt(known)} isn't applied. Run: dotnet build -t:DbHistory");
        var target = applied.Resolve(to, applied.Head);
        var plan = new List<MigrationChange>();
        for (var position = applied.Head; position > target; position--)
            plan.Add(await ChangeAsync(session, state, applied.Ids[position], cancellation));
        if (session.Request.Settings.IsOneTransaction)
            MigrationApplier.RefuseStretches(session, plan);
        return plan;
    }

    private static async Task<MigrationChange> ChangeAsync(MigrationSession session, DatabaseState state, string id, CancellationToken cancellation)
    {
        if (state.Chain.Find(id) is null)
            return await ChangeFromJournalAsync(session, id, cancellation);
        var migration = state.Find(id);
        if (migration.DownPath is null)
        {
            throw new MigrationsException(
                DiagnosticCodes.Irreversible,
                $"{id} can't be reverted, so nothing is{(migration.Reason is null ? "" : $": {migration.Reason}")}. Write a new migration that does what you need: dotnet build -t:DbRevision",
                new Place(migration.UpPath is null ? id : session.Scripts.Absolute(migration.UpPath), 1, 1));
        }

        if (migration.State == MigrationState.Edited)
            throw new MigrationsException(DiagnosticCodes.ApplyUnapproved, $"The SQL that reverts {id} isn't what was approved, so nothing is reverted. Run: dotnet build -t:DbApprove -p:DbRev={id}");
        if (migration.State != MigrationState.Approved)
            session.RequireDevelopment($"Reverting {id}, which isn't approved,");
        return MigrationChange.Revert(session, id, migration.DownPath, session.Scripts.Statements(migration.DownPath));
    }

    /// <summary>The build no longer has the migration; the journal may know how to take it back.</summary>
    private static async Task<MigrationChange> ChangeFromJournalAsync(MigrationSession session, string id, CancellationToken cancellation)
    {
        var sql = session.HasJournal ? await session.Journal.ReadDownSqlAsync(id, cancellation) : null;
        if (sql is null)
            throw new MigrationsException(DiagnosticCodes.Irreversible, $"{id} is applied, this build doesn't have it, and nothing says how to revert it. Restore its files, or take it out of the history: dotnet build -t:DbStamp -p:DbRev=…");
        if (!session.IsDevelopment)
        {
            session.Reporter.Line($"The journal says that this reverts {id}:");
            foreach (var line in sql.TrimEnd().Split('\n'))
                session.Reporter.Line("    " + line);
            session.RequireDevelopment($"Reverting {id}, which this build doesn't have,");
        }

        return MigrationChange.Revert(session, id, path: null, session.Scripts.Parse(sql));
    }

    private static void Show(MigrationSession session, List<MigrationChange> plan)
    {
        session.Reporter.Line(plan.Count == 0 ? "Nothing to revert" : $"Would revert {plan.Count}:");
        foreach (var change in plan)
        {
            session.Reporter.Line($"  {change.Id}");
            foreach (var line in change.Commands.SelectMany(command => (command.Text + ";").Split('\n')))
                session.Reporter.Line("    " + line);
        }
    }
}
