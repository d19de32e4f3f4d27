using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.Calls;

/// <summary>What a command line asks for.</summary>
/// <param name="Verb">What to do.</param>
/// <param name="Properties">The properties for MSBuild, as the user means them: not escaped yet.</param>
internal sealed record VerbCall(Verb Verb, IReadOnlyList<KeyValuePair<string, string>> Properties)
{
    /// <summary>The project, solution or folder that was named; <see langword="null"/> for the current folder.</summary>
    public string? Project { get; init; }

    /// <summary>Debug or Release; <see langword="null"/> for the project's default.</summary>
    public string? Configuration { get; init; }

    /// <summary>Whether the project is taken as it was last built.</summary>
    public bool NoBuild { get; init; }

    /// <summary>Whether packages are not restored first.</summary>
    public bool NoRestore { get; init; }

    /// <summary>Whether the result is one JSON document.</summary>
    public bool Json { get; init; }

    /// <summary>Whether only warnings and errors are shown.</summary>
    public bool Quiet { get; init; }

    /// <summary>Whether more is shown.</summary>
    public bool Verbose { get; init; }
}
