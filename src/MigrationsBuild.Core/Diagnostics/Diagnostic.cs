using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Diagnostics;

/// <summary>One finding, as MSBuild shows it.</summary>
/// <param name="Code">What kind of finding: one of <see cref="DiagnosticCodes"/>.</param>
/// <param name="Message">What is wrong, with the name of the thing, and why if that is not obvious.</param>
/// <param name="Place">Where, if there is such a place.</param>
public sealed record Diagnostic(DiagnosticCode Code, string Message, Place? Place = null)
{
    /// <summary>A finding with the command that fixes it.</summary>
    /// <param name="code">What kind of finding.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="hint">The command.</param>
    /// <param name="place">Where, if there is such a place.</param>
    public Diagnostic(DiagnosticCode code, string message, Hint hint, Place? place = null)
        : this(code, message, place) => Hints = [hint];

    /// <summary>The commands that fix it, or choose between two ways to do so.</summary>
    public IReadOnlyList<Hint> Hints { get; init; } = [];

    /// <summary>The message and its hints, in the words of <c>dotnet build</c>.</summary>
    public string Text => new BuildHints().Write(Message, Hints);

    /// <inheritdoc/>
    public bool Equals(Diagnostic? other) => other is not null
        && Code == other.Code && Message == other.Message && Place == other.Place && Hints.SequenceEqual(other.Hints);

    /// <inheritdoc/>
    public override int GetHashCode() => Message.GetHashCode() ^ Code.GetHashCode();
}
