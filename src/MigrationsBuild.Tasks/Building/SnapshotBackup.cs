using MigrationsBuild.Files;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Tasks.Building;

/// <summary>
/// What the model snapshot was before the last draft, kept below <c>obj</c>. EF Core can write it again from the Designer file of the
/// migration before, but not to the letter, and not if that file was stripped.
/// </summary>
/// <param name="project">The project.</param>
internal sealed class SnapshotBackup(ProjectDescription project)
{
    /// <summary>Keeps the snapshot as it is before a draft is written.</summary>
    /// <param name="id">The draft.</param>
    /// <param name="snapshot">How the draft changes the snapshot.</param>
    /// <param name="replaces">The draft that it takes the place of: what was before that one is what was before this one.</param>
    public void Write(string id, SourceChange snapshot, string? replaces)
    {
        if (replaces is not null && replaces != Migration)
        {
            File.Delete(FilePath);
            return;
        }

        var before = replaces is not null ? Read()!.Find("before") : File.Exists(snapshot.Path) ? File.ReadAllText(snapshot.Path) : null;
        MessageFile.Write(FilePath,
        [
            new MessageLine("snapshot")
                .With("migration", id)
                .With("path", snapshot.Path)
                .With("after", ContentHash.OfText(snapshot.Text!))
                .With("before", before)
                .With("bom", snapshot.ByteOrderMark),
        ]);
    }

    /// <summary>The draft that the backup is for; empty if there is none, or if the snapshot was changed since.</summary>
    public string Migration => Read() is { } kept && File.Exists(kept["path"]) && ContentHash.OfText(File.ReadAllText(kept["path"])) == kept["after"] ? kept["migration"] : "";

    /// <summary>The change that restores the snapshot.</summary>
    public SourceChange Restore() => Read() is { } kept
        ? new SourceChange(kept["path"], kept.Find("before"), kept.Has("bom"))
        : throw new InvalidOperationException("There is no backup.");

    private MessageLine? Read() => File.Exists(FilePath) ? MessageFile.Read(FilePath).FirstOrDefault() : null;

    private string FilePath => project.StateFile("snapshot");
}
