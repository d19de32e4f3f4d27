using MigrationsBuild.Files;

namespace MigrationsBuild.Contexts;

/// <summary>A file of the source tree that a verb writes or deletes.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Text">The whole new content; <see langword="null"/> to delete it.</param>
/// <param name="ByteOrderMark">Whether the content begins with a byte order mark.</param>
public sealed record SourceChange(string Path, string? Text, bool ByteOrderMark = false)
{
    /// <summary>Adds the change to a transaction.</summary>
    public void AddTo(FileTransaction files)
    {
        if (Text is null)
            files.Delete(Path);
        else
            files.Write(Path, Text, ByteOrderMark);
    }
}
