namespace MigrationsBuild.Tool.Setup;

/// <summary>A file that was changed.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="What">The change, for people.</param>
internal sealed record FileChange(string Path, string What)
{
    /// <summary>Whether git has the file as it was before.</summary>
    public bool IsRestorable { get; init; }

    /// <summary>The command or the step that takes the change back if git can't restore the file.</summary>
    public string Reverse { get; init; } = "";

    /// <summary>The commands that take changes back.</summary>
    public static IEnumerable<string> Undo(IReadOnlyList<FileChange> changes)
    {
        var restored = changes.Where(change => change.IsRestorable).Select(change => Argument(change.Path)).ToList();
        if (restored.Count > 0)
            yield return $"git restore {string.Join(" ", restored)}";
        foreach (var change in changes.Where(change => !change.IsRestorable))
            yield return change.Reverse;
    }

    /// <summary>The path from the current folder, in which people type the commands.</summary>
    public static string Relative(string path) => System.IO.Path.GetRelativePath(Environment.CurrentDirectory, path);

    /// <summary>That path in a command line, in quotes if it contains a space.</summary>
    public static string Argument(string path) =>
        Relative(path) is var relative && relative.Contains(' ', StringComparison.Ordinal) ? $"\"{relative}\"" : relative;
}
