using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint;

/// <summary>
/// The tables that a migration for SQLite rebuilds, because SQLite can't change their columns: EF Core fills a copy, drops the table, and
/// renames the copy.
/// </summary>
internal sealed class TableRebuilds
{
    private readonly Dictionary<ObjectName, CreateTable> _copies = [];

    /// <summary>Finds the rebuilds.</summary>
    /// <param name="statements">The statements of the migration.</param>
    public TableRebuilds(IEnumerable<LintStatement> statements)
    {
        foreach (var statement in statements)
        {
            if (statement.Meaning is CreateTable create && IsCopy(create.Table))
                _copies[create.Table.With(create.Table.Name.Substring(SqliteRebuild.CopyPrefix.Length))] = create;
        }
    }

    /// <summary>The copy that replaces a table; <see langword="null"/> if the table isn't rebuilt.</summary>
    public CreateTable? Of(ObjectName table) => _copies.TryGetValue(table, out var copy) ? copy : null;

    /// <summary>Whether a table is such a copy.</summary>
    public static bool IsCopy(ObjectName table) => table.Name.StartsWith(SqliteRebuild.CopyPrefix, StringComparison.Ordinal);

    /// <summary>The name of the copy that a rebuild of a table fills.</summary>
    public static ObjectName CopyOf(ObjectName table) => table.With(SqliteRebuild.CopyPrefix + table.Name);

    /// <summary>The columns that a rebuild adds to a table.</summary>
    /// <param name="before">The tables before the migration.</param>
    public IEnumerable<(ObjectName Table, ColumnDefinition Column)> Added(KnownSchema before) =>
        from copy in _copies
        let table = before.Find(copy.Key)
        where table is not null
        from column in copy.Value.Columns
        where table.Find(column.Name) is null
        select (copy.Key, column);

    /// <summary>The columns that a rebuild drops.</summary>
    /// <param name="table">The table before the rebuild.</param>
    public IEnumerable<string> Dropped(KnownTable table) => Of(table.Name) is { } copy
        ? table.Columns.Keys.Where(name => copy.Columns.All(column => column.Name != name))
        : [];
}
