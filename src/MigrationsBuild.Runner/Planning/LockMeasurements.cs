using MigrationsBuild.Diagnostics;
using MigrationsBuild.Lint;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Runner.Planning;

/// <summary>
/// The locks that a migration takes on a scratch database, and the work under them, compared with those that its SQL shows: a block of
/// code, a function or a trigger may do more.
/// </summary>
/// <param name="session">A run on the scratch database, at the migration before.</param>
/// <param name="hasRows">Whether its tables have rows, so that it means something how long a statement takes.</param>
internal sealed class LockMeasurements(MigrationSession session, bool hasRows)
{
    /// <summary>Measures the next migration.</summary>
    /// <param name="migration">The migration, which isn't applied yet.</param>
    /// <returns>Warnings about locks and work that the SQL doesn't show, and all of it as lines.</returns>
    public async Task<(IReadOnlyList<Diagnostic> Findings, IReadOnlyList<string> Lines)> RunAsync(
        ManifestMigration migration, CancellationToken cancellation)
    {
        var commands = session.SqlFiles.Statements(migration.UpPath!);
        var statements = commands.Select(command => command.Statement!).ToList();
        // Concurrent statements block neither reads nor writes, and can't be rolled back.
        if (statements.Exists(statement => statement.OutsideTransaction)
            || await session.Database.MeasureLocksAsync(commands, cancellation) is not { } measured)
        {
            return ([], []);
        }

        var facts = await session.Database.ReadTableFactsAsync(LockForecast.Relations(statements), cancellation);
        var forecast = new LockForecast(facts!.Statements, isOneTransaction: false).Next(statements);
        var heavy = measured.Where(one => one.Lock >= TableLock.Share || one.Work != TableWork.None).ToList();
        return (
            [.. heavy.Where(one => !IsForecast(one, forecast)).Select(one => Finding(migration, one))],
            [.. heavy.Select(Line).Distinct()]);
    }

    private static bool IsForecast(MeasuredLock one, MigrationLocks forecast) =>
        forecast.Tables.FirstOrDefault(table => table.Table == one.Table) is { } table
        && table.Lock >= one.Lock
        && (one.Work == TableWork.None || table.Work.Any(work =>
            work.On == one.Table && work.Work >= one.Work && ReferenceEquals(work.Statement, one.Command.Statement)));

    private Diagnostic Finding(ManifestMigration migration, MeasuredLock one) => new(
        one.Work switch
        {
            TableWork.BuildsIndex => DiagnosticCodes.IndexBlocksWrites,
            TableWork.ReadsRows => DiagnosticCodes.ValidationBlocksWrites,
            _ => DiagnosticCodes.HeavyLock,
        },
        $"Measured: the statement takes {Locks.Text(one.Lock)} on {one.Table}{Meanwhile(one)}. Its SQL doesn't show this.",
        session.SqlFiles.LocationOf(migration.UpPath!, one.Command.Statement!, position: 0))
    {
        Severity = Severity.Warning,
    };

    private static string Meanwhile(MeasuredLock one) =>
        one.Work == TableWork.None ? "" : $", and {LockReview.Doing(one.Work, "it")}";

    private string Line(MeasuredLock one) =>
        $"Locks {one.Table}: {Locks.NameOf(one.Lock)}, blocks {Locks.BlockedBy(one.Lock)}"
        + (one.Work == TableWork.None ? "" : $"; {LockReview.Doing(one.Work, "it")}")
        + (hasRows ? $"; {Durations.Format(one.Duration)}" : "");
}
