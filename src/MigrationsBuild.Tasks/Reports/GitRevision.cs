using System.ComponentModel;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Processes;

namespace MigrationsBuild.Tasks.Reports;

/// <summary>An earlier revision of the repository, which <c>DbReportSince</c> names.</summary>
/// <param name="name">A git revision, such as <c>origin/main</c>, a tag or a hash.</param>
/// <param name="folder">A folder of the repository.</param>
/// <param name="cancellation">Cancels git.</param>
/// <param name="program">The git program.</param>
internal sealed class GitRevision(string name, string folder, CancellationToken cancellation, string program = "git")
{
    /// <summary>Checks that the revision exists.</summary>
    /// <exception cref="MigrationsException">The revision doesn't exist, or git can't be started.</exception>
    public void Verify()
    {
        // A name that begins with a dash would be an option for git.
        var (exitCode, _, error) = name.StartsWith("-", StringComparison.Ordinal)
            ? (1, "", "")
            : Git(folder, "rev-parse", "--verify", "--quiet", name + "^{commit}");
        if (exitCode == 0)
            return;
        throw Unusable(
            $"{folder} has no such git revision{(error.Length > 0 ? $" ({error})" : "")}. "
            + "Use a revision that this clone has, or fetch it first: git fetch origin. "
            + "Build servers often make shallow clones, which have only the newest revision (fetch-depth: 0 in actions/checkout)");
    }

    /// <summary>The approvals file in the revision; <see langword="null"/> if it had none.</summary>
    /// <param name="path">The current absolute path of the file.</param>
    /// <exception cref="MigrationsException">The file can't be read.</exception>
    public ApprovalsFile? Approvals(string path)
    {
        var (beside, file) = (Path.GetDirectoryName(path)!, Path.GetFileName(path));
        if (!Directory.Exists(beside) || Succeed(beside, "ls-tree", "--name-only", name, "--", file).Trim().Length == 0)
            return null;
        return ApprovalsFile.Parse(Succeed(beside, "show", $"{name}:./{file}"), $"{name}:{file}");
    }

    private string Succeed(string workingFolder, params string[] arguments)
    {
        var (exitCode, output, error) = Git(workingFolder, arguments);
        return exitCode == 0 ? output : throw Unusable($"git {arguments[0]} failed: {error}. Fix this, or remove DbReportSince");
    }

    private (int? ExitCode, string Output, string Error) Git(string workingFolder, params string[] arguments)
    {
        try
        {
            return new GitProgram(program, cancellation).Run(workingFolder, arguments);
        }
        catch (Win32Exception failure)
        {
            throw Unusable($"{program} can't be started ({failure.Message}). Install git, or remove DbReportSince");
        }
    }

    private MigrationsException Unusable(string why) => new(DiagnosticCodes.InvalidSetting, $"DbReportSince is {name}: {why}.");
}
