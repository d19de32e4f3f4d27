namespace MigrationsBuild.Tool.Setup;

/// <summary>The git repository of a folder.</summary>
/// <param name="Root">The root of its working tree.</param>
internal sealed record GitFolder(string Root)
{
    /// <summary>The repository; <see langword="null"/> if there is none, or no git.</summary>
    public static GitFolder? Find(string folder)
    {
        // Relative to the folder, because the absolute path of git may contain no links.
        var up = ProgramRun.Of("git", folder, "rev-parse", "--show-cdup");
        return up.Succeeded ? new GitFolder(Path.GetFullPath(Path.Combine(folder, up.Output.Trim()))) : null;
    }

    public ProgramRun Run(params string[] arguments) => ProgramRun.Of("git", Root, arguments);

    /// <summary>Whether <c>git restore</c> gives a file as it is now, because the index has it.</summary>
    public bool CanRestore(string path) =>
        Run("ls-files", "--error-unmatch", "--", path).Succeeded && Run("diff", "--quiet", "--", path).Succeeded;
}
