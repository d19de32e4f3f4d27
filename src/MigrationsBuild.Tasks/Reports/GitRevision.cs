using System.ComponentModel;
using System.Text;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Processes;

namespace MigrationsBuild.Tasks.Reports;

/// <summary>An earlier revision of the repository, which <c>DbReportSince</c> names.</summary>
/// <param name="name">Whatever git takes for one: <c>origin/main</c>, a tag, a hash.</param>
/// <param name="folder">A folder of the repository.</param>
/// <param name="cancellation">Becomes cancelled when the build is.</param>
/// <param name="program">What git is called.</param>
internal sealed class GitRevision(string name, string folder, CancellationToken cancellation, string program = "git")
{
    private static readonly TimeSpan _timeout = TimeSpan.FromMinutes(1);

    /// <summary>Makes sure that there is such a revision.</summary>
    /// <exception cref="MigrationsException">There is none, or no git.</exception>
    public void Verify()
    {
        // What begins with a dash, git would take for an option.
        var (exitCode, _, error) = name.StartsWith("-", StringComparison.Ordinal) ? (1, "", "") : Git(folder, "rev-parse", "--verify", "--quiet", name + "^{commit}");
        if (exitCode != 0)
            throw Unusable($"{folder} has no such git revision{(error.Length > 0 ? $" ({error})" : "")}. Name one that this clone has, or fetch it first: git fetch origin; a shallow clone, as build servers make it, lacks the others (fetch-depth: 0 in actions/checkout)");
    }

    /// <summary>The approvals file as it was; <see langword="null"/> if there was none.</summary>
    /// <param name="path">Where it is now, absolute.</param>
    /// <exception cref="MigrationsException">It can't be read.</exception>
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
        return exitCode == 0 ? output : throw Unusable($"git {arguments[0]} says: {error}. Mend that, or leave DbReportSince out");
    }

    private (int? ExitCode, string Output, string Error) Git(string workingFolder, params string[] arguments)
    {
        var (output, error) = (new StringBuilder(), new StringBuilder());
        var process = new ChildProcess(program, arguments, workingFolder)
        {
            OnOutput = line => output.Append(line).Append('\n'),
            OnError = line => error.Append(line).Append(' '),
        };
        try
        {
            return (process.Run(_timeout, cancellation), output.ToString(), error.ToString().Trim());
        }
        catch (Win32Exception failure)
        {
            throw Unusable($"{program} can't be started ({failure.Message}). Install git, or leave DbReportSince out");
        }
    }

    private MigrationsException Unusable(string why) => new(DiagnosticCodes.InvalidSetting, $"DbReportSince is {name}: {why}.");
}
