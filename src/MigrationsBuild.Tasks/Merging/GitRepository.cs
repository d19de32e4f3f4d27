using System.ComponentModel;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tasks.Processes;

namespace MigrationsBuild.Tasks.Merging;

/// <summary>The git repository of a folder.</summary>
/// <param name="folder">A folder of the repository.</param>
/// <param name="git">The git program.</param>
internal sealed class GitRepository(string folder, GitProgram git)
{
    /// <summary>The hash of a revision; <see langword="null"/> if the repository doesn't have it.</summary>
    /// <param name="revision">A branch, a tag, a hash, or a name such as <c>MERGE_HEAD</c>.</param>
    /// <exception cref="MigrationsException">There is no git, or no repository.</exception>
    public string? Find(string revision)
    {
        // A name that begins with a dash would be an option for git.
        if (revision.StartsWith("-", StringComparison.Ordinal))
            return null;
        var (exitCode, output, error) = Run(folder, "rev-parse", "--verify", "--quiet", revision + "^{commit}");
        if (exitCode != 0 && error.Length > 0)
            throw Failed(error);
        return exitCode == 0 ? output.Trim() : null;
    }

    /// <summary>The absolute paths of the files with conflicts that aren't resolved in the index.</summary>
    /// <exception cref="MigrationsException">There is no git, or no repository.</exception>
    public IReadOnlyList<string> Unmerged()
    {
        // Relative to the folder, because the absolute path of git may contain no links, and another case.
        var root = Path.GetFullPath(Path.Combine(folder, Succeed(folder, "rev-parse", "--show-cdup").Trim()));
        return
        [
            .. Succeed(root, "diff", "--name-only", "--diff-filter=U", "-z").Split(['\0', '\n'], StringSplitOptions.RemoveEmptyEntries)
                .Select(path => Path.GetFullPath(Path.Combine(root, path))),
        ];
    }

    /// <summary>The names of the files of a folder in a revision.</summary>
    /// <exception cref="MigrationsException">The revision can't be read.</exception>
    public IReadOnlyCollection<string> FileNames(string revision, string path) =>
        new HashSet<string>(
            Succeed(path, "ls-tree", "-z", "--name-only", revision, "--", ".").Split(['\0', '\n'], StringSplitOptions.RemoveEmptyEntries)
                .Select(name => Path.GetFileName(name)!),
            StringComparer.Ordinal);

    /// <summary>The text of a file in a revision; <see langword="null"/> if the revision doesn't have it.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="path">The absolute path of the file.</param>
    /// <exception cref="MigrationsException">The revision can't be read.</exception>
    public string? Read(string revision, string path)
    {
        var (beside, file) = (Path.GetDirectoryName(path)!, Path.GetFileName(path));
        return FileNames(revision, beside).Contains(file) ? Succeed(beside, "show", $"{revision}:./{file}") : null;
    }

    private string Succeed(string workingFolder, params string[] arguments)
    {
        var (exitCode, output, error) = Run(workingFolder, arguments);
        return exitCode == 0 ? output : throw Failed($"git {arguments[0]} failed: {error}");
    }

    private (int? ExitCode, string Output, string Error) Run(string workingFolder, params string[] arguments)
    {
        try
        {
            return git.Run(workingFolder, arguments);
        }
        catch (Win32Exception failure)
        {
            throw Failed($"{git.Path} can't be started ({failure.Message}). Install git");
        }
    }

    private static MigrationsException Failed(string why) => new(DiagnosticCodes.CannotRebase, $"{why.TrimEnd('.')}.");
}
