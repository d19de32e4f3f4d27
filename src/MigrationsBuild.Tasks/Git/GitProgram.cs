using System.ComponentModel;
using System.Text;
using MigrationsBuild.Tasks.Processes;

namespace MigrationsBuild.Tasks.Git;

/// <summary>The git program.</summary>
/// <param name="path">Its path, or its name on the PATH.</param>
/// <param name="cancellation">Kills it.</param>
internal sealed class GitProgram(string path, CancellationToken cancellation)
{
    private static readonly TimeSpan _timeout = TimeSpan.FromMinutes(1);

    /// <summary>Runs a command.</summary>
    /// <param name="folder">The current directory.</param>
    /// <param name="arguments">The command.</param>
    /// <returns>
    /// The exit code, <see langword="null"/> if git was killed because of the time limit; standard output with <c>\n</c> as line end; and
    /// standard error in one line.
    /// </returns>
    /// <exception cref="GitException">It can't be started, or the folder isn't in a repository.</exception>
    public (int? ExitCode, string Output, string Error) Run(string folder, params string[] arguments)
    {
        var (output, error) = (new StringBuilder(), new StringBuilder());
        var process = new ChildProcess(path, ["-c", "core.quotePath=false", .. arguments], folder)
        {
            OnOutput = line => output.Append(line).Append('\n'),
            OnError = line => error.Append(line).Append(' '),
            // Some errors are recognized by their words.
            Environment = { ["LC_ALL"] = "C" },
        };
        try
        {
            var exitCode = process.Run(_timeout, cancellation);
            return exitCode is 0 or null || !error.ToString().Contains("not a git repository")
                ? (exitCode, output.ToString(), error.ToString().Trim())
                : throw new GitException($"{folder} is not in a git repository") { IsAbsent = true };
        }
        catch (Win32Exception failure)
        {
            throw new GitException($"{path} can't be started ({failure.Message}). Install git") { IsAbsent = true };
        }
    }
}
