using Microsoft.Build.Framework;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Caching;
using MigrationsBuild.Tasks.Git;
using MigrationsBuild.Tasks.Reports;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>
/// Applies, reverts and applies migrations on a scratch database, and compares the result with the model. It never writes to another
/// database. The outcomes are stored.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class DbVerify : RunnerTask
{
    /// <inheritdoc/>
    private protected override bool WantsModelScript => true;

    private string Since => Description.Settings.ReportSince;

    /// <inheritdoc/>
    private protected override bool HasNothingToDo(ContextReview review)
    {
        if (!IsRangeFromRevision || FirstNew(review) is not null)
            return false;
        Output.WriteLine($"{review.Report.ShortName}: no migration is new since {Since}, so none is verified");
        return true;
    }

    /// <inheritdoc/>
    private protected override Arguments ArgumentsFor(ContextReview review) => IsRangeFromRevision
        ? base.ArgumentsFor(review).With(Verb!.Argument!.Property, $"{FirstNew(review)}:head")
        : base.ArgumentsFor(review);

    /// <inheritdoc/>
    private protected override void Finish(ContextReview review, IReadOnlyList<MessageLine> results)
    {
        var failures = results
            .Where(result => result.Name == RunnerMessages.Verified)
            .ToDictionary(result => result["migration"], result => result["failure"]);
        var outcomes = review.Verifiable
            .Where(wanted => failures.ContainsKey(wanted.Id))
            .Select(wanted => wanted with { Failure = failures[wanted.Id] });
        new StoredVerifications(Description, review.Report).Write([.. outcomes]);
    }

    /// <summary>Whether the range begins with the first migration that <c>DbReportSince</c> doesn't have.</summary>
    private bool IsRangeFromRevision => Since.Length > 0 && Call[Verb!.Argument!.Property].Length == 0;

    /// <summary>The id of the first migration that is a draft, or that the git revision hadn't approved with the same SQL.</summary>
    private string? FirstNew(ContextReview review)
    {
        var revision = new GitRevision(Since, Description.Folder, new GitRepository(Description.Folder, Cancellation));
        revision.Verify();
        var changes = new ContextChanges(review, IsCompared: true, revision.Approvals(review.Report.ApprovalsPath));
        return changes.Listed.Count > 0 ? changes.Listed[0].Id : null;
    }
}
