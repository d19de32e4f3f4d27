using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.Calls;

/// <summary>A command line as a call of a verb.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Properties">The properties for MSBuild, not escaped.</param>
internal sealed record VerbCall(Verb Verb, IReadOnlyList<KeyValuePair<string, string>> Properties)
{
    /// <summary>The project, solution or folder; <see langword="null"/> for the current folder.</summary>
    public string? Project { get; init; }

    /// <summary>Debug or Release; <see langword="null"/> for the project's default.</summary>
    public string? Configuration { get; init; }

    /// <summary>Whether the output of the last build is used.</summary>
    public bool NoBuild { get; init; }

    public bool NoRestore { get; init; }

    /// <summary>Whether the result is one JSON document.</summary>
    public bool Json { get; init; }

    /// <summary>Whether only warnings and errors are shown.</summary>
    public bool Quiet { get; init; }

    public bool Verbose { get; init; }
}
