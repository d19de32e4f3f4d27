using System.Diagnostics;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>Applies pending migrations, oldest first.</summary>
internal sealed class Migrate : IVerb
{
    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        session.Scripts.Verify();
        await session.ConnectAsync(cancellation);
        var before = await session.ReadStateAsync(cancellation);
        await StateReport.WarnAsync(session, before, await session.ReadEntriesAsync(cancellation), cancellation);
        await StateReport.TellTablesWithoutHistoryAsync(session, cancellation);
        var plan = Plan(session, before, session.Progress.GoTo(Resolve(session, before)));
        if (session.Request.DryRun)
        {
            await RequireUneditedAsync(session, plan, cancellation);
            Show(session, plan);
            return;
        }

        if (plan.Count == 0 && session.IsConnected)
        {
            await session.ClaimAsync(cancellation);
            session.Reporter.Line($"Nothing to apply; at {before.Chain.NameAt(before.Current)}{(before.Current == before.Chain.Head ? " (head)" : "")}");
            TellDone(session, before, 0, TimeSpan.Zero);
            return;
        }

        await ApplyAllAsync(session, cancellation);
    }

    /// <summary>Applies what is pending; a missing database is created first, if it may be.</summary>
    public static async Task ApplyAllAsync(MigrationSession session, CancellationToken cancellation)
    {
        await session.PrepareAsync(cancellation);

        // Read again: others may have been here before we had the lock.
        var state = await session.ReadStateAsync(cancellation);
        session.Progress.RefuseMoved(state);
        var plan = Plan(session, state, session.Progress.Destination ?? Resolve(session, state));
        await RequireUneditedAsync(session, plan, cancellation);
        session.Reporter.Line(plan.Count == 1 ? "1 migration is pending" : $"{plan.Count} migrations are pending");
        var stopwatch = Stopwatch.StartNew();
        var count = session.Request.Settings.IsOneTransaction
            ? await ApplyTogetherAsync(session, plan, cancellation)
            : await ApplyEachAsync(session, plan, cancellation);
        var after = await session.ReadStateAsync(cancellation);
        session.Reporter.Line($"{(count == 1 ? "1 migration" : $"{count} migrations")} applied in {Format(stopwatch.Elapsed)}; now at {after.Chain.NameAt(after.Current)}{(after.Current == after.Chain.Head ? " (head)" : "")}");
        TellDone(session, after, count, stopwatch.Elapsed);
    }

    private static Task RequireUneditedAsync(MigrationSession session, List<ManifestMigration> plan, CancellationToken cancellation) =>
        new HalfwayMigrations(session).RequireUneditedAsync([.. plan.Select(migration => MigrationChange.Apply(session, migration))], cancellation);

    private static async Task<int> ApplyEachAsync(MigrationSession session, List<ManifestMigration> plan, CancellationToken cancellation)
    {
        var applier = new MigrationApplier(session);
        foreach (var migration in plan)
        {
            var time = Stopwatch.StartNew();
            if (await applier.RunAsync(MigrationChange.Apply(session, migration), cancellation))
                TellApplied(session, migration, time.Elapsed);
            else
                session.Reporter.Line($"  {migration.Id}  applied by another run meanwhile");
        }

        return session.Progress.Completed;
    }

    private static async Task<int> ApplyTogetherAsync(MigrationSession session, List<ManifestMigration> plan, CancellationToken cancellation)
    {
        if (plan.Count > 0)
            await new MigrationApplier(session).RunTogetherAsync([.. plan.Select(migration => MigrationChange.Apply(session, migration))], cancellation);
        foreach (var migration in plan)
            TellApplied(session, migration, time: null);
        return plan.Count;
    }

    private static void TellApplied(MigrationSession session, ManifestMigration migration, TimeSpan? time)
    {
        session.Reporter.Line($"  {migration.Id}{(time is { } elapsed ? $"  {Format(elapsed)}" : "")}{(migration.State == MigrationState.Approved ? "" : "  (draft)")}");
        session.Reporter.Result(new MessageLine(RunnerMessages.Migration)
            .With("id", migration.Id).With("applied", true).With("duration-ms", time is null ? null : MigrationChange.Text(time.Value)));
    }

    private static void TellDone(MigrationSession session, DatabaseState state, int count, TimeSpan time) =>
        session.Reporter.Result(new MessageLine(RunnerMessages.Done)
            .With("verb", session.Request.Verb).With("count", count).With("at", state.Chain.NameAt(state.Current)).With("duration-ms", (long)time.TotalMilliseconds));

    /// <exception cref="MigrationsException">One of the build's migrations couldn't be applied to an empty development database.</exception>
    public static void RefuseUnapplicable(MigrationSession session)
    {
        foreach (var migration in session.Manifest.Migrations)
            ApprovalGate.RefuseToApply(session, migration);
    }

    private static Destination Resolve(MigrationSession session, DatabaseState state)
    {
        var to = session.Request.To;
        var position = to.Length == 0 ? state.Chain.Head : state.Chain.Resolve(to, state.Current);
        return new(to, position == MigrationChain.Base ? null : state.Chain.Ids[position], state.Chain.IsFromCurrent(to), state.Applied);
    }

    /// <summary>The migrations to apply. Nothing runs if one of them must not.</summary>
    private static List<ManifestMigration> Plan(MigrationSession session, DatabaseState state, Destination destination)
    {
        var target = destination.Id is { } id ? state.Chain.Find(id) ?? MigrationChain.Base : MigrationChain.Base;
        if (target < state.Current && session.Request.To.Length > 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.NoSuchRevision,
                $"Destination {session.Request.To} is not a valid upgrade target from current head(s): "
                + $"{state.Chain.NameAt(target)} is older than {state.Chain.NameAt(state.Current)}.",
                new Hint("To roll back, run", VerbTable.Rollback, session.Request.To));
        }

        var plan = state.Pending.Where(migration => state.Chain.Find(migration.Id) <= target).ToList();
        StateReport.RefuseDiverged(state);
        RefuseHoles(session, state, plan);
        foreach (var migration in plan)
            ApprovalGate.RefuseToApply(session, migration);
        // Made here, so that nothing runs if one of them can't.
        List<MigrationChange> changes = [.. plan.Select(migration => MigrationChange.Apply(session, migration))];
        if (session.Request.Settings.IsOneTransaction)
            MigrationApplier.RefuseStretches(session, changes);
        return plan;
    }

    private static void RefuseHoles(MigrationSession session, DatabaseState state, List<ManifestMigration> plan)
    {
        if (plan.Find(state.Holes.Contains) is { } hole && !session.IsDevelopment && !session.Request.Settings.AllowsOutOfOrder)
        {
            throw new MigrationsException(
                DiagnosticCodes.OutOfOrder,
                $"{hole.Id} is pending, and {state.Newest}, which is newer, is applied. "
                + "It was written for an older schema than this database has.",
                StateReport.AllowOutOfOrder);
        }
    }

    private static void Show(MigrationSession session, List<ManifestMigration> plan)
    {
        session.Reporter.Line(plan.Count == 0 ? "Nothing would be applied" : $"Would apply {plan.Count}:");
        foreach (var migration in plan)
        {
            session.Reporter.Line($"  {migration.Id}");
            foreach (var line in session.Scripts.Body(migration.UpPath!).TrimEnd().Split('\n'))
                session.Reporter.Line("    " + line);
        }
    }

    internal static string Format(TimeSpan time) => time.TotalSeconds < 10
        ? FormattableString.Invariant($"{time.TotalMilliseconds:0} ms")
        : FormattableString.Invariant($"{time.TotalSeconds:0.0} s");
}
