using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tasks.Git;

namespace MigrationsBuild.Tasks.Reports;

/// <summary>
/// Finds migrations that git ignores. A clone doesn't have them, and its build can't know that they are missing. It happens: for a context
/// <c>LogContext</c> the folder is <c>Migrations/Log</c>, and the usual <c>.gitignore</c> of .NET has the pattern <c>[Ll]og/</c>.
/// </summary>
/// <param name="git">The repository.</param>
internal sealed class GitIgnore(GitRepository git)
{
    /// <summary>The warning for ignored files; <see langword="null"/> if git ignores none, or there is no git or repository.</summary>
    /// <param name="paths">Absolute paths.</param>
    public Diagnostic? Find(IEnumerable<string> paths)
    {
        try
        {
            return git.FindIgnored(paths) is not { } ignored ? null : new Diagnostic(
                DiagnosticCodes.IgnoredByGit,
                $"{Path.GetFileName(ignored.Path)} is ignored by git because of {ignored.Rule}, so a clone doesn't have it, "
                + "and a build there can't notice that. Change the pattern, or add the files with git add --force.");
        }
        catch (GitException)
        {
            return null;
        }
    }
}
