namespace MigrationsBuild.Tool.DotnetBuild;

/// <summary>
/// The names of the messages that <see cref="EventLogger"/> sends through a pipe, each in a line of its own. Standard output belongs to
/// the build, and MSBuild's server may lose the end of it.
/// </summary>
internal static class BuildEvents
{
    /// <summary>A line for people: <c>text</c>, <c>project</c>.</summary>
    public const string Line = "line";

    /// <summary>A result for programs: <c>data</c>, which is a message itself; <c>project</c>.</summary>
    public const string Result = "result";

    /// <summary>A question for the person at the terminal: <c>text</c>. The build reads the answer.</summary>
    public const string Question = "question";

    /// <summary>
    /// A warning or an error: <c>severity</c>, <c>code</c>, <c>text</c>, <c>file</c>, <c>line</c>, <c>column</c>, <c>help</c>,
    /// <c>project</c>.
    /// </summary>
    public const string Diagnostic = "diagnostic";

    /// <summary>A project that takes part in the build: <c>path</c>.</summary>
    public const string Project = "project";

    /// <summary>A file that a project imports: <c>path</c>.</summary>
    public const string Import = "import";

    /// <summary>The last message of a build that has ended normally: <c>succeeded</c>.</summary>
    public const string Finished = "finished";
}
