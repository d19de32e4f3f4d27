using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Tasks.Designers;
using MigrationsBuild.Tasks.Drafting;
using MigrationsBuild.Tasks.Logging;
using MigrationsBuild.Tasks.Projects;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Squashing;

/// <summary>
/// Replaces the files of migrations by those of a squashed one, all of them or none. The old files are kept below <c>obj</c>.
/// </summary>
/// <param name="project">The project.</param>
/// <param name="review">The context.</param>
/// <param name="replaced">The migrations to replace, oldest first.</param>
internal sealed class SquashedFiles(ProjectDescription project, ContextReview review, IReadOnlyList<ReviewedMigration> replaced)
{
    /// <summary>Writes and deletes the files.</summary>
    /// <param name="answer">The worker's answer, with the squashed migration as its target.</param>
    /// <param name="check">The check of the result.</param>
    /// <param name="output">The verb's output.</param>
    /// <returns>The paths of the written files.</returns>
    /// <exception cref="MigrationsException">A file exists already, or the project doesn't compile with the result.</exception>
    public IReadOnlyCollection<string> Write(WorkerAnswer answer, DraftCheck check, VerbOutput output)
    {
        var (draft, files) = (answer.Target!, new FileTransaction());
        DraftFiles.RefuseToOverwrite(draft);
        foreach (var change in answer.Changes)
            change.AddTo(files);
        ContextReview.WriteSql(review.Report, draft, files);
        files.Write(review.Report.ApprovalsPath, Approvals(draft.Id).ToText());
        var old = replaced.SelectMany(migration => migration.Report.Files).Where(File.Exists).ToList();
        var kept = new KeptFiles(project, Path.Combine("squashed", draft.Id), old.Append(review.Report.ApprovalsPath));
        old.ForEach(files.Delete);
        var deleted = old.Concat(GeneratedFor(old)).Select(path => new SourceChange(path, null));
        files.Commit(() => check.Run(draft, [.. answer.Changes, .. deleted], review.Report.MigrationsAssembly));

        output.WriteLine($"{review.Report.ShortName}: {replaced.Count} migrations squashed into {draft.Id}");
        foreach (var path in files.Written)
            output.WriteLine($"  {project.Shown(path)}");
        output.WriteLine($"  {old.Count} files deleted. They are kept in {project.Shown(kept.Folder)}");
        output.WriteLine("Read the SQL.", new Hint("Then run", VerbTable.Approve));
        return [.. files.Written];
    }

    private ApprovalsFile Approvals(string id)
    {
        var (all, ids) = (review.Approvals!, replaced.Select(migration => migration.Id).ToList());
        return all with
        {
            Approvals = [.. all.Approvals.Where(approval => !ids.Contains(approval.Id, MigrationId.Equality))],
            Squashes = [.. all.Squashes, new Squash(id, ids)],
        };
    }

    /// <summary>The files that the last build compiled instead of Designer files: see <c>DbCompileDesigners</c>.</summary>
    private IEnumerable<string> GeneratedFor(List<string> paths) =>
        !project.DesignerFolders.TryGetValue(project["AssemblyName"], out var folder) ? [] : new DesignerList(folder).Read()
            .Where(listed => listed.Generated.Length > 0 && paths.Contains(listed.Path))
            .Select(listed => listed.Generated);
}
