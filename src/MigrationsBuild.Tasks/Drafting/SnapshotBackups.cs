using MigrationsBuild.Contexts;
using MigrationsBuild.Files;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Drafting;

/// <summary>
/// The model snapshot of each context as it was before its last draft, stored below <c>obj</c>. EF Core can re-create it from the Designer
/// file of the previous migration, but not with the same text, and not if the Designer file is missing.
/// </summary>
internal sealed class SnapshotBackups(ProjectDescription project)
{
    private const string Prefix = "snapshot.";

    /// <summary>The backups that can be restored, because the snapshot was not changed after the draft.</summary>
    public IReadOnlyList<SnapshotBackup> Read() => Directory.Exists(project.StateFolder)
        ? [.. Directory.GetFiles(project.StateFolder, Prefix + "*").Select(ReadFile).OfType<SnapshotBackup>().Where(backup => backup.Holds)]
        : [];

    /// <summary>The backup of a snapshot before a draft is written; <see langword="null"/> if its previous text is unknown.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="snapshot">The draft's change of the snapshot.</param>
    /// <param name="replaces">The id of the draft that is replaced. Its backup is then the backup of the new draft as well.</param>
    public SnapshotBackup? Of(DraftKey draft, SourceChange snapshot, string? replaces)
    {
        var earlier = replaces is null ? null : ReadFile(project.StateFile(NameOf(draft.Context)));
        if (replaces is not null && !(earlier is { Holds: true } && earlier.Draft.Migration == replaces))
            return null;
        var before = earlier is not null ? earlier.Before : File.Exists(snapshot.Path) ? File.ReadAllText(snapshot.Path) : null;
        return new SnapshotBackup(draft, snapshot.Path, ContentHash.OfText(snapshot.Text!), before, snapshot.ByteOrderMark);
    }

    /// <summary>Stores the backup after the draft was written.</summary>
    /// <param name="context">The full name of the context.</param>
    /// <param name="backup">The backup; <see langword="null"/> to delete the stored one.</param>
    public void Write(string context, SnapshotBackup? backup)
    {
        if (backup is null)
            project.DeleteStateFile(NameOf(context));
        else
            MessageFile.Write(project.StateFile(NameOf(context)), [new MessageLine("snapshot").WithRecord(backup)]);
    }

    /// <summary>
    /// The name of a context's file. Each context has its own, because a draft of one must not replace the backup of another.
    /// </summary>
    private static string NameOf(string context) => Prefix + ContentHash.OfText(context).Substring(0, 16);

    private static SnapshotBackup? ReadFile(string path) =>
        MessageFile.TryReadRecords<SnapshotBackup>(path)?.FirstOrDefault();
}

/// <summary>The model snapshot of one context as it was before a draft.</summary>
/// <param name="Draft">The draft.</param>
/// <param name="Path">The path of the snapshot.</param>
/// <param name="After">The hash of the snapshot's text after the draft.</param>
/// <param name="Before">The text before the draft; <see langword="null"/> if there was no snapshot.</param>
/// <param name="ByteOrderMark">Whether the file begins with a byte order mark.</param>
internal sealed record SnapshotBackup(DraftKey Draft, string Path, string After, string? Before, bool ByteOrderMark)
{
    /// <summary>Whether the snapshot was not changed after the draft.</summary>
    public bool Holds => File.Exists(Path) && ContentHash.OfText(File.ReadAllText(Path)) == After;

    /// <summary>The change that restores the snapshot.</summary>
    public SourceChange Restore() => new(Path, Before, ByteOrderMark);
}
