using MigrationsBuild.Reliability.Rounds;
using MigrationsBuild.Reliability.Running;

namespace MigrationsBuild.Reliability.Faults;

/// <summary>The runner is killed. The server continues the statements that it has received.</summary>
public sealed class KilledRunner : TimedFault
{
    /// <inheritdoc/>
    public override string Name => "kill-runner";

    /// <inheritdoc/>
    public override string About => "the runner is killed (`kill -9`) at any time";

    /// <inheritdoc/>
    protected override bool Strike(Stage stage, Round round, RunningProcess process, Random random) => process.Kill();
}
