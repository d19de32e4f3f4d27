using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Tasks.Building;

namespace MigrationsBuild.Tasks.Verbs;

/// <summary>Drafts a migration from the drift: C# in EF Core's format, and the SQL beside it.</summary>
public sealed class DbRevision : MigrationsTask
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string>? Accepts => ["Msg", "DbEmpty"];

    /// <inheritdoc/>
    protected override void Run()
    {
        var request = Description.Request() with
        {
            Revision = true,
            RevisionName = Call["Msg"].Length > 0 ? MigrationName.FromMessage(Call["Msg"]) : "",
            RevisionEmpty = Call.Is("DbEmpty"),
            ContextName = Call["DbContextName"],
        };
        var verdict = new ModelCheck(Description, Log).Ask(request, Cancellation);
        var review = verdict.Choose(request.ContextName);
        if (verdict.Answer.Target is not { } draft)
        {
            Output.WriteLine($"{review.Report.ShortName}: no drift, nothing written. For a migration to write by hand: dotnet build -t:DbRevision -p:Msg=\"what it does\" -p:DbEmpty=true");
            return;
        }

        var files = new FileTransaction();
        Write(verdict.Answer, review, draft, files);
        new SnapshotBackup(Description).Write(draft.Id, verdict.Answer.Changes[verdict.Answer.Changes.Count - 1]);
        files.Commit();
        Show(review.Report, draft, files);
    }

    private static void Write(WorkerAnswer answer, ContextReview review, MigrationReport draft, FileTransaction files)
    {
        foreach (var path in new[] { draft.Source, draft.Designer, draft.Up, draft.Down }.Where(File.Exists))
            throw new MigrationsException(DiagnosticCodes.DuplicateName, "A file of that name exists. Run: dotnet build -t:DbRevision -p:Msg=\"another message\"", new Place(path, 1, 1));
        foreach (var change in answer.Changes)
            change.AddTo(files);
        if (draft.Emission?.Up is not null)
            ContextReview.WriteSql(review.Report, draft, files);

        // The first revision adopts: nothing exists yet that nobody has approved.
        var report = review.Report with { Folder = Path.GetDirectoryName(draft.Source)! };
        if (review.Report.Migrations.Count == 0 && !File.Exists(report.ApprovalsPath))
            files.Write(report.ApprovalsPath, new ApprovalsFile(report.Name, report.MigrationsAssembly, report.Provider, report.History.FullName, []).ToText());
    }

    private void Show(ContextReport context, MigrationReport draft, FileTransaction files)
    {
        Output.WriteLine($"{context.ShortName}: drafted {draft.Id}");
        foreach (var path in files.Written)
            Output.WriteLine($"  {Relative(path)}");
        new MigrationSummary(Output).Write(draft.Emission!);
        Output.WriteLine(draft.Emission!.Up is null ? "Mend its C#; a build then writes its SQL."
            : draft.Emission.Operations.Count == 0 ? "Write its Up and Down; a build then writes its SQL."
            : "Read the SQL. Then run: dotnet build -t:DbApprove");
    }

    private string Relative(string path) => path.StartsWith(Description.Folder, StringComparison.Ordinal) ? path.Substring(Description.Folder.Length).TrimStart('/', '\\') : path;
}
