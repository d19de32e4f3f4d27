using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Caching;

/// <summary>
/// The findings of the last check, stored below <c>obj</c>. A build in which nothing has changed shows them again. To detect a change, it
/// reads the size and time of each file that they depend on.
/// </summary>
/// <param name="project">The project.</param>
/// <param name="inputs">The stamp of the task.</param>
internal sealed class StoredFindings(ProjectDescription project, InputStamp inputs)
{
    private string FileName => project.NameForArguments("findings");

    private string FilePath => project.StateFile(FileName);

    /// <summary>The findings; <see langword="null"/> if something that they depend on has changed.</summary>
    public IReadOnlyList<Diagnostic>? Read() => Read(MessageFile.ReadIfPresent(FilePath), Stamp(inputs.All));

    /// <summary>
    /// The findings that were stored for the last state in which the answer was known to be valid; <see langword="null"/> if something that
    /// they depend on has changed. They are stored again for this state.
    /// </summary>
    /// <param name="unchanged">The answer.</param>
    public IReadOnlyList<Diagnostic>? ReadOf(UnchangedModel unchanged)
    {
        var messages = MessageFile.ReadIfPresent(FilePath);
        var findings = Read(messages, Stamp(unchanged.Before));
        if (findings is not null)
            MessageFile.Write(FilePath, messages.Skip(1).Prepend(StampMessage()));
        return findings;
    }

    private IReadOnlyList<Diagnostic>? Read(IReadOnlyList<MessageLine> messages, string stamp)
    {
        if (messages.Count == 0)
            return null;
        if (messages[0]["text"] != stamp
            || messages.Where(message => message.Name == "files").SelectMany(StampedFile.Read).Any(file => file.HasChanged))
        {
            return null;
        }

        return HasSameApprovals(messages)
            ? [.. messages.Where(message => message.Name == "finding").Select(message => message.ToDiagnostic())]
            : null;
    }

    /// <summary>An approvals file that no context reads is a finding, whichever folder it is in.</summary>
    private bool HasSameApprovals(IReadOnlyList<MessageLine> messages)
    {
        var searched = messages.Where(message => message.Name == "searched").SelectMany(StampedFile.Read).ToList();
        if (searched.Count > 0 && !searched.Exists(folder => folder.HasChanged))
            return true;
        var folders = messages.Where(message => message.Name == "folder").Select(message => message["path"]);
        var approvals = messages.Where(message => message.Name == "approvals").Select(message => message["path"]);
        return ApprovalsIn(folders).Files.SequenceEqual(approvals);
    }

    /// <summary>Stores findings.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="contexts">The contexts whose files they depend on.</param>
    public void Write(IEnumerable<Diagnostic> findings, IReadOnlyCollection<ContextReport> contexts)
    {
        var folders = contexts.Select(context => context.Folder).Distinct().ToList();
        var approvals = ApprovalsIn(folders);
        // Of the files that few migrations have only those that exist: the stamp of the folder changes if another one is added.
        var files = contexts.SelectMany(context => context.Migrations
            .SelectMany(migration => new[] { migration.Up, migration.Down, Path.GetDirectoryName(migration.Up)! })
            .Concat(context.Migrations.Select(migration => AssertionsFile.PathOf(migration.Up)).Where(File.Exists))
            .Append(context.ApprovalsPath)
            .Append(SchemaFile.PathBeside(context.ApprovalsPath))
            .Append(new StoredVerifications(project, context).FilePath));
        var stamped = files.Concat(folders).Concat(approvals.Files).Distinct();
        MessageFile.Write(
            FilePath,
            new[] { StampMessage() }
                .Concat(StampedFile.ToMessages("files", stamped.Select(StampedFile.Now)))
                .Concat(StampedFile.ToMessages("searched", approvals.Folders))
                .Concat(folders.Select(path => new MessageLine("folder").With("path", path)))
                .Concat(approvals.Files.Select(path => new MessageLine("approvals").With("path", path)))
                .Concat(findings.Select(finding => finding.ToMessage("finding"))));
    }

    private MessageLine StampMessage() => new MessageLine("stamp").With("text", Stamp(inputs.All));

    /// <summary>Deletes the stored findings, after a check without a verdict.</summary>
    public void Delete() => project.DeleteStateFile(FileName);

    private ApprovalsSearch ApprovalsIn(IEnumerable<string> folders) =>
        ApprovalsSearch.Of(new ReviewScope(project.Projects).Folders, folders);

    /// <summary>
    /// The stamp includes strictness: a build that is not strict has to write the SQL files of drafts, a strict one must not.
    /// </summary>
    private string Stamp(string ofAnswer) => string.Join(
        "|",
        ofAnswer,
        project.IsStrict,
        project["DbPublish"],
        project.Settings.HasSchemaFile,
        project.Settings.RequiresVerification);
}
