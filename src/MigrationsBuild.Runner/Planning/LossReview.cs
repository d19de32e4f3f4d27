using MigrationsBuild.Diagnostics;
using MigrationsBuild.Lint;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Planning;

/// <summary>
/// The data that a plan drops: shown before it runs, and outside of development databases refused, unless someone has accepted it. The data
/// of an up migration is accepted if its approval accepts the findings of the lint about it.
/// </summary>
/// <param name="session">The run.</param>
internal sealed class LossReview(MigrationSession session)
{
    private const int Named = 5;

    private static readonly DiagnosticCode[] _ofTables = [DiagnosticCodes.TableDropped, DiagnosticCodes.DropAndAdd];
    private static readonly DiagnosticCode[] _ofColumns =
        [DiagnosticCodes.ColumnDropped, DiagnosticCodes.ColumnReplaced, DiagnosticCodes.DropAndAdd];

    private static readonly DiagnosticCode[] _ofUnknown = [DiagnosticCodes.NotUnderstood];

    private readonly AcceptedLosses _accepted = new(session.Request.AcceptLoss);
    private readonly HashSet<string> _shown = [];

    private SqlDialect Dialect => SqlDialects.OfProvider(session.Manifest.Provider);

    /// <summary>Shows what migrations drop, and refuses data that nobody has accepted.</summary>
    /// <param name="migrations">The migrations, in the order in which they run.</param>
    /// <exception cref="MigrationsException">There is such data, and the database is not a development database.</exception>
    public async Task RequireAcceptedAsync(IReadOnlyList<PlannedMigration> migrations, CancellationToken cancellation)
    {
        var losses = await ReadAsync(migrations, cancellation);
        foreach (var loss in losses.Where(loss => _shown.Add(loss.Text)))
        {
            session.Reporter.Line(loss.Text);
            session.Reporter.Result(loss.ToResult());
        }

        List<Loss> refused = session.IsKnownDevelopment ? [] : [.. losses.Where(loss => !loss.IsAccepted)];
        if (refused.Count == 0)
            return;
        var others = refused.Count - Named;
        var more = others > 0 ? $"{others} more {(others == 1 ? "is" : "are")} shown above. " : "";
        var done = refused[0].Migration.Direction.Participle();
        throw new MigrationsException(
            DiagnosticCodes.DataLoss,
            $"{string.Concat(refused.Take(Named).Select(loss => loss.Text + ". "))}{more}"
            + $"Nobody has accepted this loss, and {session.NotDevelopment}, so nothing is {done}.",
            Hint.Add("If the data may be lost", "DbAcceptLoss", string.Join(" ", refused.Select(loss => loss.Name).Distinct())));
    }

    private async Task<List<Loss>> ReadAsync(IReadOnlyList<PlannedMigration> migrations, CancellationToken cancellation)
    {
        var statements = migrations.Select(migration => migration.Commands.Select(command => command.Statement!).ToList()).ToList();
        if (!session.IsConnected || !statements.Exists(all => all.Exists(LossForecast.MayDrop)))
            return [];
        var forecast = new LossForecast(
            await session.Database.ReadColumnsAsync(statements.SelectMany(all => all), cancellation), Dialect);
        var losses = migrations.Zip(statements).SelectMany(pair => Of(pair.First, forecast.Next(pair.Second))).ToList();
        var countable = losses.Where(loss => loss.Dropped is not null).ToList();
        await new Retries(session).RunAsync("The rows to drop", () => CountAsync(countable, cancellation), cancellation);
        return [.. losses.Where(loss => loss.Exists)];
    }

