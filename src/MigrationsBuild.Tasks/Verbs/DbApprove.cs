using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Sql;
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
        var verdict = new ModelCheck(Description, Log).Ask(request, Cancellation);
        var chosen = Call["DbRev"].Length > 0 || Call["DbContextName"].Length > 0 || verdict.Reviews.Count < 2
            ? [verdict.Choose(Call["DbContextName"])]
            : verdict.Reviews;
        foreach (var problem in verdict.Problems)
            Diagnostics.Write(problem);
        var files = new FileTransaction();
        var summaries = chosen.Select(review => Approve(review, files)).ToList();
        files.Commit();
        summaries.ForEach(show => show());
    }

    private Action Approve(ContextReview review, FileTransaction files)
    {
        var report = review.Report;
        var chain = new MigrationChain(report.Migrations.Select(migration => migration.Id));
        var named = RevisionExpression.Split(Call["DbRev"]).Select(chain.IdOf).ToList();
        var approvals = new List<Approval>();
        var pinned = new List<(ReviewedMigration Migration, Approval Approval)>();
        var previous = Approval.Base;
        foreach (var migration in review.Migrations)
        {
            var old = review.Approvals?.Find(migration.Id);
            var isWanted = named.Count == 0 ? old is null : named.Contains(migration.Id, MigrationId.Equality);
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
            files.Write(report.ApprovalsPath, new ApprovalsFile(report.Name, report.MigrationsAssembly, report.Provider, report.History.FullName, approvals).ToText());
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

/// <summary>Pins one migration.</summary>
/// <param name="report">Its context.</param>
/// <param name="migration">The migration; its SQL was emitted.</param>
/// <param name="isAdoption">Whether what can't be emitted is tolerated, because databases have it already.</param>
internal sealed class Pin(ContextReport report, ReviewedMigration migration, bool isAdoption)
{
    /// <summary>The approval; the SQL files are written if they aren't what is pinned.</summary>
    /// <param name="previous">The id before it.</param>
    /// <param name="files">Where writes are added.</param>
    /// <exception cref="MigrationsException">There is no SQL that could be pinned.</exception>
    public Approval Make(string previous, FileTransaction files)
    {
        var (id, emission) = (migration.Id, migration.Report.Emission);
        if (!MigrationId.IsUsable(id))
            throw new MigrationsException(DiagnosticCodes.NotEmittable, $"The id \"{id}\" can't be a file's name, so its SQL can't be stored. Change the [Migration] attribute.", new Place(migration.Report.Source, 1, 1));
        if (IsForeign(migration.Report.Up, migration.Up) || IsForeign(migration.Report.Down, migration.Down))
            throw new MigrationsException(migration.Findings.First(finding => finding.Code == DiagnosticCodes.ForeignSqlFile));
        if (IsEditedByHand(migration.Up) || IsEditedByHand(migration.Down))
            return PinEdited(previous, files);
        if (emission?.Up is null)
        {
            return isAdoption
                ? new Approval(id, previous, Approval.None, Approval.Irreversible, migration.Report.SourceHash)
                : throw new MigrationsException(DiagnosticCodes.NotEmittable, $"{id} can't be written as SQL: {emission?.Reason}. Mend the migration's C#, or remove it: dotnet build -t:DbDiscard", new Place(migration.Report.Source, 1, 1));
        }

        ContextReview.WriteSql(report, migration.Report, files);
        return new Approval(id, previous, SqlFile.HashOf(emission.Up), emission.Down is null ? Approval.Irreversible : SqlFile.HashOf(emission.Down), migration.Report.SourceHash);
    }

    /// <summary>What somebody wrote by hand is pinned as it stands; its header gets the hashes of what the C# yields now.</summary>
    private Approval PinEdited(string previous, FileTransaction files)
    {
        var (up, down, emission) = (migration.Up!, migration.Down, migration.Report.Emission);
        void Refresh(SqlFile file, string? body, string path) =>
            files.Write(path, (file with { SourceHash = migration.Report.SourceHash, GeneratedHash = body is null ? file.GeneratedHash : SqlFile.HashOf(body) }).ToText());
        Refresh(up, emission?.Up, migration.Report.Up);
        if (down is not null)
            Refresh(down, emission?.Down, migration.Report.Down);
        return new Approval(migration.Id, previous, up.BodyHash, down?.BodyHash ?? Approval.Irreversible, migration.Report.SourceHash);
    }

    private static bool IsForeign(string path, SqlFile? file) => file is null && File.Exists(path);

    private static bool IsEditedByHand(SqlFile? file) => file is { IsAsGenerated: false };
}
