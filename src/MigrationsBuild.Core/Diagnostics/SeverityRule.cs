namespace MigrationsBuild.Diagnostics;

/// <summary>The setting that decides the severity of a diagnostic.</summary>
public enum SeverityRule
{
    /// <summary>Always an error.</summary>
    Error,

    /// <summary>Always a warning.</summary>
    Warning,

    /// <summary>Always a message: <c>-warnaserror</c> must not turn it into an error.</summary>
    Message,

    /// <summary>A message that is visible at minimal verbosity; <c>DbUnapproved=off</c> hides it.</summary>
    Notice,

    /// <summary>A warning in a strict build, otherwise like <see cref="Notice"/>; <c>DbUnapproved=off</c> hides both.</summary>
    Adoption,

    /// <summary>The property <c>DbDrift</c>.</summary>
    Drift,

    /// <summary>The property <c>DbUnapproved</c>.</summary>
    Unapproved,

    /// <summary>The property <c>DbNoVerdict</c>.</summary>
    NoVerdict,

    /// <summary>The finding's own severity, limited by the property <c>DbLint</c>.</summary>
    Lint,
}
