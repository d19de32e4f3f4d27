using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>
/// Keys and foreign keys that a migration drops and adds again only because their table or a column was renamed. PostgreSQL keeps the
/// constraints of renamed tables and columns, so they only need their new names.
/// </summary>
internal sealed class RenamedConstraints
{
    /// <summary>No name in PostgreSQL contains it.</summary>
    private const char Separator = '\0';

    private readonly Dictionary<MigrationOperation, RenamedConstraint> _byAdd = [];
    private readonly HashSet<MigrationOperation> _drops = [];
    private readonly IReadOnlyList<MigrationOperation> _operations;

    /// <summary>Finds them.</summary>
    /// <param name="operations">EF Core's operations.</param>
    /// <param name="before">The model before them.</param>
    public RenamedConstraints(IReadOnlyList<MigrationOperation> operations, IRelationalModel? before)
    {
        _operations = operations;
        var hasRenames = operations.Any(operation => operation is RenameTableOperation or RenameColumnOperation);
        foreach (var drop in before is null || !hasRenames ? [] : operations)
        {
            var (old, name) = Dropped(drop, before!);
            var add = old is null ? null : operations.FirstOrDefault(add => !_byAdd.ContainsKey(add) && Added(add) == old);
            if (add is null || Table(add) is not { } table || ChangesType(old!)
                || operations.Any(other => other != drop && Dropped(other, before!).Name == table.Name))
                continue;
            _drops.Add(drop);
            _byAdd[add] = new RenamedConstraint(table.Schema, table.Table, name!, table.Name);
        }
    }

    /// <summary>Whether an operation drops such a constraint.</summary>
    public bool IsReplacedDrop(MigrationOperation operation) => _drops.Contains(operation);

    /// <summary>The constraint that an operation adds, if it is such a one.</summary>
    public RenamedConstraint? OldNameOf(MigrationOperation operation) => _byAdd.GetValueOrDefault(operation);

    /// <summary>What a constraint consists of, in the names after the migration, and its name before it.</summary>
    private (Shape? Shape, string? Name) Dropped(MigrationOperation operation, IRelationalModel before)
    {
        switch (operation)
        {
            case DropPrimaryKeyOperation drop when before.FindTable(drop.Table, drop.Schema)?.PrimaryKey is { } key
                && key.Name == drop.Name:
                return (ShapeOf("PRIMARY KEY", drop.Schema, drop.Table, key.Columns), drop.Name);
            case DropUniqueConstraintOperation drop when before.FindTable(drop.Table, drop.Schema)?.UniqueConstraints
                .FirstOrDefault(key => key.Name == drop.Name) is { } key:
                return (ShapeOf("UNIQUE", drop.Schema, drop.Table, key.Columns), drop.Name);
            case DropForeignKeyOperation drop when before.FindTable(drop.Table, drop.Schema)?.ForeignKeyConstraints
                .FirstOrDefault(key => key.Name == drop.Name) is { } key:
                var principal = ShapeOf("", key.PrincipalTable.Schema, key.PrincipalTable.Name, key.PrincipalColumns);
                return (ShapeOf($"{principal} {key.OnDeleteAction}", drop.Schema, drop.Table, key.Columns), drop.Name);
            default:
                return (null, null);
        }
    }

    private static Shape? Added(MigrationOperation operation) => operation switch
    {
        AddPrimaryKeyOperation add => new Shape("PRIMARY KEY", add.Schema, add.Table, Joined(add.Columns)),
        AddUniqueConstraintOperation add => new Shape("UNIQUE", add.Schema, add.Table, Joined(add.Columns)),
        AddForeignKeyOperation { PrincipalColumns: { } columns } add => new Shape(
            $"{new Shape("", add.PrincipalSchema, add.PrincipalTable, Joined(columns))} {add.OnDelete}",
            add.Schema,
            add.Table,
            Joined(add.Columns)),
        _ => null,
    };

    private static (string? Schema, string Table, string Name)? Table(MigrationOperation operation) => operation switch
    {
        AddPrimaryKeyOperation add => (add.Schema, add.Table, add.Name),
        AddUniqueConstraintOperation add => (add.Schema, add.Table, add.Name),
        AddForeignKeyOperation add => (add.Schema, add.Table, add.Name),
        _ => null,
    };

    private Shape ShapeOf(string kind, string? schema, string table, IEnumerable<IColumnBase> columns)
    {
        var (newSchema, newTable) = Renamed(schema, table);
        return new Shape(kind, newSchema, newTable, Joined(columns.Select(column => Renamed(newSchema, newTable, column.Name))));
    }

    /// <summary>The schema and the name of a table after the migration.</summary>
    public (string? Schema, string Table) Renamed(string? schema, string table) =>
        _operations.OfType<RenameTableOperation>().FirstOrDefault(rename => (rename.Schema, rename.Name) == (schema, table)) is { } rename
            ? (rename.NewSchema, rename.NewName ?? rename.Name)
            : (schema, table);

    private string Renamed(string? schema, string table, string column) => _operations.OfType<RenameColumnOperation>()
        .FirstOrDefault(rename => Renamed(rename.Schema, rename.Table) == (schema, table) && rename.Name == column)?.NewName ?? column;

    /// <summary>Whether a column of the constraint gets another type, so that the constraint is built again in any case.</summary>
    private bool ChangesType(Shape shape) => _operations.OfType<AlterColumnOperation>().Any(alter =>
        (alter.Schema, alter.Table) == (shape.Schema, shape.Table) && shape.Columns.Split(Separator).Contains(alter.Name)
        && alter.ColumnType != alter.OldColumn.ColumnType);

    private static string Joined(IEnumerable<string> columns) => string.Join(Separator, columns);

    private sealed record Shape(string Kind, string? Schema, string Table, string Columns);
}

/// <summary>A constraint that gets another name.</summary>
/// <param name="Schema">The schema of its table.</param>
/// <param name="Table">Its table, by the new name.</param>
/// <param name="OldName">The old name.</param>
/// <param name="NewName">The new name.</param>
internal sealed record RenamedConstraint(string? Schema, string Table, string OldName, string NewName);
