using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint;

/// <summary>The locks that a migration takes.</summary>
/// <param name="Tables">
/// The existing tables that it locks, in the order of their first lock. Left out are those with weak locks for a moment, which block
/// neither reads nor writes.
/// </param>
/// <param name="Unknown">The statements whose locks aren't known.</param>
public sealed record MigrationLocks(IReadOnlyList<LockedTable> Tables, IReadOnlyList<SqlStatement> Unknown);

/// <summary>A table that a migration locks.</summary>
/// <param name="Table">Its name before the first of the migrations.</param>
/// <param name="Lock">The strongest lock.</param>
/// <param name="Work">The work on any table that is done while the migration has a lock on this one.</param>
public sealed record LockedTable(ObjectName Table, TableLock Lock, IReadOnlyList<WorkUnderLock> Work);

/// <summary>Work that is done under a lock.</summary>
/// <param name="Lock">The lock, which may be weaker than the strongest one.</param>
/// <param name="Work">The work.</param>
/// <param name="On">The table that is worked on, by its name before the first of the migrations.</param>
/// <param name="Statement">The statement that does the work.</param>
public sealed record WorkUnderLock(TableLock Lock, TableWork Work, ObjectName On, SqlStatement Statement);
