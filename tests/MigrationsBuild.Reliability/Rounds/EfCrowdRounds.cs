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
        : base(server, Deployment.Of(project.Published)) => _project = project;

    /// <inheritdoc/>
    public override string Name => "crowd-ef";

    /// <inheritdoc/>
    public override string About => "4 of ours and 2 `dotnet ef database update` at once";

    /// <inheritdoc/>
    protected override async Task PlayAsync(Round round, Random random)
    {
        CreateDatabase(round);
        var gate = new StartGate(Ours + Theirs);

        // EF Core's tool builds a model when it has connected already: ours follow at some time until it is at work, or done.
        var headStart = TimeSpan.FromMilliseconds(random.Next(1500));
        using var their = Gated(round, gate, TimeSpan.Zero);
        using var our = Gated(round, gate, headStart);
        var updates = Enumerable.Range(0, Theirs).Select(_ => _project.StartUpdate(their.ConnectionString)).ToList();
        await RunAsync(round, Ours, our.ConnectionString);
        foreach (var process in updates)
        {
            using (process)
                round.AddForeign(await process.EndAsync());
        }

        Compare(round);
        CompareShares(round);
    }

    /// <summary>
    /// Either tool may have applied a migration. The journal has each migration that the runner applied once. It doesn't exist if there is
    /// none.
    /// </summary>
    private void CompareShares(Round round)
    {
        var hasJournal = Server.Query(round.Database, "SELECT to_regclass('\"__MigrationsBuildJournal\"') IS NOT NULL")[0] == "True";
        var ours = !hasJournal ? [] : Server.Query(
            round.Database, "SELECT \"MigrationId\" FROM \"__MigrationsBuildJournal\" WHERE \"Action\" = 'applied'");
        if (ours.Distinct().Count() != ours.Count)
            round.Lose($"The journal holds a migration twice: {string.Join(", ", ours)}");
        round.AddForeignMigrations(Deployment.Ids.Count - ours.Count, Deployment.Ids.Count);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _project.Dispose();
    }
}
