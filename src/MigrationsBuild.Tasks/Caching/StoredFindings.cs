using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Caching;

/// <summary>
/// The findings of the last check, kept below <c>obj</c>, so that every build shows them and none computes them again: a few
/// hundred stats tell whether they still hold.
/// </summary>
/// <param name="project">The project.</param>
internal sealed class StoredFindings(ProjectDescription project)
{
    /// <summary>The findings, or <see langword="null"/> if anything that they depend on has changed.</summary>
    public IReadOnlyList<Diagnostic>? Read()
    {
        var messages = MessageFile.ReadIfPresent(FilePath);
        if (messages.Count == 0)
            return null;
        if (messages.FirstOrDefault(message => message.Name == "stamp")?["text"] != Stamp()
            || messages.Any(message => message.Name == "file" && message["stamp"] != FileStamp.Of(message["path"])))
        {
            return null;
        }

        // A file that no context reads is found wherever it turns up.
        var folders = messages.Where(message => message.Name == "folder").Select(message => message["path"]);
        var approvals = messages.Where(message => message.Name == "approvals").Select(message => message["path"]);
        return ApprovalsIn(folders).SequenceEqual(approvals)
            ? [.. messages.Where(message => message.Name == "finding").Select(message => message.ToDiagnostic())]
            : null;
    }

    /// <summary>Keeps findings.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="contexts">The contexts whose files they depend on.</param>
    public void Write(IEnumerable<Diagnostic> findings, IReadOnlyCollection<ContextReport> contexts)
    {
        var folders = contexts.Select(context => context.Folder).Distinct().ToList();
        var approvals = ApprovalsIn(folders);
        var files = contexts.SelectMany(context => context.Migrations
            .SelectMany(migration => new[] { migration.Up, migration.Down, Path.GetDirectoryName(migration.Up)! })
            .Append(context.ApprovalsPath));
        var stamped = files.Concat(folders).Concat(approvals).Distinct();
        MessageFile.Write(
            FilePath,
            new[] { new MessageLine("stamp").With("text", Stamp()) }
                .Concat(stamped.Select(path => new MessageLine("file").With("path", path).With("stamp", FileStamp.Of(path))))
                .Concat(folders.Select(path => new MessageLine("folder").With("path", path)))
                .Concat(approvals.Select(path => new MessageLine("approvals").With("path", path)))
                .Concat(findings.Select(finding => finding.ToMessage("finding"))));
    }

    private IReadOnlyList<string> ApprovalsIn(IEnumerable<string> folders) =>
        ApprovalsSearch.Find(new ReviewScope(project.Projects).Folders, folders);

    /// <summary>Forgets them: there is no verdict to keep.</summary>
    public void Delete() => project.DeleteStateFile(FileName);

    /// <summary>A strict build writes no files, and one that isn't has to, even if it would find the same.</summary>
    private string Stamp() => new StoredAnswer(project).Stamp() + "|" + project.IsStrict + "|" + project["DbPublish"];

    private string FileName => project.NameForArguments("findings");

    private string FilePath => project.StateFile(FileName);
}
