using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Lint;

/// <summary>An effect of a statement on a running database.</summary>
/// <param name="Code">The rule.</param>
/// <param name="Severity">
/// <see cref="Severity.Error"/>: data is lost, the statement fails on existing rows, or it rewrites a table under a lock.
/// <see cref="Severity.Warning"/>: this depends on the data, the size of the table, or the traffic.
/// </param>
/// <param name="Offset">The offset of the statement in the SQL, in UTF-16 units.</param>
/// <param name="Message">The effect, with the names of the table and its column.</param>
public sealed record LintFinding(DiagnosticCode Code, Severity Severity, int Offset, string Message)
{
    /// <summary>Whether the statement reverts the migration.</summary>
    public bool IsDown { get; init; }
}
