namespace MigrationsBuild.Runner.Databases;

/// <summary>A message of the server while it executes a statement.</summary>
/// <param name="Severity"><c>WARNING</c>, <c>NOTICE</c>, <c>INFO</c>, <c>LOG</c> or <c>DEBUG</c>.</param>
/// <param name="Text">The message with its detail and its hint.</param>
internal sealed record ServerNotice(string Severity, string Text)
{
    /// <summary>Whether it is shown without <c>DbVerbose</c>.</summary>
    public bool IsWarning => Severity == "WARNING";
}
