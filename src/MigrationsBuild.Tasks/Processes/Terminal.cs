namespace MigrationsBuild.Tasks.Processes;

/// <summary>The terminal at which a build was started, if there is one.</summary>
internal interface ITerminal
{
    /// <summary>Whether the build reads from a terminal, so that a person can answer.</summary>
    bool IsInteractive { get; }

    /// <summary>Whether this process is a node or the server of a build, which can't tell whether there is a terminal.</summary>
    bool IsNode { get; }

    /// <summary>Asks a question.</summary>
    /// <param name="question">The question.</param>
    /// <returns>The line that was typed; <see langword="null"/> at the end of the input.</returns>
    string? Ask(string question);
}

/// <summary>The terminal of this process. The question goes to standard error: standard output may be a file.</summary>
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
