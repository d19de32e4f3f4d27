using System.ComponentModel;
using System.Diagnostics;
using MigrationsBuild.Reliability.Rounds;
using MigrationsBuild.Reliability.Running;

namespace MigrationsBuild.Reliability.Faults;

/// <summary>The server's process is killed, as by a kernel that is out of memory: the server ends all sessions and recovers.</summary>
public sealed class KilledBackend : TimedFault
{
    /// <inheritdoc/>
    public override string Name => "kill-backend";

    /// <inheritdoc/>
    public override string About => "the session's process is killed (`kill -9`), and the server recovers";

    /// <inheritdoc/>
    protected override bool Strike(Stage stage, Round round, RunningProcess process, Random random)
    {
        if (Backend(stage, round, process) is not { } pid)
            return false;
        try
        {
            using var backend = Process.GetProcessById(pid);
            backend.Kill();
            return true;
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has just ended.
            return false;
        }
    }
}
