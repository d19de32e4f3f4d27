using Microsoft.Build.Framework;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Approving;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Git;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>
/// Lists all migrations, or those of the range <c>DbRev</c>, newest first, with markers for head and current. With <c>DbVerbose</c>, it
/// shows who has written and who has approved each of them.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class DbHistory : RunnerTask
{
    /// <inheritdoc/>
    private protected override Manifest ManifestOf(ModelVerdict verdict, ContextReview review)
    {
        var manifest = base.ManifestOf(verdict, review);
        if (!Call.Is("DbVerbose"))
            return manifest;
        try
        {
            return WithPeople(manifest, review);
        }
        catch (GitException failure)
        {
            if (!failure.IsAbsent)
                Output.WriteLine($"Shown without authors: {failure.Message}.");
            return manifest;
        }
    }

    private Manifest WithPeople(Manifest manifest, ContextReview review)
    {
        var git = new GitRepository(Description.Folder, Cancellation);
        var approvers = new Approvers(review.Approvals is null ? [] : git.History(review.MovedFrom ?? review.Report.ApprovalsPath));
        var creators = review.Migrations.Select(migration => Path.GetDirectoryName(migration.Report.Source)!)
            .Distinct()
            .Where(Directory.Exists)
            .ToDictionary(folder => folder, git.Creators);
        ManifestMigration With(ManifestMigration migration, ReviewedMigration reviewed)
        {
            var source = reviewed.Report.Source;
            creators.TryGetValue(Path.GetDirectoryName(source)!, out var people);
            return migration with
            {
                Author = people is not null && people.TryGetValue(Path.GetFileName(source), out var author) ? author.ToString() : null,
                Approver = reviewed.Approval is { } approval ? approvers.Find(approval)?.ToString() : null,
            };
        }

        return manifest with { Migrations = [.. manifest.Migrations.Zip(review.Migrations, With)] };
    }
}
