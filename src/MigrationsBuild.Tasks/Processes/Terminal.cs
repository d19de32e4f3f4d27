namespace MigrationsBuild.Tasks.Processes;

/// <summary>The terminal in which a build was started, if there is one.</summary>
internal interface ITerminal
{
    /// <summary>Whether the build's standard input is a terminal, so that a person can answer.</summary>
    bool IsInteractive { get; }

    /// <summary>Whether this process is an MSBuild node or server, which can't find out whether there is a terminal.</summary>
    bool IsNode { get; }

    /// <summary>Asks a question.</summary>
    /// <returns>The line that was entered; <see langword="null"/> at the end of the input.</returns>
    string? Ask(string question);
}

/// <summary>The terminal of this process. It shows questions on standard error, because standard output may be a file.</summary>
internal sealed class ConsoleTerminal : ITerminal
{
    /// <inheritdoc/>
    public bool IsInteractive => !Console.IsInputRedirected;

    /// <inheritdoc/>
    public bool IsNode => Environment.GetCommandLineArgs()
        .Any(argument => argument.TrimStart('/', '-').StartsWith("nodemode:", StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public string? Ask(string question)
    {
        Console.Error.Write(question + " ");
        return Console.In.ReadLine();
    }
}
