using Microsoft.EntityFrameworkCore.Migrations.Operations;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Worker.Model;

/// <summary>
/// Finds the data that a migration loses. EF Core's own flag <c>IsDestructiveChange</c> isn't used, because a migration's C# doesn't
/// contain it, and because EF Core also sets it for columns that become larger.
/// </summary>
internal sealed class DataLosses(DatabaseSyntax syntax)
{
    /// <summary>The distinct losses. Tables and columns that the migration itself has created contain no data to lose.</summary>
    /// <param name="operations">All operations of the migration.</param>
    public IReadOnlyList<string> Of(IEnumerable<MigrationOperation> operations)
    {
        var created = new CreatedObjects(syntax.Dialect);
        return [.. operations.SelectMany(operation => Of(operation, created)).Distinct()];
    }

    private IEnumerable<string> Of(MigrationOperation operation, CreatedObjects created)
    {
        switch (operation)
        {
            case CreateTableOperation o:
                created.Add(syntax.Name(o.Name, o.Schema));
                return [];
            case AddColumnOperation o:
                created.Add(syntax.Name(o.Table, o.Schema), syntax.Name(o.Name));
                return [];
            case RenameTableOperation o:
                created.Rename(syntax.Name(o.Name, o.Schema), syntax.Name(o.NewName ?? o.Name, o.NewSchema));
                return [];
            case DropTableOperation o when created.Remove(syntax.Name(o.Name, o.Schema)):
                return [];
            case SqlOperation o:
                return SqlChanges.In(o.Sql, syntax.Dialect).SelectMany(change => OfSql(change, created));
            case ITableMigrationOperation o when created.Contains(syntax.Name(o.Table, o.Schema)):
                return [];
            case AlterColumnOperation o when created.Contains(syntax.Name(o.Table, o.Schema), syntax.Name(o.Name)):
            case DropColumnOperation dropped when created.Contains(syntax.Name(dropped.Table, dropped.Schema), syntax.Name(dropped.Name)):
                return [];
            default:
                return Of(operation);
        }
    }

    private IEnumerable<string> Of(MigrationOperation operation) => operation switch
    {
        DropTableOperation o => [$"table {syntax.Name(o.Name, o.Schema)}, with all its rows"],
        DropColumnOperation o => [$"column {syntax.Column(o.Table, o.Schema, o.Name)}, with all its values"],
        AlterColumnOperation o => OfColumn(o, syntax.Column(o.Table, o.Schema, o.Name)),
        AlterTableOperation o when IsTemporal(o.OldTable) && !IsTemporal(o) => [$"history of table {syntax.Name(o.Name, o.Schema)}"],
        DeleteDataOperation o => [$"{OperationDescriber.Rows(o.KeyValues)} of {syntax.Name(o.Table, o.Schema)}"],
        DropSchemaOperation o => [$"schema {syntax.Name(o.Name)}, with all that is in it"],
        DropSequenceOperation o => [$"sequence {syntax.Name(o.Name, o.Schema)}, with its value"],
        _ => [],
    };

    /// <summary>A column may lose data in several ways at once.</summary>
    private IEnumerable<string> OfColumn(AlterColumnOperation column, string name)
    {
        var (old, type) = (column.OldColumn, syntax.TypeOf(column));
        if (old.ComputedColumnSql is null && column.ComputedColumnSql is not null)
        {
            yield return $"values of column {name}, which becomes a computed column";
            yield break;
        }

        if (ColumnTypeChange.MayLoseData(syntax.TypeOf(old), type))
            yield return $"values of column {name} that don't fit into {type}, unless the migration fails on them";
        if (old.IsNullable && !column.IsNullable)
            yield return $"nulls of column {name}, which become its default, unless the migration fails on them";
    }

    private static IEnumerable<string> OfSql(SqlChange change, CreatedObjects created)
    {
        switch (change.Kind)
        {
            case SqlChangeKind.Created:
                created.Add(change.Name);
                return [];
            case SqlChangeKind.ColumnAdded:
                created.Add(change.Name, change.Detail!);
                return [];
            case SqlChangeKind.Renamed:
                created.Rename(change.Name, change.Detail!);
                return [];
            case SqlChangeKind.Dropped when created.Remove(change.Name):
            case SqlChangeKind.Emptied when created.Contains(change.Name):
            case SqlChangeKind.ColumnDropped when created.Contains(change.Name) || created.Contains(change.Name, change.Detail!):
                return [];
            default:
                return [change.ToString()];
        }
    }

    private static bool IsTemporal(TableOperation table) => table.FindAnnotation("SqlServer:IsTemporal")?.Value is true;
}
