using MigrationsBuild.Reliability.Rounds;
using MigrationsBuild.Reliability.Running;
using Npgsql;

namespace MigrationsBuild.Reliability.Faults;

/// <summary>A fault at a random time, independent of the state of the run.</summary>
public abstract class TimedFault : Fault
{
    /// <inheritdoc/>
    public override async Task<Run> DisturbAsync(Stage stage, Round round, Random random)
    {
        var moment = stage.Moment(random);
        using var process = stage.Deployment.Start(stage.Server.ConnectionString(round.Database));
        await Task.Delay(moment);
        if (!process.HasEnded && Strike(stage, round, process, random))
            round.AddFault($"{Name} {moment.TotalMilliseconds:0} ms after its start");
        return await process.EndAsync();
    }

    /// <summary>Causes the fault.</summary>
    /// <param name="stage">The server and the runner.</param>
    /// <param name="round">The round.</param>
    /// <param name="process">The run, which may just have ended.</param>
    /// <param name="random">Makes random decisions.</param>
    /// <returns>Whether the fault has met the run.</returns>
    protected abstract bool Strike(Stage stage, Round round, RunningProcess process, Random random);

    /// <summary>The server's process that works for the run; <see langword="null"/> if there is none, or it has ended.</summary>
    protected static int? Backend(Stage stage, Round round, RunningProcess process)
    {
        while (!process.HasEnded)
        {
            if (Backends(stage, round) is [var pid, ..])
                return int.Parse(pid, System.Globalization.CultureInfo.InvariantCulture);
            Thread.Sleep(5);
        }

        return null;
    }

    private static IReadOnlyList<string> Backends(Stage stage, Round round)
    {
        try
        {
            return stage.Server.Query(
                "postgres", $"SELECT pid FROM pg_stat_activity WHERE datname = '{round.Database}' AND backend_type = 'client backend'");
        }
        catch (NpgsqlException)
        {
            // The server is still recovering from the fault before.
            return [];
        }
    }
}
