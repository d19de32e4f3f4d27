using MigrationsBuild.Reliability.Rounds;
using MigrationsBuild.Reliability.Running;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Reliability.Faults;

/// <summary>Something that goes wrong while a run works.</summary>
public abstract class Fault
{
    /// <summary>Its name, as the command line takes it.</summary>
    public abstract string Name { get; }

    /// <summary>What is done, for the table.</summary>
    public abstract string About { get; }

    /// <summary>Starts a run and disturbs it.</summary>
    /// <param name="stage">Where.</param>
    /// <param name="round">Takes what happens.</param>
    /// <param name="random">Decides when.</param>
    public abstract Task<Run> DisturbAsync(Stage stage, Round round, Random random);
}

/// <summary>Where a run is disturbed.</summary>
/// <param name="Server">The server.</param>
/// <param name="Deployment">The runner and its migrations.</param>
/// <param name="UndisturbedRun">What an undisturbed run is like.</param>
public sealed record Stage(PostgreSqlServer Server, Deployment Deployment, UndisturbedRun UndisturbedRun)
{
    /// <summary>A time within a run, as far as an undisturbed one tells.</summary>
    /// <param name="random">Decides.</param>
    public TimeSpan Moment(Random random) => UndisturbedRun.Time * (0.05 + (0.9 * random.NextDouble()));
}
