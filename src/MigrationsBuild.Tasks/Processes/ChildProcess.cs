using System.Diagnostics;
using System.Text;

namespace MigrationsBuild.Tasks.Processes;

/// <summary>
/// A process of ours. Not MSBuild's ToolTask: that takes lines of the application's own output for errors, writes the environment
/// that it passes on into the log, and kills on cancellation what could have ended in order.
/// </summary>
/// <param name="dotnetPath">The <c>dotnet</c> to run.</param>
/// <param name="arguments">Its arguments, one each.</param>
/// <param name="workingFolder">The current directory.</param>
public sealed class ChildProcess(string dotnetPath, IEnumerable<string> arguments, string workingFolder)
{
    /// <summary>Environment variables that it gets besides ours. They are not logged.</summary>
    public IDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    /// <summary>Is called with every line of standard output.</summary>
    public Action<string> OnOutput { get; set; } = _ => { };

    /// <summary>Is called with every line of standard error.</summary>
    public Action<string> OnError { get; set; } = _ => { };

    /// <summary>Is called as soon as the process runs.</summary>
    public Action OnStarted { get; set; } = () => { };

    /// <summary>Runs it to its end.</summary>
    /// <param name="timeout">After this it is killed; <see cref="Timeout.InfiniteTimeSpan"/> for never.</param>
    /// <param name="cancellation">Asks it to end: its standard input is closed. It is killed if it hasn't ended 30 s later.</param>
    /// <returns>Its exit code, or <see langword="null"/> if it was killed for the timeout.</returns>
    public int? Run(TimeSpan timeout, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = StartInfo() };
        process.OutputDataReceived += (_, line) => Pass(OnOutput, line.Data);
        process.ErrorDataReceived += (_, line) => Pass(OnError, line.Data);
        process.Start();
        OnStarted();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var registration = cancellation.Register(() => RequestEnd(process));
        if (!process.WaitForExit(timeout == Timeout.InfiniteTimeSpan ? -1 : (int)timeout.TotalMilliseconds))
        {
            Kill(process);
            return null;
        }

        // Waits for the last lines of output, too.
        process.WaitForExit();
        return process.ExitCode;
    }

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo(dotnetPath, string.Join(" ", arguments.Select(Quote)))
        {
            WorkingDirectory = workingFolder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var variable in Environment)
            start.Environment[variable.Key] = variable.Value;
        return start;
    }

    private static void Pass(Action<string> listener, string? line)
    {
        if (line is not null)
            listener(line);
    }

    private static void RequestEnd(Process process)
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already.
        }

        ThreadPool.QueueUserWorkItem(_ =>
        {
            Thread.Sleep(TimeSpan.FromSeconds(30));
            Kill(process);
        });
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
                process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended meanwhile.
        }
    }

    /// <summary>The rules by which .NET, on every system, cuts an argument string into arguments.</summary>
    internal static string Quote(string argument)
    {
        if (argument.Length > 0 && argument.IndexOfAny([' ', '\t', '\n', '\v', '"']) < 0)
            return argument;
        var quoted = new StringBuilder("\"");
        var backslashes = 0;
        foreach (var c in argument)
        {
            if (c == '"')
                quoted.Append('\\', backslashes + 1);
            backslashes = c == '\\' ? backslashes + 1 : 0;
            quoted.Append(c);
        }

        return quoted.Append('\\', backslashes).Append('"').ToString();
    }
}
