using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint;

/// <summary>What a statement does to an existing table while it runs.</summary>
/// <param name="Table">The table.</param>
/// <param name="Lock">The lock that it takes.</param>
/// <param name="Work">Its work on the table.</param>
internal sealed record TableEffect(KnownTable Table, TableLock Lock, TableWork Work);
