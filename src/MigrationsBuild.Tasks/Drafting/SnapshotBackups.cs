using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Drafting;

/// <summary>
/// What the model snapshot of each context was before its last draft, kept below <c>obj</c>. EF Core can write it again from the Designer
/// file of the migration before, but not to the letter, and not if that file was stripped.
/// </summary>
/// <param name="project">The project.</param>
internal sealed class SnapshotBackups(ProjectDescription project)
{
    private const string Prefix = "snapshot.";

    /// <summary>The backups that can still be restored: their snapshot is as the draft left it.</summary>
    public IReadOnlyList<SnapshotBackup> Read() => Directory.Exists(project.StateFolder)
        ? [.. Directory.GetFiles(project.StateFolder, Prefix + "*").Select(ReadFile).OfType<SnapshotBackup>().Where(backup => backup.Holds)]
        : [];

    /// <summary>The snapshot as it is before a draft is written; <see langword="null"/> if that isn't known.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="snapshot">How the draft changes the snapshot.</param>
    /// <param name="replaces">The draft that it takes the place of: what was before that one is what was before this one.</param>
    public SnapshotBackup? Of(DraftKey draft, SourceChange snapshot, string? replaces)
    {
        var earlier = replaces is null ? null : ReadFile(project.StateFile(NameOf(draft.Context)));
        if (replaces is not null && !(earlier is { Holds: true } && earlier.Draft.Migration == replaces))
            return null;
        var before = earlier is not null ? earlier.Before : File.Exists(snapshot.Path) ? File.ReadAllText(snapshot.Path) : null;
        return new SnapshotBackup(draft, snapshot.Path, ContentHash.OfText(snapshot.Text!), before, snapshot.ByteOrderMark);
    }

    /// <summary>Keeps a context's backup, when its draft is written.</summary>
    /// <param name="context">Full name of the context.</param>
    /// <param name="backup">The backup, if there is one.</param>
    public void Write(string context, SnapshotBackup? backup)
    {
        if (backup is null)
            project.DeleteStateFile(NameOf(context));
        else
            MessageFile.Write(project.StateFile(NameOf(context)), [new MessageLine("snapshot").WithRecord(backup)]);
    }

    /// <summary>A file a context: a draft of one must not take another's backup away.</summary>
    private static string NameOf(string context) => Prefix + ContentHash.OfText(context).Substring(0, 16);

    private static SnapshotBackup? ReadFile(string path) => MessageFile.ReadIfPresent(path).Select(message => message.ReadRecord<SnapshotBackup>()).FirstOrDefault();
}

/// <summary>The snapshot of one context as it was before a draft.</summary>
/// <param name="Draft">The draft.</param>
/// <param name="Path">The snapshot's file.</param>
/// <param name="After">Hash of the text that the draft gave it.</param>
/// <param name="Before">Its text before; <see langword="null"/> if there was no snapshot.</param>
/// <param name="ByteOrderMark">Whether the file begins with one.</param>
internal sealed record SnapshotBackup(DraftKey Draft, string Path, string After, string? Before, bool ByteOrderMark)
{
    /// <summary>Whether the snapshot is as the draft left it.</summary>
    public bool Holds => File.Exists(Path) && ContentHash.OfText(File.ReadAllText(Path)) == After;

    /// <summary>The change that restores the snapshot.</summary>
    public SourceChange Restore() => new(Path, Before, ByteOrderMark);
}
