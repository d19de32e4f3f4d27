using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Diagnostics;

/// <summary>A finding, as MSBuild shows it.</summary>
/// <param name="Code">One of <see cref="DiagnosticCodes"/>.</param>
/// <param name="Message">The problem, with the name of the thing, and the reason if it is not obvious. It contains no command.</param>
/// <param name="Location">The location, if there is one.</param>
public sealed record Diagnostic(DiagnosticCode Code, string Message, Location? Location = null)
{
    /// <summary>A finding with the command that fixes it.</summary>
    public Diagnostic(DiagnosticCode code, string message, Hint hint, Location? location = null)
        : this(code, message, location) => Hints = [hint];

    /// <summary>The severity of a finding of the lint; <see langword="null"/> if only the code decides it.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Whether a comment in the C# accepts the finding. Then it is a message, whatever other settings say.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>The C# that generates the SQL at <see cref="Location"/>.</summary>
    public RelatedLocation? Related { get; init; }

    /// <summary>The commands that fix the problem; several are alternatives.</summary>
    public IReadOnlyList<Hint> Hints { get; init; } = [];

    /// <summary>The message and its hints, in the words of <c>dotnet build</c>.</summary>
    public string Text => new BuildHints().Write(Message, Hints);

    /// <summary>The finding with hints for one of several contexts.</summary>
    /// <param name="context">See <see cref="Hint.InContext"/>.</param>
    public Diagnostic InContext(string context) =>
        context.Length == 0 || Hints.Count == 0 ? this : this with { Hints = [.. Hints.Select(hint => hint.InContext(context))] };

    /// <inheritdoc/>
    public bool Equals(Diagnostic? other) => other is not null
        && Code == other.Code && Message == other.Message && Location == other.Location && Severity == other.Severity
        && IsAccepted == other.IsAccepted && Related == other.Related && Hints.SequenceEqual(other.Hints);

    /// <inheritdoc/>
    public override int GetHashCode() => Message.GetHashCode() ^ Code.GetHashCode();
}
