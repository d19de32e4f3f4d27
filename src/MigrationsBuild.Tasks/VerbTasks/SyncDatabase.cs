using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Caching;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>
/// Migrates the development databases of the contexts after the check of a local build, for <c>DbSyncOnBuild</c>. Starts no process if
/// neither the migrations nor the connections have changed since the last time.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class SyncDatabase : RunnerTask
{
    private readonly Dictionary<string, string> _stamps = [];

    /// <inheritdoc/>
    private protected override Verb? Verb => VerbTable.Migrate;

    /// <inheritdoc/>
    private protected override bool IsWanted => Description.ChecksDuringBuild && !Description.IsStrict;

    /// <inheritdoc/>
    private protected override bool TakesAllContexts => true;

    /// <inheritdoc/>
    private protected override Arguments ArgumentsFor(ContextReview review) => Arguments.None;

    /// <inheritdoc/>
    private protected override RunnerRequest Complete(RunnerRequest request) => request with { OnlyDevelopment = true };

    /// <summary>Contexts that the check of this build has refused are left alone: it has reported why.</summary>
    private protected override bool IsWantedFor(ModelVerdict verdict, ContextReview review)
    {
        if (review.Approvals is null || review.Migrations.Count == 0 || IsUnsupported(review) || verdict.RefusalsOf(review).Count > 0)
            return false;
        var stored = new StoredSync(Description, review.Report);
        return !stored.Has(_stamps[review.Report.Name] = stored.Stamp(verdict.ManifestOf(review)));
    }

    /// <inheritdoc/>
    private protected override Diagnostic Shown(Diagnostic failure) =>
        failure.Code.IsRetryable || failure.Code == DiagnosticCodes.NoConnection
            ? failure with
            {
                Code = DiagnosticCodes.NotSynchronized,
                Message = $"DbSyncOnBuild has not migrated the database: {failure.Message}",
            }
            : failure;

    /// <inheritdoc/>
    private protected override void Finish(ContextReview review, IReadOnlyList<MessageLine> results)
    {
        if (results.Any(result => result.Name == RunnerMessages.Done))
        {
            var file = results.FirstOrDefault(result => result.Name == RunnerMessages.Database)?.Find("file");
            new StoredSync(Description, review.Report).Write(_stamps[review.Report.Name], file);
        }
    }

    /// <summary>The check of this build has reported it.</summary>
    private protected override void Refuse(Diagnostic problem)
    {
    }

    /// <inheritdoc/>
    private protected override void Run()
    {
        var inputs = new InputStamp(Description);
        // The check has reported why, or has drafted a migration that isn't compiled yet.
        if (new StoredAnswer(Description, inputs).IsUnusableInThisBuild)
            return;
        try
        {
            var check = new ModelCheck(Description, Log) { Inputs = inputs, Model = new StoredModel(Description, inputs) };
            var verdict = check.Run(wantsConnections: false, Cancellation);
            if (verdict.Problems.Count == 0 && verdict.Reviews.Any(review => IsWantedFor(verdict, review)))
                base.Run();
        }
        catch (MigrationsException failure) when (Shown(failure.Diagnostic) is { Code.SeverityRule: SeverityRule.Warning } warning)
        {
            Diagnostics.Write(warning);
        }
    }
}
