using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Tasks.Approving;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Processes;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>
/// Approves drafts: pins their SQL. Findings of the lint of severity error must be accepted first. With <c>DbRev</c>, it re-approves the
/// named migrations. It removes the approvals of migrations that are missing. The first call adopts the project: it approves all
/// migrations. If there are more than ten, it shows only those that need a closer look.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class DbApprove : MigrationsTask
{
    /// <inheritdoc/>
    private protected override void Run()
    {
        var hasSchemaFile = Description.Settings.HasSchemaFile;
        var request = Description.Request() with
        {
            Emission = EmissionScope.Drafts,
            EmitRevisions = Call["DbRev"],
            WantsConnections = hasSchemaFile && !Description.IsStrict,
        };
        // Drafts are compared with their files, and not written again: the SQL that is pinned is the SQL in the file.
        var verdict = new ModelCheck(Description, Log) { WritesDrafts = false }.Ask(request, Cancellation);
        var chosen = Chosen(verdict).Select(review => WithLost(verdict, review)).ToList();
        var named = Call["DbRev"] is { Length: > 0 } ids ? ids : null;
        var compiled = new CompiledMigrations(Description, new Hint("To compile it first", VerbTable.Approve, named));
        chosen.ForEach(review => compiled.Require(review.Report, Wanted(review).Concat(review.Migrations.Where(HasChanged))));
        var files = new FileTransaction();
        var accepted = new AcceptedFindings(Description, Call["DbAccept"], Call["DbBecause"]);
        var approvals = chosen.ConvertAll(review => new ContextApproval(Description, review, Wanted(review), accepted));
        approvals.ForEach(approval => approval.AddTo(files));
        if (WritesUnread(chosen) || HasOpenFindings(chosen, accepted))
            return;
        var schemas = new SchemaFileWriter(
            Description, verdict, () => new RunnerProcess(Description, Output, Diagnostics, new ConsoleTerminal()));
        files.Commit(() => schemas.Write(hasSchemaFile ? chosen : [], Cancellation));
        foreach (var file in verdict.Orphaned.Where(file => chosen.TrueForAll(review => review.MovedFrom != file.FilePath)))
            Diagnostics.Write(file.ToDiagnostic());
        approvals.ForEach(approval => approval.Show(Output, Diagnostics, Call.Is("DbVerbose")));
        var newest = chosen.SelectMany(review => new[] { review.Report.ApprovalsPath, review.Report.Migrations.LastOrDefault()?.Source });
        WarnIfIgnored(newest.OfType<string>());
    }

    /// <summary>Whether the approval of a migration gets another hash of the C#.</summary>
    private static bool HasChanged(ReviewedMigration migration) =>
        migration.Approval is { } approval && approval.SourceHash != migration.Report.SourceHash;

    private IReadOnlyList<ContextReview> Chosen(ModelVerdict verdict)
    {
        if (!TakesAllContexts || NamesContext || Call["DbRev"].Length > 0 || verdict.Reviews.Count < 2)
            return [Choose(verdict)];
        foreach (var problem in verdict.Problems)
            Diagnostics.Write(problem);
        return verdict.Reviews;
    }

    /// <summary>
    /// The review of a context that was renamed or moved uses the approvals in its old file. Otherwise the context would be adopted again,
    /// which approves all its SQL in its current state.
    /// </summary>
    private static ContextReview WithLost(ModelVerdict verdict, ContextReview review)
    {
        if (review.Approvals is not null)
            return review;
        if (verdict.Orphaned.FirstOrDefault(file => file.Successor?.Name == review.Report.Name) is { } own)
            return ContextReview.Of(review.Report, own);
        return verdict.Orphaned.FirstOrDefault(file => file.Concerns(review.Report)) is { } other
            ? throw new MigrationsException(other.ToDiagnostic())
            : review;
    }

    /// <summary>Writes and reports SQL that nobody can have read yet.</summary>
    /// <returns>Whether there is such SQL. Then nothing is approved.</returns>
    private bool WritesUnread(IEnumerable<ContextReview> chosen)
    {
        var files = new FileTransaction();
        var unread = new List<Diagnostic>();
        foreach (var review in chosen)
        {
            foreach (var migration in Wanted(review).Where(migration => MigrationApproval.UnreadFile(migration) is not null))
            {
                unread.Add(new Diagnostic(
                    DiagnosticCodes.ChangedSinceRead,
                    $"{Path.GetFileName(migration.Report.Source)} now generates SQL that differs from this file. "
                    + "The file was updated, and nothing was approved.",
                    new Hint("Read it, then run", VerbTable.Approve, Call["DbRev"].Length > 0 ? migration.Id : null),
                    new Location(MigrationApproval.UnreadFile(migration)!, 1, 1)));
                ContextReview.WriteSql(review.Report, migration.Report, files);
            }
        }

        files.Commit();
        unread.ForEach(Diagnostics.WriteError);
        return unread.Count > 0;
    }

    /// <summary>Reports the findings of the lint that must be accepted first.</summary>
    /// <returns>Whether there are any. Then nothing is approved.</returns>
    private bool HasOpenFindings(IEnumerable<ContextReview> chosen, AcceptedFindings accepted)
    {
        var open = accepted.Open([.. chosen.SelectMany(Wanted)]);
        foreach (var finding in open)
            Diagnostics.WriteError(finding);
        return open.Count > 0;
    }

    /// <summary>The migrations that the call approves: the named ones, or all drafts.</summary>
    private IReadOnlyList<ReviewedMigration> Wanted(ContextReview review)
    {
        var chain = new MigrationChain(review.Migrations.Select(migration => migration.Id));
        var named = RevisionExpression.Split(Call["DbRev"]).Select(chain.IdOf).ToList();
        bool IsNamed(ReviewedMigration migration) => named.Contains(migration.Id, MigrationId.Equality);
        return [.. review.Migrations.Where(migration => named.Count == 0 ? migration.Approval is null : IsNamed(migration))];
    }
}
