namespace MigrationsBuild.Tool.Setup;

/// <summary>A file that was changed.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="What">The change, for people.</param>
internal sealed record FileChange(string Path, string What)
{
    /// <summary>The command that takes the change back; empty if git has the file as it was before.</summary>
    public string Reverse { get; init; } = "";

    /// <summary>The commands that take changes back.</summary>
    public static IEnumerable<string> Undo(IReadOnlyList<FileChange> changes)
    {
        var restored = changes.Where(change => change.Reverse.Length == 0).Select(change => Quote(Relative(change.Path))).ToList();
        if (restored.Count > 0)
            yield return $"git restore {string.Join(" ", restored)}";
        foreach (var change in changes.Where(change => change.Reverse.Length > 0))
            yield return change.Reverse;
    }

    /// <summary>The path from the current folder, in which people type the commands.</summary>
    public static string Relative(string path) => System.IO.Path.GetRelativePath(Environment.CurrentDirectory, path);

    private static string Quote(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
}
