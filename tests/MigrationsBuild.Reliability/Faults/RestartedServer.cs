using MigrationsBuild.Reliability.Rounds;
using MigrationsBuild.Reliability.Running;

namespace MigrationsBuild.Reliability.Faults;

/// <summary>The server restarts.</summary>
/// <param name="mode"><c>fast</c>, or <c>immediate</c>, which is a crash.</param>
public sealed class RestartedServer(string mode) : TimedFault
{
    /// <inheritdoc/>
    public override string Name => "restart-" + mode;

    /// <inheritdoc/>
    public override string About => $"the server is restarted (`pg_ctl restart -m {mode}`)";

    /// <inheritdoc/>
    protected override bool Strike(Stage stage, Round round, RunningProcess process, Random random)
    {
        stage.Server.Restart(mode);
        return true;
    }
}
