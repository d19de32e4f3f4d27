using MigrationsBuild.Diagnostics;
using MigrationsBuild.Lint;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Planning;

/// <summary>
/// The locks that a plan takes on the tables of the database, with the sizes of these tables: shown by a dry run, and refused if the
/// settings say so.
/// </summary>
/// <param name="session">The run.</param>
internal sealed class LockReview(MigrationSession session)
{
    private const int ShownWork = 3;

    private (MigrationPlan? Of, IReadOnlyList<MigrationLocks>? Locks, TableFacts? Facts) _read;

    /// <summary>Refuses a plan with a lock that the settings don't allow, before any of it runs.</summary>
    /// <exception cref="MigrationsException">There is one, or the locks of a statement aren't known.</exception>
    public async Task RefuseAsync(MigrationPlan plan, CancellationToken cancellation)
    {
        var refused = session.Request.Settings.RefusedLocks;
        if (refused.Limits.Count == 0 || plan.Count == 0 || !session.IsConnected)
            return;
        var (locks, facts) = await ReadAsync(plan, cancellation);
        if (locks is null)
        {
            throw Refusal(
                plan, "DbRefuseLock limits the locks on large tables, but SQLite locks the whole database for each migration", null);
        }

        foreach (var (migration, its) in plan.Migrations.Zip(locks))
        {
            if (its.Unknown is [var unknown, ..])
            {
                throw Refusal(
                    plan,
                    $"The locks of this statement of {migration.Id} aren't known, and DbRefuseLock limits them",
                    LocationOf(migration, unknown));
            }

            foreach (var table in its.Tables)
                RefuseWork(plan, migration, table, facts!, refused);
        }
    }

    /// <summary>The locks of each migration of a plan, as lines; empty if the database has no locks on tables.</summary>
    /// <remarks>Also reports them for programs.</remarks>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> DescribeAsync(MigrationPlan plan, CancellationToken cancellation)
    {
        if (plan.Count == 0 || await ReadAsync(plan, cancellation) is not ({ } locks, { } facts))
            return [.. plan.Migrations.Select(_ => Array.Empty<string>())];
        foreach (var (migration, its) in plan.Migrations.Zip(locks))
            Report(migration, its, facts);
        return
        [
            .. locks.Select(its => (IReadOnlyList<string>)
            [
                .. Existing(its, facts).Select(table => Line(table, facts)),
                .. its.Unknown.Select(statement => $"Locks not known: {OneLine(statement.Text)}"),
            ]),
        ];
    }

    private async Task<(IReadOnlyList<MigrationLocks>? Locks, TableFacts? Facts)> ReadAsync(
        MigrationPlan plan, CancellationToken cancellation)
    {
        if (!session.IsConnected)
            return (null, null);
        // A dry run shows the locks before they may be refused.
        if (ReferenceEquals(_read.Of, plan))
            return (_read.Locks, _read.Facts);
        var statements = plan.Migrations.Select(migration => migration.Commands.Select(command => command.Statement!).ToList()).ToList();
        var names = LockForecast.Relations(statements.SelectMany(all => all));
        if (await session.Database.ReadTableFactsAsync(names, cancellation) is not { } facts)
            return (null, null);
        var forecast = new LockForecast(facts.Statements, plan.OneTransaction is not null);
        _read = (plan, [.. statements.Select(forecast.Next)], facts);
        return (_read.Locks, facts);
    }

    /// <summary>The tables that exist: a statement with IF EXISTS may name another one.</summary>
    private static IEnumerable<LockedTable> Existing(MigrationLocks locks, TableFacts facts) =>
        locks.Tables.Where(table => facts.Sizes.ContainsKey(table.Table));

    private void RefuseWork(
        MigrationPlan plan, PlannedMigration migration, LockedTable table, TableFacts facts, RefusedLocks refused)
    {
        foreach (var work in table.Work)
        {
            if (refused.Exceeded(work, facts.Sizes.GetValueOrDefault(work.On)?.Bytes) is not { } limit)
                continue;
            var size = facts.Sizes.GetValueOrDefault(work.On) is { } known ? $"has {known}" : "is of unknown size";
            throw Refusal(
                plan,
                $"{migration.Id} locks {table.Table} ({Locks.NameOf(work.Lock)}, blocks {Locks.BlockedBy(work.Lock)}) "
                + $"while {Doing(work.Work, work.On.ToString())}. "
                + $"{(work.On == table.Table ? "The table" : work.On)} {size}, and DbRefuseLock is {limit.Text}",
                LocationOf(migration, work.Statement));
        }
    }

    private static MigrationsException Refusal(MigrationPlan plan, string reason, Location? location) => new(
        DiagnosticCodes.LockRefused,
        $"{reason}, so nothing is {plan.Direction.Participle()}.",
        Hint.Add("To apply or revert the migrations anyway", "DbRefuseLock", "none"),
        location);

    private Location? LocationOf(PlannedMigration migration, SqlStatement statement) =>
        migration.Path is { } path ? session.SqlFiles.LocationOf(path, statement, position: 0) : null;

    private void Report(PlannedMigration migration, MigrationLocks locks, TableFacts facts)
    {
        foreach (var table in Existing(locks, facts))
        {
            var size = facts.Sizes[table.Table];
            session.Reporter.Result(new MessageLine(RunnerMessages.Lock)
                .With("migration", migration.Id)
                .With("table", table.Table.ToString())
                .With("mode", Locks.NameOf(table.Lock))
                .With("size-bytes", size.Bytes)
                .With("rows", size.Rows));
        }
    }

    private static string Line(LockedTable table, TableFacts facts)
    {
        var size = facts.Sizes[table.Table];
        var work = table.Work
            .OrderByDescending(work => work.Lock).ThenByDescending(work => work.Work)
            .Select(work => Doing(work.Work, work.On == table.Table ? "it" : work.On.ToString()))
            .Distinct().ToList();
        var meanwhile = work.Count == 0 ? "for a moment"
            : "while " + string.Join(", ", work.Take(ShownWork)) + (work.Count > ShownWork ? ", and other work is done" : "");
        return $"Locks {table.Table} ({size}): {Locks.NameOf(table.Lock)}, blocks {Locks.BlockedBy(table.Lock)} {meanwhile}";
    }

    /// <summary>Work on a table in words: <c>it is rewritten</c>.</summary>
    /// <param name="work">The work.</param>
    /// <param name="table">The name of the table, or <c>it</c>.</param>
    public static string Doing(TableWork work, string table) => work switch
    {
        TableWork.Rewrites => $"{table} is rewritten",
        TableWork.BuildsIndex => $"an index on {table} is built",
        TableWork.ReadsRows => table == "it" ? "its rows are read" : $"the rows of {table} are read",
        _ => table == "it" ? "its rows are changed" : $"the rows of {table} are changed",
    };

    private static string OneLine(string statement) =>
        string.Join(" ", statement.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
