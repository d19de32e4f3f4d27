using MigrationsBuild.Reliability.Rounds;
using MigrationsBuild.Reliability.Running;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Reliability.Faults;

/// <summary>Something that goes wrong while a run works.</summary>
public abstract class Fault
{
    /// <summary>The name for the command line.</summary>
    public abstract string Name { get; }

    /// <summary>A description for the table.</summary>
    public abstract string About { get; }

    /// <summary>Starts a run and disturbs it.</summary>
    /// <param name="stage">Where.</param>
    /// <param name="round">Takes what happens.</param>
    /// <param name="random">Decides when.</param>
    public abstract Task<Run> DisturbAsync(Stage stage, Round round, Random random);
}

/// <summary>The server and the runner of a round with faults.</summary>
/// <param name="Server">The server.</param>
/// <param name="Deployment">The runner and its migrations.</param>
/// <param name="UndisturbedRun">What an undisturbed run is like.</param>
public sealed record Stage(PostgreSqlServer Server, Deployment Deployment, UndisturbedRun UndisturbedRun)
{
    /// <summary>A random time within the duration of an undisturbed run.</summary>
    /// <param name="random">Decides.</param>
    public TimeSpan Moment(Random random) => UndisturbedRun.Time * (0.05 + (0.9 * random.NextDouble()));
}
