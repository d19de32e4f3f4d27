namespace MigrationsBuild.Runner.Databases;

/// <summary>What a server says while it executes a statement that does not fail.</summary>
/// <param name="Severity"><c>WARNING</c>, <c>NOTICE</c>, <c>INFO</c>, <c>LOG</c> or <c>DEBUG</c>.</param>
/// <param name="Text">Its text, with the detail and the hint.</param>
internal sealed record ServerNotice(string Severity, string Text)
{
    /// <summary>Whether it is shown in any case.</summary>
    public bool IsWarning => Severity == "WARNING";
}
