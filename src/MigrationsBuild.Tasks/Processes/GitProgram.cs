using System.ComponentModel;
using System.Text;

namespace MigrationsBuild.Tasks.Processes;

/// <summary>The git program.</summary>
/// <param name="path">Its path, or its name on the PATH.</param>
/// <param name="cancellation">Kills it.</param>
internal sealed class GitProgram(string path, CancellationToken cancellation)
{
    private static readonly TimeSpan _timeout = TimeSpan.FromMinutes(1);

    /// <summary>The path or the name.</summary>
    public string Path => path;

    /// <summary>Runs a command.</summary>
    /// <param name="folder">The current directory.</param>
    /// <param name="arguments">The command.</param>
    /// <returns>
    /// The exit code, <see langword="null"/> if git was killed because of the time limit; standard output with <c>\n</c> as line end; and
    /// standard error in one line.
    /// </returns>
    /// <exception cref="Win32Exception">It can't be started.</exception>
    public (int? ExitCode, string Output, string Error) Run(string folder, params string[] arguments)
    {
        var (output, error) = (new StringBuilder(), new StringBuilder());
        var process = new ChildProcess(path, arguments, folder)
        {
            OnOutput = line => output.Append(line).Append('\n'),
            OnError = line => error.Append(line).Append(' '),
            // Some errors are recognized by their words.
            Environment = { ["LC_ALL"] = "C" },
        };
        return (process.Run(_timeout, cancellation), output.ToString(), error.ToString().Trim());
    }
}
