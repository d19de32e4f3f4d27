using System.Data.Common;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Databases.Sqlite;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Verbs;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner;

/// <summary>The runner's one entry.</summary>
/// <param name="reporter">Who is told what happens.</param>
public sealed class MigrationRunner(IReporter reporter)
{
    /// <summary>Runs a verb.</summary>
    /// <param name="request">What to do; the connection string is in the environment variable that it names.</param>
    /// <param name="manifest">The migrations.</param>
    /// <param name="files">Where their files are.</param>
    /// <param name="cancellation">Undoes the transaction that runs and ends.</param>
    /// <returns>See <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(RunnerRequest request, Manifest manifest, ManifestPaths files, CancellationToken cancellation)
    {
        var progress = new RunProgress(request);
        try
        {
            await using var session = new MigrationSession(request, manifest, files, reporter, progress);
            var verb = RunnerVerbs.Find(request.Verb)
                ?? throw new MigrationsException(DiagnosticCodes.Internal, $"The runner has no verb {request.Verb}.");
            await verb.RunAsync(session, cancellation);
            return ExitCodes.Done;
        }
        catch (MigrationsException failure)
        {
            return Report(failure, progress);
        }
        catch (SqlFailure failure)
        {
            progress.Note(failure);
            return Report(new MigrationsException(Explain(failure, progress), failure), progress);
        }
        catch (OperationCanceledException failure)
        {
            return Report(new MigrationsException(Interrupted(progress), failure), progress);
        }
        catch (Exception failure)
        {
            return Report(new MigrationsException(Unforeseen(failure), failure), progress);
        }
    }

    /// <summary>Reports a failure. Started again by itself, a call that must not be repeated would go too far.</summary>
    private int Report(MigrationsException failure, RunProgress progress)
    {
        reporter.Diagnostic(progress.WithNextStep(failure.Diagnostic));
        return !progress.MustNotRepeat && IsRetryable(failure) ? ExitCodes.Failed : ExitCodes.Final;
    }

    /// <summary>Also where the driver or the server says so.</summary>
    private static bool IsRetryable(MigrationsException failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException { IsTransient: true } or SqlFailure { IsTransient: true })
                return true;
        }

        return failure.Diagnostic.Code.IsRetryable;
    }

    /// <summary>A failure of one of our own statements.</summary>
    private static Diagnostic Explain(SqlFailure failure, RunProgress progress) => failure.Kind switch
    {
        FailureKind.Cancelled => Interrupted(progress),
        // A schema that one may not use is none.
        FailureKind.NoRights or FailureKind.Missing => new Diagnostic(
            DiagnosticCodes.NoPermission,
            $"{failure.Message}. Migrations need CREATE on the schema and ownership of the tables; reading needs SELECT on the history table. "
            + $"The statement is one of MigrationsBuild's own: {failure.Command?.Text.Split('\n')[0].TrimEnd(' ', '(')}",
            Hint.Add("To become a role that has these permissions", "DbRole", "<role>")),
        FailureKind.Blocked or FailureKind.TimedOut => new Diagnostic(
            DiagnosticCodes.TimedOut,
            $"{failure.Message}. The statement is one of MigrationsBuild's own: {failure.Command?.Text.Split('\n')[0]}. "
            + progress.NextStep("Run the command again.")),
        FailureKind.ReadOnly => new Diagnostic(
            DiagnosticCodes.Unreachable,
            $"{failure.Message}: the server is a standby, or a failover is in progress. {progress.NextStep()}"),
        FailureKind.Unreadable => new Diagnostic(DiagnosticCodes.UnreadableFile, failure.Message, SqliteDatabase.OfflineScript),
        FailureKind.NotRegistered => Migrations.MigrationFailures.NotRegistered(failure, ""),
        FailureKind.LockLost => Migrations.MigrationFailures.LockLost(""),
        FailureKind.ConnectionLost => new Diagnostic(
            DiagnosticCodes.Unreachable,
            $"The connection was lost: {failure.Message}. The migrations applied so far are kept. {progress.NextStep()}"),
        _ => new Diagnostic(DiagnosticCodes.SqlFailed, $"{failure.Message}: {failure.Command?.Text.Split('\n')[0]}"),
    };

    /// <summary>A mistake of ours: what a driver throws is a failure that has a code of its own.</summary>
    private static Diagnostic Unforeseen(Exception failure) => new(
        DiagnosticCodes.Internal,
        $"The runner failed: {Secrets.Mask(failure.Message)} ({failure.GetType().Name} "
        + $"in {failure.TargetSite?.DeclaringType?.FullName}.{failure.TargetSite?.Name}). "
        + "A transaction that was in progress is rolled back; statements that ran outside a transaction are kept.");

    private static Diagnostic Interrupted(RunProgress progress) => new(
        DiagnosticCodes.Interrupted,
        $"The run was interrupted. The migrations applied so far are kept; nothing else was changed. {progress.NextStep()}");
}
