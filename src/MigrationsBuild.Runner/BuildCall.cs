using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Reporting;
using MigrationsBuild.Runner.Verbs;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner;

/// <summary>
/// A run that a build has started. It reads a <see cref="RunnerInput"/> and writes <see cref="RunnerMessages"/>, a message a line.
/// </summary>
/// <param name="output">Receives the messages.</param>
public sealed class BuildCall(Stream output)
{
    /// <summary>
    /// Runs a verb for a request in a text. <c>dotnet db</c> calls this method by reflection, and its own version may differ from the
    /// package's.
    /// </summary>
    /// <param name="input">A <see cref="RunnerInput"/> as text.</param>
    /// <param name="output">Receives the messages.</param>
    /// <param name="cancellation">Rolls the current transaction back and ends the run.</param>
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
    /// <param name="input">The request and the manifest.</param>
    /// <param name="answers">The answers to its questions; <see langword="null"/> if nobody can be asked.</param>
    /// <param name="cancellation">Rolls the current transaction back and ends the run.</param>
    /// <returns>See <see cref="ExitCodes"/>.</returns>
    internal Task<int> RunAsync(RunnerInput input, BuildAnswers? answers, CancellationToken cancellation) =>
        new MigrationRunner(new BuildReporter(output) { Answers = answers })
            .RunAsync(input.Request, input.Manifest, new SourcePaths(), cancellation);
}
