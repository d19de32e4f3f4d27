using System.ComponentModel;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tasks.Processes;

namespace MigrationsBuild.Tasks.Squashing;

/// <summary>The uncommitted changes of a folder.</summary>
/// <param name="folder">The folder.</param>
/// <param name="cancellation">Cancels git.</param>
/// <param name="program">The git program.</param>
internal sealed class GitStatus(string folder, CancellationToken cancellation, string program = "git")
{
    /// <summary>The changed files in git's short form; none if there is no git or no repository.</summary>
    /// <exception cref="MigrationsException">Git fails, so it is unknown whether there are changes.</exception>
    public IReadOnlyList<string> Read()
    {
        try
        {
            var (exitCode, output, error) = new GitProgram(program, cancellation).Run(folder, "status", "--porcelain", "--", ".");
            if (exitCode == 0)
                return output.Split(['\n'], StringSplitOptions.RemoveEmptyEntries);
            return error.Contains("not a git repository") ? [] : throw Unknown(error);
        }
        catch (Win32Exception)
        {
            return [];
        }
    }

    private MigrationsException Unknown(string error) => new(
        DiagnosticCodes.NotSquashed,
        $"It is unknown whether {folder} has changes that aren't committed, because git status failed: {error}. "
        + "A squash deletes files, so nothing was written.");
}
