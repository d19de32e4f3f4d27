namespace MigrationsBuild.Diagnostics;

/// <summary>One finding, as MSBuild shows it.</summary>
/// <param name="Code">What kind of finding: one of <see cref="DiagnosticCodes"/>.</param>
/// <param name="Message">What happened, to what, and the command that mends it.</param>
/// <param name="Place">Where, if there is such a place.</param>
public sealed record Diagnostic(DiagnosticCode Code, string Message, Place? Place = null);
