namespace MigrationsBuild.Files;

/// <summary>Changes of files failed, and not all of them can be undone.</summary>
/// <param name="left">The paths of new files, and of the copies (<c>.old.tmp</c>) of files that can't be restored.</param>
/// <param name="cause">Why the changes failed.</param>
public sealed class RestoreException(IReadOnlyList<string> left, Exception cause) : IOException(
    $"{cause.Message} Not all files could be restored. Rename each copy (.old.tmp) to its original name, and delete each other file: "
    + $"{string.Join(", ", left)}.",
    cause);
