using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Revisions;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Review;

/// <summary>An approvals file that no context of the build reads, so its migrations aren't checked.</summary>
/// <param name="FilePath">The path of the file.</param>
/// <param name="Approvals">The content of the file.</param>
/// <param name="State">The worker's result for the context that it names; <see langword="null"/> if there is no such context.</param>
public sealed record OrphanedApprovals(string FilePath, ApprovalsFile Approvals, SeenState? State)
{
    /// <summary>The context that now has its migrations, with another name or in another folder, if there is exactly one.</summary>
    public ContextReport? Successor { get; init; }

    /// <summary>Whether it approves a migration of a context.</summary>
    /// <param name="report">The context.</param>
    public bool Concerns(ContextReport report) => Approvals.Approvals.Any(approval => Has(report, approval));

    /// <summary>The finding about the file.</summary>
    public Diagnostic ToDiagnostic()
    {
        (string Why, string? LeadIn) finding = (State, Successor) switch
        {
            (SeenState.NotRelational, _) =>
                ("has no relational provider in this build, so it was not checked. "
                + $"Configure the provider that it was approved with, {Approvals.Provider}, or delete this file", null),
            (SeenState.Reported, { } moved) =>
                ($"now has its migrations in {moved.Folder}, which contains no approvals file.", "To move this file, run"),
            (SeenState.Reported, null) =>
                ("now has other migrations, and their folder contains no approvals file. Move this file there, or delete it", null),
            (_, { } renamed) =>
                ($"isn't in this build, but {renamed.Name} has its migrations.", $"If {Approvals.Context} was renamed, run"),
            _ => ("isn't in this build. Restore the context, or delete this file and the SQL files in its folder", null),
        };
        return new Diagnostic(
            DiagnosticCodes.OrphanedApprovals,
            $"{Path.GetFileName(FilePath)} approves {Count(Approvals.Approvals.Count)} of {Approvals.Context}. That context {finding.Why}",
            new Location(FilePath, Approvals.LineOf("context"), 1))
        {
            Hints = finding.LeadIn is { } leadIn ? [new Hint(leadIn, VerbTable.Approve)] : [],
        };
    }

    /// <summary>Finds such files.</summary>
    /// <param name="answer">The worker's answer.</param>
    /// <param name="paths">The paths of all approvals files.</param>
    /// <param name="broken">Called with the error of each file that can't be read.</param>
    public static IReadOnlyList<OrphanedApprovals> Find(
        WorkerAnswer answer, IReadOnlyList<string> paths, Action<MigrationsException> broken)
    {
        // The contexts are unknown, and a problem says why.
        if (answer.Seen.Count == 0 && answer.Contexts.Count == 0 && answer.Problems.Count > 0)
            return [];
        var own = new HashSet<string>(
            answer.Contexts.Where(HasOwn).Select(context => Path.GetFullPath(context.ApprovalsPath)), StringComparer.OrdinalIgnoreCase);
        var read = paths.Where(path => !own.Contains(path)).Select(path => Read(path, answer, broken));
        List<OrphanedApprovals> orphaned = [.. read.OfType<OrphanedApprovals>()];
        var without = answer.Contexts.Where(context => !HasOwn(context)).ToList();
        var found = orphaned.ConvertAll(file => (File: file, Candidates: without.Where(file.MayBelongTo).ToList()));
        return
        [
            .. found.Select(pair => pair.Candidates.Count == 1 && found.Count(other => other.Candidates.Contains(pair.Candidates[0])) == 1
                ? pair.File with { Successor = pair.Candidates[0] }
                : pair.File),
        ];
    }

    private static bool HasOwn(ContextReport report)
    {
        try
        {
            return ContextReview.ReadApprovals(report) is not null;
        }
        catch (MigrationsException)
        {
            // The review of the context reports it.
            return true;
        }
    }

    private static OrphanedApprovals? Read(string path, WorkerAnswer answer, Action<MigrationsException> broken)
    {
        ApprovalsFile file;
        try
        {
            file = ApprovalsFile.Read(path);
        }
        catch (MigrationsException failure)
        {
            if (ApprovalsFile.IsOurs(path))
                broken(failure);
            return null;
        }

        var seen = answer.Seen.FirstOrDefault(context => context.Name == file.Context)?.State;
        var report = answer.Contexts.FirstOrDefault(context => context.Name == file.Context);
        var orphaned = new OrphanedApprovals(path, file, report is not null ? SeenState.Reported : seen);
        return orphaned.State switch
        {
            SeenState.NotCreated or SeenState.CheckedElsewhere => null,
            // A context with several providers has migrations, and an approvals file, for each of them.
            SeenState.Reported when HasOwn(report!) || !orphaned.IsOfThisBuild(report!) => null,
            _ => orphaned,
        };
    }

    /// <summary>Whether the file is about the context's migrations in this build, not about those in another assembly.</summary>
    private bool IsOfThisBuild(ContextReport report) => Approvals.MigrationsAssembly == report.MigrationsAssembly || HasAll(report);

    private bool MayBelongTo(ContextReport report) =>
        (State == SeenState.Reported ? report.Name == Approvals.Context : State is null) && HasAll(report);

    private bool HasAll(ContextReport report) => Approvals.Approvals.Count > 0
        ? Approvals.Approvals.All(approval => Has(report, approval))
        : report.Migrations.Count > 0 && Path.GetDirectoryName(FilePath) == Path.GetFullPath(report.Folder);

    private static bool Has(ContextReport report, Approval approval) =>
        report.Migrations.Any(migration => MigrationId.Equality.Equals(migration.Id, approval.Id));

    private static string Count(int count) => count == 1 ? "1 migration" : $"{count} migrations";
}
