namespace MigrationsBuild.Diagnostics;

/// <summary>How a finding is shown.</summary>
public enum Severity
{
    /// <summary>Not at all.</summary>
    Off,

    /// <summary>As a message, which MSBuild never turns into an error.</summary>
    Message,

    /// <summary>As a message that is visible at MSBuild's minimal verbosity.</summary>
    Notice,

    /// <summary>As a warning.</summary>
    Warning,

    /// <summary>As an error, which fails the build.</summary>
    Error,
}
