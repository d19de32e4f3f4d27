namespace MigrationsBuild.Protocol;

/// <summary>The names of what the runner says on standard output, a message a line.</summary>
public static class RunnerMessages
{
    /// <summary>A line for people: <c>text</c>.</summary>
    public const string Line = "line";

    /// <summary>A diagnostic: see <see cref="DiagnosticMessages"/>.</summary>
    public const string Diagnostic = "diagnostic";
}