    private IEnumerable<Loss> Of(PlannedMigration migration, MigrationLosses losses) =>
    [
        .. losses.Dropped.Select(dropped => new Loss(migration, $"{Doing(migration)} drops {dropped}")
        {
            Dropped = dropped,
            Name = AcceptedLosses.NameOf(dropped),
            IsNamed = IsApproved(migration, dropped) || _accepted.Has(dropped),
        }),
        // What an up migration composes was reviewed with it, and doesn't depend on the data that has come since.
        .. losses.Unknown.Where(drop => migration.Direction == MigrationDirection.Down || !drop.IsDynamic).Select(
            drop => new Loss(migration, $"{Doing(migration)} may drop data, and it isn't known how much: {drop.Reason}")
            {
                Name = migration.Id,
                IsNamed = IsApproved(migration, drop.Dropped) || _accepted.Has(migration.Id),
            }),
    ];

    /// <summary>Counts the rows of all losses, or of each one by itself if that of one can't be counted.</summary>
    private async Task CountAsync(IReadOnlyList<Loss> losses, CancellationToken cancellation)
    {
        try
        {
            var counts = await session.Database.CountValuesAsync([.. losses.Select(loss => loss.Dropped!)], cancellation);
            foreach (var (loss, count) in losses.Zip(counts))
            {
                loss.Count = count;
                // An earlier statement may have given it this name in a way that the forecast doesn't know.
                if (count is null && !loss.Dropped!.MayBeMissing)
                    loss.Failure = $"there is no such {(loss.Dropped.Column is null ? "table" : "column")} before the run";
            }
        }
        catch (SqlFailure failure) when (
            // After one of these, a retry helps.
            failure.Kind is not (FailureKind.Cancelled or FailureKind.ConnectionLost or FailureKind.Blocked))
        {
            if (losses is [var only])
                only.Failure = failure.Message;
            foreach (var loss in losses.Count == 1 ? [] : losses)
                await CountAsync([loss], cancellation);
        }
    }

    /// <summary>Whether the approval of an up migration accepts what it drops.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="dropped">The table or column; <see langword="null"/> if it isn't known.</param>
    private static bool IsApproved(PlannedMigration migration, DroppedObject? dropped)
    {
        var codes = dropped is null ? _ofUnknown : dropped.Column is null ? _ofTables : _ofColumns;
        return migration is { Direction: MigrationDirection.Up, Source: { } source }
            && codes.Any(code => source.Accepted.Contains(code.Id));
    }

    private static string Doing(PlannedMigration migration) =>
        $"{(migration.Direction == MigrationDirection.Up ? "Applying" : "Rolling back")} {MigrationId.NameOf(migration.Id)}";

    /// <summary>Data that a migration drops, or may drop.</summary>
    /// <param name="Migration">The migration.</param>
    /// <param name="What">The loss in words, without a number.</param>
    private sealed record Loss(PlannedMigration Migration, string What)
    {
        /// <summary>The table or column; <see langword="null"/> if it isn't known.</summary>
        public DroppedObject? Dropped { get; init; }

        /// <summary>The name that accepts it.</summary>
        public string Name { get; init; } = "";

        /// <summary>Whether someone has accepted it.</summary>
        public bool IsNamed { get; init; }

        /// <summary>The rows; <see langword="null"/> if they weren't counted, or if there is no such table or column.</summary>
        public ValueCount? Count { get; set; }

        /// <summary>Why the rows can't be counted.</summary>
        public string? Failure { get; set; }

        public bool Exists => Dropped is null || Count is not null || Failure is not null;

        public bool IsAccepted => IsNamed || Count is { IsEmpty: true };

        public string Text => Count is not null ? $"{What}: {Count.Words(Dropped!.Column is not null)}"
            : Failure is not null ? $"{What}, and its rows can't be counted: {Failure}"
            : What;

        public MessageLine ToResult()
        {
            var result = new MessageLine(RunnerMessages.Loss)
                .With("migration", Migration.Id)
                .With("table", Dropped?.Table.ToString())
                .With("column", Dropped?.Column);
            return Count is null ? result : result.With("rows", Count.Rows).With("values", Count.Values);
        }
    }
}
