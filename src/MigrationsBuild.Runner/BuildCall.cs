using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner;

/// <summary>
/// A run that a build asks for: a <see cref="RunnerInput"/> comes in as lines, and <see cref="RunnerMessages"/> go out as lines.
/// </summary>
/// <param name="output">Where the messages go.</param>
public sealed class BuildCall(Stream output)
{
    /// <summary>
    /// Runs what a text asks for. <c>dotnet db</c> calls this by its name, and the version of the package may differ from its own.
    /// </summary>
    /// <param name="input">A <see cref="RunnerInput"/> as text.</param>
    /// <param name="output">Where the messages go.</param>
    /// <param name="cancellation">Undoes the transaction that runs and ends.</param>
    /// <returns>See <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string input, Stream output, CancellationToken cancellation)
    {
        using var reader = new StringReader(input);
        var call = new BuildCall(output);
        return call.Read(reader) is { } read ? await call.RunAsync(read, answers: null, cancellation) : ExitCodes.Failed;
    }

    /// <summary>Reads the input and nothing that follows.</summary>
    /// <param name="reader">Standard input.</param>
    /// <returns>The input; <see langword="null"/> if it is cut off, which has then been reported.</returns>
    public RunnerInput? Read(TextReader reader)
    {
        try
        {
            return RunnerInput.Read(reader);
        }
        catch (EndOfStreamException)
        {
            new BuildReporter(output).Diagnostic(new Diagnostic(
                DiagnosticCodes.Interrupted,
                "The build that started this run ended before it had sent the whole request. Nothing was done. Run the command again."));
            return null;
        }
    }

    /// <summary>Runs a verb.</summary>
    /// <param name="input">What to do.</param>
    /// <param name="answers">Where the answers to its questions come from.</param>
    /// <param name="cancellation">Undoes the transaction that runs and ends.</param>
    /// <returns>See <see cref="ExitCodes"/>.</returns>
    internal Task<int> RunAsync(RunnerInput input, BuildAnswers? answers, CancellationToken cancellation) =>
        new MigrationRunner(new BuildReporter(output) { Answers = answers })
            .RunAsync(input.Request, input.Manifest, new SourcePaths(), cancellation);
}
