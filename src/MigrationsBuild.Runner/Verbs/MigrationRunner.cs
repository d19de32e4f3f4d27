using System.Data.Common;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Databases.Sqlite;
using MigrationsBuild.Runner.Execution;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Reporting;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>The entry point of the runner.</summary>
/// <param name="reporter">Receives what the run reports.</param>
public sealed class MigrationRunner(IReporter reporter)
{
    /// <summary>Runs a verb.</summary>
    /// <param name="request">The verb and its arguments. The connection string is in the environment variable that it names.</param>
    /// <param name="manifest">The migrations.</param>
    /// <param name="files">Resolves the paths of their files.</param>
    /// <param name="cancellation">Rolls the current transaction back and ends the run.</param>
    /// <returns>See <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(RunnerRequest request, Manifest manifest, ManifestPaths files, CancellationToken cancellation)
    {
        var progress = new RunProgress(request);
        try
        {
            await using var session = new MigrationSession(request, manifest, files, reporter, progress);
            var handler = VerbHandlers.Find(request.Verb)
                ?? throw new MigrationsException(DiagnosticCodes.Internal, $"The runner has no verb {request.Verb}.");
            await handler.RunAsync(session, cancellation);
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

    /// <summary>Reports a failure. The exit code keeps a call that must not be repeated from being retried automatically.</summary>
    private int Report(MigrationsException failure, RunProgress progress)
    {
        reporter.Diagnostic(progress.WithNextStep(failure.Diagnostic));
        return !progress.MustNotRepeat && IsRetryable(failure) ? ExitCodes.Failed : ExitCodes.Final;
    }

    /// <summary>Whether another attempt can succeed, according to the code, the driver or the server.</summary>
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
        // The server reports a schema that the user may not use as missing.
        FailureKind.NoRights or FailureKind.Missing => new Diagnostic(
            DiagnosticCodes.NoPermission,
            $"{failure.Message}. Migrations need CREATE on the schema and ownership of the tables; "
            + "reading needs SELECT on the history table. "
            + $"The statement is one of MigrationsBuild's own: {failure.Command?.Text.Split('\n')[0].TrimEnd(' ', '(')}",
            Hint.Add("To become a role that has these permissions", "DbRole", "<role>")),
        FailureKind.NotWritable => new Diagnostic(DiagnosticCodes.NoPermission, $"{failure.Message}."),
        FailureKind.Blocked or FailureKind.TimedOut => new Diagnostic(
            DiagnosticCodes.TimedOut,
            $"{failure.Message}. The statement is one of MigrationsBuild's own: {failure.Command?.Text.Split('\n')[0]}. "
            + progress.NextStep("Run the command again.")),
        FailureKind.ReadOnly => new Diagnostic(
            DiagnosticCodes.Unreachable,
            $"{failure.Message}: the server is a standby, or a failover is in progress. {progress.NextStep()}"),
        FailureKind.Unreadable => new Diagnostic(DiagnosticCodes.UnreadableFile, failure.Message, SqliteFile.OfflineScript),
        FailureKind.NotRegistered => MigrationFailures.NotRegistered(failure, ""),
        FailureKind.LockLost => MigrationFailures.LockLost(""),
        FailureKind.ConnectionLost => new Diagnostic(
            DiagnosticCodes.Unreachable,
            $"The connection was lost: {failure.Message}. The migrations applied so far are kept. {progress.NextStep()}"),
        _ => new Diagnostic(DiagnosticCodes.SqlFailed, $"{failure.Message}: {failure.Command?.Text.Split('\n')[0]}"),
    };

    /// <summary>A bug of the runner. Exceptions of a driver are failures with a code of their own.</summary>
    private static Diagnostic Unforeseen(Exception failure) => new(
        DiagnosticCodes.Internal,
        $"The runner failed: {Secrets.Mask(failure.Message)} ({failure.GetType().Name}{Where(failure)}). "
        + "A transaction that was in progress is rolled back; statements that ran outside a transaction are kept.");

    /// <summary>The method that has thrown: <c> at MigrationsBuild.Runner.Verbs.Migrate.RunAsync(…)</c>.</summary>
    private static string Where(Exception failure) => failure.StackTrace?.Split('\n')[0].Split(" in ")[0].Trim() is { } at
        ? " " + at
        : "";

    private static Diagnostic Interrupted(RunProgress progress) => new(
        DiagnosticCodes.Interrupted,
        $"The run was interrupted. The migrations applied so far are kept; nothing else was changed. {progress.NextStep()}");
}
