using MigrationsBuild.Reliability.Migrations;
using MigrationsBuild.Reliability.Running;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Reliability.Rounds;

/// <summary>Runs that start at the same moment on a database that is missing, empty or half-migrated.</summary>
public class CrowdRounds : RoundKind
{
    private const int Crowd = 8;

    /// <summary>Deploys ten migrations.</summary>
    /// <param name="server">The server.</param>
    public CrowdRounds(PostgreSqlServer server)
        : this(server, Deployment.Of(CrowdedMigrations.All))
    {
    }

    /// <summary>Deploys other migrations.</summary>
    /// <param name="server">The server.</param>
    /// <param name="deployment">The runner and its migrations.</param>
    protected CrowdRounds(PostgreSqlServer server, Deployment deployment)
        : base(server, deployment)
    {
    }

    /// <inheritdoc/>
    public override string Name => "crowd";

    /// <inheritdoc/>
    public override string About => "8 at once; the database missing, empty, or half-migrated";

    /// <inheritdoc/>
    protected override async Task PlayAsync(Round round, Random random)
    {
        await PrepareAsync(round, random);
        var gate = new StartGate(Crowd);
        using var relay = Gated(round, gate, TimeSpan.Zero);
        await RunAsync(round, Crowd, relay.ConnectionString);
        Compare(round);
        CompareJournal(round);
    }

    /// <summary>Starts several runs at once. Each must succeed.</summary>
    /// <param name="round">Takes what happens.</param>
    /// <param name="count">How many.</param>
    /// <param name="connection">The connection string.</param>
    protected async Task RunAsync(Round round, int count, string connection)
    {
        var processes = Enumerable.Range(0, count).Select(_ => Deployment.Start(connection)).ToList();
        foreach (var process in processes)
        {
            using (process)
            {
                if (round.Add(await process.EndAsync()) is { ExitCode: not 0 })
                    round.Lose("A run failed.");
            }
        }
    }

    /// <summary>A relay to the round's database that holds connections at a gate.</summary>
    /// <param name="round">The round.</param>
    /// <param name="gate">The gate.</param>
    /// <param name="delay">How long connections wait behind the open gate.</param>
    protected Relay Gated(Round round, StartGate gate, TimeSpan delay) => new(Server.ConnectionString(round.Database), async (moment, _) =>
    {
        if (moment == RelayMoment.Connected && await gate.ArriveAsync())
            await Task.Delay(delay);
        return true;
    });

    /// <summary>Prepares the database for the round.</summary>
    /// <param name="round">The round.</param>
    /// <param name="random">Decides.</param>
    protected virtual async Task PrepareAsync(Round round, Random random)
    {
        var state = round.Number % 3;
        if (state == 0)
            return;
        CreateDatabase(round);
        if (state == 1)
            return;
        using var half = Deployment.Start(
            Server.ConnectionString(round.Database), Deployment.Ids[random.Next(1, Deployment.Ids.Count - 1)]);
        if (round.Add(await half.EndAsync()) is { ExitCode: not 0 })
            round.Lose("The run before failed.");
    }
}
