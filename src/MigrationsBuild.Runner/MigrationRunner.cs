using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Verbs;

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
    public async Task<int> RunAsync(RunnerRequest request, Manifest manifest, MigrationFiles files, CancellationToken cancellation)
    {
        try
        {
            await using var session = new MigrationSession(request, manifest, files, reporter);
            await VerbOf(request.Verb).RunAsync(session, cancellation);
            return ExitCodes.Done;
        }
        catch (MigrationsException failure)
        {
            reporter.Diagnostic(failure.Diagnostic);
            return ExitCodes.Of(failure);
        }
        catch (SqlFailure failure)
        {
            var explained = new MigrationsException(Explain(failure), failure);
            reporter.Diagnostic(explained.Diagnostic);
            return ExitCodes.Of(explained);
        }
        catch (OperationCanceledException)
        {
            reporter.Diagnostic(new Diagnostic(DiagnosticCodes.Interrupted, "The run was interrupted. What was applied stays, nothing else happened. Run again to go on."));
            return ExitCodes.Failed;
        }
    }

    private static IVerb VerbOf(string name) => name switch
    {
        "migrate" => new Migrate(),
        "rollback" => new Rollback(),
        "stamp" => new Stamp(),
        "current" => new Current(),
        "history" => new History(),
        "heads" => new Heads(),
        "show" => new Show(),
        "script" => new Script(),
        "check" => new Check(),
        "reset" => new Reset(),
        _ => throw new MigrationsException(DiagnosticCodes.Internal, $"The runner has no verb {name}."),
    };

    /// <summary>A failure of one of our own statements.</summary>
    private static Diagnostic Explain(SqlFailure failure) => failure.Kind switch
    {
        FailureKind.Cancelled => new Diagnostic(DiagnosticCodes.Interrupted, "The run was interrupted. What was applied stays, nothing else happened. Run again to go on."),
        // A schema that one may not use is none.
        FailureKind.NoRights or FailureKind.Missing => new Diagnostic(
            DiagnosticCodes.NoRights, $"{failure.Message}. Who migrates needs CREATE on the schema and must own the tables, or become a role that does: DbRole; who only reads needs SELECT on the history. It concerns our own tables: {failure.Command?.Text.Split('\n')[0].TrimEnd(' ', '(')}"),
        FailureKind.Blocked or FailureKind.TimedOut => new Diagnostic(DiagnosticCodes.TimedOut, $"{failure.Message}. It concerns our own tables: {failure.Command?.Text.Split('\n')[0]}. Run again."),
        FailureKind.ConnectionLost => new Diagnostic(DiagnosticCodes.Unreachable, $"The connection was lost: {failure.Message}. What was applied stays. Run again to go on."),
        _ => new Diagnostic(DiagnosticCodes.SqlFailed, $"{failure.Message}: {failure.Command?.Text.Split('\n')[0]}"),
    };
}
