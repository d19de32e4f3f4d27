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
        var before = await session.ReadStateAsync(cancellation);
        var destination = session.Progress.GoTo(Resolve(session, before));
        var plan = await PlanAsync(session, before, destination, cancellation);
        if (plan.Count == 0 || session.Request.DryRun)
        {
            Show(session, plan);
            return;
        }

        await session.PrepareAsync(cancellation);
        var state = await session.ReadStateAsync(cancellation);
        session.Progress.RefuseMoved(state);
        plan = await PlanAsync(session, state, destination, cancellation);
        var stopwatch = Stopwatch.StartNew();
        await RevertAsync(session, plan, cancellation);
        var after = await session.ReadStateAsync(cancellation);
        var count = session.Progress.Completed == 1 ? "1 migration" : $"{session.Progress.Completed} migrations";
        session.Reporter.Line($"{count} reverted in {Migrate.Format(stopwatch.Elapsed)}; now at {after.Newest}");
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

        foreach (var change in plan)
        {
            var time = Stopwatch.StartNew();
            var isOurs = await applier.RunAsync(change, cancellation);
            session.Reporter.Line($"  {change.Id}  reverted{(isOurs ? $", {Migrate.Format(time.Elapsed)}" : " by another run meanwhile")}");
        }
    }

    /// <summary>The destination in the chain of what is applied, whose <c>head</c> is the newest applied migration.</summary>
    private static Destination Resolve(MigrationSession session, DatabaseState state)
    {
        var to = session.Request.To.Length == 0 ? "-1" : session.Request.To;
        RefuseUnapplied(state, to);
        var applied = new MigrationChain(state.Applied);
        var position = applied.Resolve(to, applied.Head);
        var isRelative = applied.IsFromCurrent(to) || RevisionExpression.Parse(to).IsFromHead;
        return new(to, position == MigrationChain.Base ? null : applied.Ids[position], isRelative, state.Applied);
    }

    /// <exception cref="MigrationsException">The build has a migration of that id, and the database hasn't.</exception>
    private static void RefuseUnapplied(DatabaseState state, string id)
    {
        if (state.Chain.Find(id) is { } known && !state.IsApplied(id))
        {
            throw new MigrationsException(
                DiagnosticCodes.NoSuchRevision,
                $"Destination {id} is not a valid downgrade target from current head(s): {state.Chain.NameAt(known)} isn't applied. Run: dotnet build -t:DbHistory");
        }
    }

    /// <summary>The migrations to revert, newest first. Nothing runs if one of them can't be reverted.</summary>
    private static async Task<List<MigrationChange>> PlanAsync(MigrationSession session, DatabaseState state, Destination destination, CancellationToken cancellation)
    {
        if (destination.Id is not null)
            RefuseUnapplied(state, destination.Id);
        var applied = new MigrationChain(state.Applied);
        var target = destination.Id is { } id ? applied.Resolve(id, applied.Head) : MigrationChain.Base;
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
