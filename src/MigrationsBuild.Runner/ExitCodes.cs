using System.Data.Common;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Runner.Databases;

namespace MigrationsBuild.Runner;

/// <summary>How a run ended, for whoever started it: a Kubernetes Job starts again after <see cref="Failed"/>, and needn't after <see cref="Final"/>.</summary>
public static class ExitCodes
{
    /// <summary>Done, or there was nothing to do.</summary>
    public const int Done = 0;

    /// <summary>Failed; later, or with another connection, it may go well.</summary>
    public const int Failed = 1;

    /// <summary>Failed, and would fail again: somebody has to change something first.</summary>
    public const int Final = 4;

    private static readonly DiagnosticCode[] _passing =
    [
        DiagnosticCodes.Unreachable, DiagnosticCodes.LoginFailed, DiagnosticCodes.Locked, DiagnosticCodes.Interrupted, DiagnosticCodes.NoDatabase, DiagnosticCodes.Pending,
        DiagnosticCodes.TimedOut, DiagnosticCodes.LockLost,
    ];

    /// <summary>The exit code of a failure.</summary>
    /// <param name="failure">What happened.</param>
    public static int Of(MigrationsException failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException { IsTransient: true } or SqlFailure { IsTransient: true })
                return Failed;
        }

        return _passing.Contains(failure.Diagnostic.Code) ? Failed : Final;
    }
}
