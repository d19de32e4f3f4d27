using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>
/// The columns of tables as migrations leave them in a database: in the order in which they were added, and with the defaults that EF Core
/// adds with a required column and never removes. A model knows neither.
/// </summary>
internal sealed class ColumnHistory
{
    private readonly Dictionary<(string? Schema, string Name), List<Column>> _tables = [];

    /// <summary>Follows migrations.</summary>
    /// <param name="migrations">The migrations, oldest first.</param>
    /// <param name="rebuildsTables">
    /// Whether a change of a table re-creates it from the model at the end of the migration, as on SQLite. Then it keeps no other default.
    /// </param>
    public ColumnHistory(IEnumerable<Migration> migrations, bool rebuildsTables)
    {
        foreach (var migration in migrations)
        {
            var rebuilt = new HashSet<(string?, string)>();
            foreach (var operation in migration.UpOperations)
            {
                Follow(operation);
                if (rebuildsTables && Rebuilds(operation) && operation is ITableMigrationOperation table)
                    rebuilt.Add((table.Schema, table.Table));
            }

            foreach (var name in rebuilt)
                Of(name).ForEach(column => column.SetDefault(null, null));
        }
    }

    /// <summary>Gives a new table the order and the defaults of the columns.</summary>
    public void Arrange(CreateTableOperation table)
    {
        var known = Of((table.Schema, table.Name));
        List<AddColumnOperation> sorted =
        [
            .. table.Columns.OrderBy(column => known.FindIndex(other => other.Name == column.Name) is >= 0 and var at ? at : int.MaxValue),
        ];
        table.Columns.Clear();
        table.Columns.AddRange(sorted);
        foreach (var column in sorted)
        {
            if (column is { DefaultValue: null, DefaultValueSql: null, ComputedColumnSql: null }
                && known.Find(other => other.Name == column.Name) is { } left)
            {
                (column.DefaultValue, column.DefaultValueSql) = (left.Default, left.DefaultSql);
            }
        }
    }

    private void Follow(MigrationOperation operation)
    {
        switch (operation)
        {
            case CreateTableOperation table:
                _tables[(table.Schema, table.Name)] = [.. table.Columns.Select(column => new Column(column))];
                break;
            case DropTableOperation table:
                _tables.Remove((table.Schema, table.Name));
                break;
            case RenameTableOperation table when _tables.Remove((table.Schema, table.Name), out var columns):
                _tables[(table.NewSchema, table.NewName ?? table.Name)] = columns;
                break;
            case AddColumnOperation column:
                Of((column.Schema, column.Table)).Add(new Column(column));
                break;
            case DropColumnOperation column:
                Of((column.Schema, column.Table)).RemoveAll(other => other.Name == column.Name);
                break;
            case RenameColumnOperation column when Find(column.Schema, column.Table, column.Name) is { } renamed:
                renamed.Name = column.NewName;
                break;
            case AlterColumnOperation column when Find(column.Schema, column.Table, column.Name) is { } altered && SetsDefault(column):
                altered.SetDefault(column.DefaultValue, column.DefaultValueSql);
                break;
            default:
                break;
        }
    }

    /// <summary>Whether the default changes. One that neither model has stays in the database.</summary>
    private static bool SetsDefault(AlterColumnOperation column) =>
        column is not { DefaultValue: null, DefaultValueSql: null, OldColumn: { DefaultValue: null, DefaultValueSql: null } };

    /// <summary>Whether EF Core re-creates the table on SQLite, which can't do this to a table that exists.</summary>
    private static bool Rebuilds(MigrationOperation operation) => operation
        is AlterColumnOperation or DropColumnOperation or AddPrimaryKeyOperation or DropPrimaryKeyOperation
        or AddUniqueConstraintOperation or DropUniqueConstraintOperation or AddCheckConstraintOperation or DropCheckConstraintOperation
        or AddForeignKeyOperation or DropForeignKeyOperation or AlterTableOperation;

    private List<Column> Of((string? Schema, string Name) table) =>
        _tables.TryGetValue(table, out var columns) ? columns : _tables[table] = [];

    private Column? Find(string? schema, string table, string name) => Of((schema, table)).Find(column => column.Name == name);

    private sealed class Column(AddColumnOperation added)
    {
        public string Name { get; set; } = added.Name;

        public object? Default { get; private set; } = added.DefaultValue;

        public string? DefaultSql { get; private set; } = added.DefaultValueSql;

        public void SetDefault(object? value, string? sql) => (Default, DefaultSql) = (value, sql);
    }
}
