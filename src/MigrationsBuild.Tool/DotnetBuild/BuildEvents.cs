namespace MigrationsBuild.Tool.DotnetBuild;

/// <summary>
/// The names of the messages that <see cref="EventLogger"/> writes, each in a line of its own. They have a prefix that other programs
/// don't write.
/// </summary>
internal static class BuildEvents
{
    /// <summary>A line for people: <c>text</c>, <c>project</c>.</summary>
    public const string Line = "migrationsbuild.line";

    /// <summary>A result for programs: <c>data</c>, which is a message itself; <c>project</c>.</summary>
    public const string Result = "migrationsbuild.result";

    /// <summary>A question for the person at the terminal: <c>text</c>. The build reads the answer.</summary>
    public const string Question = "migrationsbuild.question";

    /// <summary>
    /// A warning or an error: <c>severity</c>, <c>code</c>, <c>text</c>, <c>file</c>, <c>line</c>, <c>column</c>, <c>help</c>,
    /// <c>project</c>.
    /// </summary>
    public const string Diagnostic = "migrationsbuild.diagnostic";

    /// <summary>A project that takes part in the build: <c>path</c>.</summary>
    public const string Project = "migrationsbuild.project";

    /// <summary>A file that a project imports: <c>path</c>.</summary>
    public const string Import = "migrationsbuild.import";

    /// <summary>The build has ended normally.</summary>
    public const string Finished = "migrationsbuild.finished";
}
