using MigrationsBuild.Reliability.Rounds;
using MigrationsBuild.Reliability.Running;

namespace MigrationsBuild.Reliability.Faults;

/// <summary>An administrator ends the run's session.</summary>
public sealed class TerminatedBackend : TimedFault
{
    /// <inheritdoc/>
    public override string Name => "terminate-backend";

    /// <inheritdoc/>
    public override string About => "the session is ended by `pg_terminate_backend`";

    /// <inheritdoc/>
    protected override bool Strike(Stage stage, Round round, RunningProcess process, Random random) =>
        Backend(stage, round, process) is { } pid && stage.Server.Query("postgres", $"SELECT pg_terminate_backend({pid})")[0] == "True";
}
