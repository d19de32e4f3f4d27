namespace MigrationsBuild.Diagnostics;

/// <summary>A kind of finding. Each has a page <c>docs/codes/&lt;code&gt;.md</c>.</summary>
/// <param name="Id"><c>MIG</c> and four digits.</param>
/// <param name="Title">A short description, which is also the heading of the page.</param>
/// <param name="SeverityRule">The setting that decides the severity.</param>
public sealed record DiagnosticCode(string Id, string Title, SeverityRule SeverityRule)
{
    /// <summary>Whether the same command may succeed later without any change. The exit code then asks for a retry.</summary>
    public bool IsRetryable { get; init; }

    /// <summary>
    /// Whether it is model drift, SQL that isn't approved, or a difference between databases. <c>dotnet db</c> has an exit code for these.
    /// </summary>
    public bool IsDrift { get; init; }

    /// <summary>Whether the command line, or the project that it names, is wrong.</summary>
    public bool IsUsage { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}
