using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Tasks.Building;

namespace MigrationsBuild.Tasks.Verbs;

/// <summary>
/// Pins the SQL of drafts, or with <c>DbRev</c> of that migration anew, and drops the lines of migrations that are gone. The first
/// time it adopts the project: it emits and pins all there is.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class DbApprove : MigrationsTask
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string>? Accepts => ["DbRev"];

    /// <inheritdoc/>
    protected override void Run()
    {
        var request = Description.Request() with { Emission = EmissionScope.Drafts, EmitRevisions = Call["DbRev"] };
        // Drafts are compared before they are written: what is pinned is what is in the file.
        var verdict = new ModelCheck(Description, Log) { WritesDrafts = false }.Ask(request, Cancellation);
        var chosen = Call["DbRev"].Length > 0 || Call["DbContextName"].Length > 0 || verdict.Reviews.Count < 2
            ? [verdict.Choose(Call["DbContextName"])]
            : verdict.Reviews;
        foreach (var problem in verdict.Problems)
            Diagnostics.Write(problem);
        var files = new FileTransaction();
        var summaries = chosen.Select(review => Approve(review, files)).ToList();
        if (WritesUnread(chosen))
            return;
        files.Commit();
        summaries.ForEach(show => show());
    }

    /// <summary>Has SQL written that nobody has read, if there is any, and says so.</summary>
    /// <returns>Whether there is any: then nothing is approved.</returns>
    private bool WritesUnread(IEnumerable<ContextReview> chosen)
    {
        var files = new FileTransaction();
        var unread = new List<Diagnostic>();
        foreach (var review in chosen)
        {
            foreach (var migration in Wanted(review).Where(migration => Pin.UnreadFile(migration) is not null))
            {
                var again = Call["DbRev"].Length > 0 ? $" -p:DbRev={migration.Id}" : "";
                unread.Add(new Diagnostic(
                    DiagnosticCodes.ChangedSinceRead,
                    $"{Path.GetFileName(migration.Report.Source)} yields other SQL now than this file held, so nothing was approved. The file has the new SQL. "
                    + $"Read it, then run: dotnet build -t:DbApprove{again}",
                    new Place(Pin.UnreadFile(migration)!, 1, 1)));
                ContextReview.WriteSql(review.Report, migration.Report, files);
            }
        }

        files.Commit();
        unread.ForEach(Diagnostics.WriteError);
        return unread.Count > 0;
    }

    /// <summary>The migrations that the call approves: those that it names, or drafts.</summary>
    private IReadOnlyList<ReviewedMigration> Wanted(ContextReview review)
    {
        var chain = new MigrationChain(review.Migrations.Select(migration => migration.Id));
        var named = RevisionExpression.Split(Call["DbRev"]).Select(chain.IdOf).ToList();
        return [.. review.Migrations.Where(migration => named.Count == 0 ? migration.Approval is null : named.Contains(migration.Id, MigrationId.Equality))];
    }

    private Action Approve(ContextReview review, FileTransaction files)
    {
        var report = review.Report;
        var wanted = Wanted(review);
        var approvals = new List<Approval>();
        var pinned = new List<(ReviewedMigration Migration, Approval Approval)>();
        var previous = Approval.Base;
        foreach (var migration in review.Migrations)
        {
            var old = migration.Approval;
            var isWanted = wanted.Contains(migration);
            var approval = isWanted ? new Pin(report, migration, isAdoption: review.Approvals is null).Make(previous, files)
                : old is not null && migration.State is MigrationState.Approved or MigrationState.Reordered ? old! with { SourceHash = migration.Report.SourceHash }
                : old;
            if (approval is not null)
                approvals.Add(approval);
            if (isWanted)
                pinned.Add((migration, approval!));
            previous = migration.Id;
        }

        foreach (var orphan in ContextReview.OrphanedSql(report))
            files.Delete(orphan);
        var gone = review.Approvals?.Approvals.Where(old => review.Migrations.All(migration => !MigrationId.Equality.Equals(migration.Id, old.Id))).ToList() ?? [];
        if (report.Migrations.Count > 0 || review.Approvals is not null)
            files.Write(report.ApprovalsPath, ApprovalsFile.For(report, approvals).ToText());
        return () => Show(review, pinned, gone, approvals);
    }

    private void Show(ContextReview review, List<(ReviewedMigration Migration, Approval Approval)> pinned, List<Approval> gone, List<Approval> approvals)
    {
        foreach (var (migration, approval) in pinned)
        {
            Output.WriteLine($"  {migration.Id}  {Path.GetFileName(migration.Report.Up)}  {approval.UpHash.Substring(0, Math.Min(12, approval.UpHash.Length))}");
            if (migration.Up is { IsAsGenerated: false } || migration.Down is { IsAsGenerated: false })
                Output.WriteLine("    EDITED BY HAND: the SQL file is pinned as it stands; its C# does this:");
            if (migration.Report.Emission is { } emission)
                new MigrationSummary(Output).Write(emission);
        }

        foreach (var approval in gone)
            Output.WriteLine($"  {approval.Id}  dropped: there is no such migration");

        // Naming them here would approve them unread; the build's own findings say how.
        foreach (var migration in review.Migrations.Where(migration => migration.State is MigrationState.Edited or MigrationState.Reordered && pinned.TrueForAll(pin => pin.Migration != migration)))
            Diagnostics.Write(migration.Findings[0]);
        var refreshed = approvals.Count(approval => review.Approvals?.Find(approval.Id) is { } old && old.SourceHash != approval.SourceHash && pinned.TrueForAll(pin => pin.Approval != approval));
        Output.WriteLine($"{review.Report.ShortName}: {pinned.Count} approved, {approvals.Count} in all{(refreshed > 0 ? $", {refreshed} with changed C# and the same SQL" : "")}: {Path.GetFileName(review.Report.ApprovalsPath)}");
    }
}
