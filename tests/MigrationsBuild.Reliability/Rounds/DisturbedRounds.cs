using MigrationsBuild.Reliability.Faults;
using MigrationsBuild.Reliability.Migrations;
using MigrationsBuild.Reliability.Running;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Reliability.Rounds;

/// <summary>
/// Runs of thirty migrations with one to three faults in a round, and a last run without faults, which must succeed.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="fault">What goes wrong.</param>
public sealed class DisturbedRounds(PostgreSqlServer server, Fault fault) : RoundKind(server, Deployment.Of(LongMigrations.All))
{
    private static readonly TimeSpan _recovery = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public override string Name => fault.Name;

    /// <inheritdoc/>
    public override string About => fault.About;

    /// <inheritdoc/>
    protected override async Task PlayAsync(Round round, Random random)
    {
        if (random.Next(4) > 0)
            CreateDatabase(round);
        for (var left = random.Next(1, 4); left > 0; left--)
        {
            var run = round.Add(await fault.DisturbAsync(new Stage(Server, Deployment, UndisturbedRun), round, random));
            if (run.ExitCode is not (0 or 1 or null))
                round.Lose($"A disturbed run ended with {run.ExitCode}; one that may go well later ends with 1.");
            if (run.ExitCode == 0)
                break;
        }

        if (!await FinishAsync(round))
            return;
        Server.WaitUntilReady();
        Compare(round);
        CompareJournal(round);
    }

    /// <summary>The last run, which starts once the server is available again and must succeed.</summary>
    private async Task<bool> FinishAsync(Round round)
    {
        var deadline = DateTime.UtcNow + _recovery;
        while (true)
        {
            using var process = Deployment.Start(Server.ConnectionString(round.Database));
            var run = round.Add(await process.EndAsync());
            if (run.ExitCode == 0)
                return true;
            if (!run.FoundNoServer || DateTime.UtcNow > deadline)
            {
                round.Lose("The run that nobody disturbed failed.");
                return false;
            }

            await Task.Delay(200);
        }
    }
}
