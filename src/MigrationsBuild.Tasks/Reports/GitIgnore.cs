using System.ComponentModel;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tasks.Processes;

namespace MigrationsBuild.Tasks.Reports;

/// <summary>
/// Finds migrations that git ignores. A clone doesn't have them, and its build can't know that they are missing. It happens: for a context
/// <c>LogContext</c> the folder is <c>Migrations/Log</c>, and the usual <c>.gitignore</c> of .NET has the pattern <c>[Ll]og/</c>.
/// </summary>
/// <param name="folder">A folder of the repository.</param>
/// <param name="cancellation">Cancels git.</param>
/// <param name="program">The git program.</param>
internal sealed class GitIgnore(string folder, CancellationToken cancellation, string program = "git")
{
    /// <summary>The warning for ignored files; <see langword="null"/> if git ignores none, or there is no git or repository.</summary>
    /// <param name="paths">Absolute paths.</param>
    public Diagnostic? Find(IEnumerable<string> paths)
    {
        // The form of a line is <source>:<line>:<pattern><tab><path>.
        var parts = Ask([.. paths])?.Split('\t');
        if (parts?.Length != 2)
            return null;
        return new Diagnostic(
            DiagnosticCodes.IgnoredByGit,
            $"{Path.GetFileName(parts[1].Trim('"'))} is ignored by git because of {parts[0]}, so a clone doesn't have it, "
            + "and a build there can't notice that. Change the pattern, or add the files with git add --force.");
    }

    private string? Ask(string[] paths)
    {
        try
        {
            var (exitCode, output, _) = new GitProgram(program, cancellation).Run(folder, ["check-ignore", "--verbose", "--", .. paths]);
            return exitCode == 0 ? output.Split('\n')[0] : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
