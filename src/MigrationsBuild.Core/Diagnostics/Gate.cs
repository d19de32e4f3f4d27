namespace MigrationsBuild.Diagnostics;

/// <summary>Which setting decides the severity of a diagnostic.</summary>
public enum Gate
{
    /// <summary>Always an error.</summary>
    Error,

    /// <summary>Always a warning.</summary>
    Warning,

    /// <summary>A message, never more: <c>-warnaserror</c> must not make an error of it.</summary>
    Message,

    /// <summary>A message that everybody sees; <c>DbUnapproved=off</c> silences it.</summary>
    Notice,

    /// <summary>A warning in a strict build, else a message that everybody sees; <c>DbUnapproved=off</c> silences both.</summary>
    Adoption,

    /// <summary>The property <c>DbDrift</c>.</summary>
    Drift,

    /// <summary>The property <c>DbUnapproved</c>.</summary>
    Unapproved,

    /// <summary>The property <c>DbNoVerdict</c>.</summary>
    NoVerdict,
}
