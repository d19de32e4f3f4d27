using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Tasks.Building;

/// <summary>
/// The findings of the last check, kept below <c>obj</c>, so that every build shows them and none computes them again: a few
/// hundred stats tell whether they still hold.
/// </summary>
/// <param name="project">The project.</param>
public sealed class StoredFindings(ProjectDescription project)
{
    /// <summary>The findings, or <see langword="null"/> if anything that they depend on has changed.</summary>
    public IReadOnlyList<Diagnostic>? Read()
    {
        var messages = MessageFile.ReadIfPresent(FilePath);
        if (messages.Count == 0)
            return null;
        var findings = new List<Diagnostic>();
        foreach (var message in messages)
        {
            switch (message.Name)
            {
                case "stamp" when message["text"] != Stamp():
                case "file" when message["stamp"] != FileStamp.Of(message["path"]):
                    return null;
                case "finding":
                    findings.Add(message.ToDiagnostic());
                    break;
                default:
                    break;
            }
        }

        return findings;
    }

    /// <summary>Keeps findings.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="contexts">The contexts whose files they depend on.</param>
    public void Write(IEnumerable<Diagnostic> findings, IEnumerable<ContextReport> contexts)
    {
        var files = contexts.SelectMany(context => context.Migrations
            .SelectMany(migration => new[] { migration.Up, migration.Down, Path.GetDirectoryName(migration.Up)! })
            .Concat([context.ApprovalsPath, context.Folder]));
        MessageFile.Write(
            FilePath,
            new[] { new MessageLine("stamp").With("text", Stamp()) }
                .Concat(files.Distinct().Select(path => new MessageLine("file").With("path", path).With("stamp", FileStamp.Of(path))))
                .Concat(findings.Select(finding => finding.ToMessage("finding"))));
    }

    /// <summary>Forgets them: there is no verdict to keep.</summary>
    public void Delete() => project.DeleteStateFile(FileName);

    /// <summary>A strict build writes no files, and one that isn't has to, even if it would find the same.</summary>
    private string Stamp() => new StoredAnswer(project).Stamp() + "|" + project.IsStrict;

    private const string FileName = "findings";

    private string FilePath => project.StateFile(FileName);
}
