using System.Diagnostics;
using System.Text;

namespace MigrationsBuild.Testing;

/// <summary>A command that a person runs at a terminal, which <c>script</c> provides.</summary>
public static class TerminalCommand
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="folder">Its current directory.</param>
    /// <param name="command">The command, as a shell takes it.</param>
    /// <param name="prompt">What the person waits for.</param>
    /// <param name="answer">What is typed then.</param>
    /// <returns>Its exit code, and all that the terminal showed.</returns>
    public static CommandResult Run(string folder, string command, string prompt, string answer)
    {
        var variables = new Dictionary<string, string?> { ["TERM"] = "xterm-256color" };
        using var process = CommandLine.Start(folder, "script", ["-qec", command, "/dev/null"], variables);
        using var patience = new CancellationTokenSource(CommandLine.Timeout);
        using var registration = patience.Token.Register(() => process.Kill(entireProcessTree: true));
        var shown = ReadAndType(process, prompt, answer);
        process.WaitForExit();
        if (patience.IsCancellationRequested)
            throw new TimeoutException($"{command} didn't end.\n{shown}");
        return new CommandResult(command, process.ExitCode, shown, process.StandardError.ReadToEnd());
    }

    private static string ReadAndType(Process process, string prompt, string answer)
    {
        var shown = new StringBuilder();
        var hasTyped = false;
        while (process.StandardOutput.Read() is >= 0 and var c)
        {
            shown.Append((char)c);
            if (hasTyped || !shown.ToString().EndsWith(prompt, StringComparison.Ordinal))
                continue;
            hasTyped = true;
            CommandLine.Send(process, answer + "\n");
        }

        return shown.ToString();
    }
}
