using MigrationsBuild.Lint;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Runner.Databases;

/// <summary>A lock that a statement has taken on a table that existed before.</summary>
/// <param name="Command">The statement.</param>
/// <param name="Table">The table.</param>
/// <param name="Lock">The strongest lock so far.</param>
/// <param name="Work">The heaviest work of the statement on the table.</param>
/// <param name="Duration">How long the statement took.</param>
internal sealed record MeasuredLock(SqlCommand Command, ObjectName Table, TableLock Lock, TableWork Work, TimeSpan Duration);
