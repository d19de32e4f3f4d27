using MigrationsBuild.Reliability.Migrations;
using MigrationsBuild.Reliability.Running;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Reliability.Rounds;

/// <summary>
/// Runs of ours and of EF Core's own tool that start at the same moment. EF Core's lock lasts a migration, and what is pending it has read
/// before, so that its runs may fail at a migration that another one has applied meanwhile; ours must not.
/// </summary>
public sealed class EfCrowdRounds : CrowdRounds
{
    private const int Ours = 4;
    private const int Theirs = 2;

    private readonly EfProject _project;

    /// <summary>Builds the project that all rounds use.</summary>
    /// <param name="server">The server.</param>
    public EfCrowdRounds(PostgreSqlServer server)
        : this(server, new EfProject())
    {
    }

    private EfCrowdRounds(PostgreSqlServer server, EfProject project)
        : base(server, Deployment.Of(project.Manifest)) => _project = project;

    /// <inheritdoc/>
    public override string Name => "crowd-ef";

    /// <inheritdoc/>
    public override string About => "4 of ours and 2 `dotnet ef database update` at once";

    /// <inheritdoc/>
    protected override async Task PlayAsync(Round round, Random random)
    {
        CreateDatabase(round);
        var gate = new StartGate(Ours + Theirs);
        using var relay = new Relay(Server.ConnectionString(round.Database), async (moment, _) =>
        {
            if (moment == RelayMoment.Connected)
                await gate.ArriveAsync();
            return true;
        });
        var theirs = Enumerable.Range(0, Theirs).Select(_ => _project.StartUpdate(relay.ConnectionString)).ToList();
        await RunAsync(round, Ours, relay.ConnectionString);
        foreach (var process in theirs)
        {
            using (process)
                round.AddForeign(await process.EndAsync());
        }

        // Who applied a migration is a matter of luck, so that our journal may hold any of them.
        Compare(round);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _project.Dispose();
    }
}
