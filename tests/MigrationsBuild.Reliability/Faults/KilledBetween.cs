using MigrationsBuild.Reliability.Rounds;
using MigrationsBuild.Reliability.Running;

namespace MigrationsBuild.Reliability.Faults;

/// <summary>
/// A run is struck exactly before a request reaches the server, or when the server has done what it was asked and the run doesn't know.
/// Over its rounds it takes every request of a run and both moments once, in a random order, before any a second time.
/// </summary>
/// <param name="killsRunner">Whether the runner is killed; else it only loses its connection.</param>
public sealed class KilledBetween(bool killsRunner) : Fault
{
    /// <inheritdoc/>
    public override string Name => killsRunner ? "kill-between" : "cut-connection";

    /// <inheritdoc/>
    public override string About => $"{(killsRunner ? "the runner is killed" : "the connection is cut")} between two statements";

    /// <inheritdoc/>
    public override async Task<Run> DisturbAsync(Stage stage, Round round, Random random)
    {
        var (moment, request) = Choose(stage, round, random);
        RunningProcess? process = null;
        using var relay = new Relay(stage.Server.ConnectionString(round.Database), (at, number) =>
        {
            if (at != moment || number != request)
                return Task.FromResult(true);
            round.AddFault(
                $"{Name} {(moment == RelayMoment.Request ? "before" : "after")} request {request} of some {stage.UndisturbedRun.Requests}");
            if (killsRunner)
                process!.Kill();
            return Task.FromResult(false);
        });
        process = stage.Deployment.Start(relay.ConnectionString);
        using (process)
            return await process.EndAsync();
    }

    private static (RelayMoment Moment, int Request) Choose(Stage stage, Round round, Random random)
    {
        var count = stage.UndisturbedRun.Requests;
        var order = Enumerable.Range(0, 2 * count).ToArray();
        new Random(round.Seed).Shuffle(order);

        // A second fault in a round meets a run that has less to do.
        var point = round.Faults.Count == 0 ? order[(round.Number - 1) % order.Length] : random.Next(count);
        return (point % 2 == 0 ? RelayMoment.Answer : RelayMoment.Request, 1 + (point / 2));
    }
}
