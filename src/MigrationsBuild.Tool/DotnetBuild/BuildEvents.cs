namespace MigrationsBuild.Tool.DotnetBuild;

/// <summary>
/// The names of what <see cref="EventLogger"/> tells the tool, a message a line. No program prints such a word by accident.
/// </summary>
internal static class BuildEvents
{
    /// <summary>A line of ours for people: <c>text</c>, <c>project</c>.</summary>
    public const string Line = "migrationsbuild.line";

    /// <summary>A result of ours for programs: <c>data</c>, a message of its own; <c>project</c>.</summary>
    public const string Result = "migrationsbuild.result";

    /// <summary>A question to the person at the terminal: <c>text</c>. The build itself reads the answer there.</summary>
    public const string Question = "migrationsbuild.question";

    /// <summary>
    /// A warning or an error: <c>severity</c>, <c>code</c>, <c>text</c>, <c>file</c>, <c>line</c>, <c>column</c>, <c>help</c>,
    /// <c>project</c>.
    /// </summary>
    public const string Diagnostic = "migrationsbuild.diagnostic";

    /// <summary>A project takes part: <c>path</c>.</summary>
    public const string Project = "migrationsbuild.project";

    /// <summary>A project imports a file: <c>path</c>.</summary>
    public const string Import = "migrationsbuild.import";

    /// <summary>The build has come to its end in order.</summary>
    public const string Finished = "migrationsbuild.finished";
}
