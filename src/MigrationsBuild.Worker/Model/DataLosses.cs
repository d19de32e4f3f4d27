using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Worker.Model;

/// <summary>
/// Finds what a migration loses of the data. EF Core's own mark isn't asked: a migration's C# doesn't hold it, and it is set for a column
/// that grows.
/// </summary>
/// <param name="texts">How the database writes names and types.</param>
internal sealed class DataLosses(DatabaseTexts texts)
{
    /// <summary>The losses of a context's migrations.</summary>
    /// <param name="context">The context.</param>
    /// <param name="model">The model that the migration leads to, finalized, if it is known.</param>
    public DataLosses(DbContext context, IModel? model = null)
        : this(new DatabaseTexts(context, model))
    {
    }

    /// <summary>The losses, each once. What the migration itself has made holds nothing that could be lost.</summary>
    /// <param name="operations">All operations of the migration.</param>
    public IReadOnlyList<string> Of(IEnumerable<MigrationOperation> operations)
    {
        var made = new MadeObjects(texts.Dialect);
        return [.. operations.SelectMany(operation => Of(operation, made)).Distinct()];
    }

    private IEnumerable<string> Of(MigrationOperation operation, MadeObjects made)
    {
        switch (operation)
        {
            case CreateTableOperation o:
                made.Add(texts.Name(o.Name, o.Schema));
                return [];
            case AddColumnOperation o:
                made.Add(texts.Name(o.Table, o.Schema), texts.Name(o.Name));
                return [];
            case RenameTableOperation o:
                made.Rename(texts.Name(o.Name, o.Schema), texts.Name(o.NewName ?? o.Name, o.NewSchema));
                return [];
            case DropTableOperation o when made.Remove(texts.Name(o.Name, o.Schema)):
                return [];
            case SqlOperation o:
                return SqlChanges.In(o.Sql, texts.Dialect).SelectMany(change => OfSql(change, made));
            case ITableMigrationOperation o when made.Contains(texts.Name(o.Table, o.Schema)):
                return [];
            case AlterColumnOperation o when made.Contains(texts.Name(o.Table, o.Schema), texts.Name(o.Name)):
            case DropColumnOperation dropped when made.Contains(texts.Name(dropped.Table, dropped.Schema), texts.Name(dropped.Name)):
                return [];
            default:
                return Of(operation);
        }
    }

    private IEnumerable<string> Of(MigrationOperation operation) => operation switch
    {
        DropTableOperation o => [$"table {texts.Name(o.Name, o.Schema)}, with all its rows"],
        DropColumnOperation o => [$"column {texts.Column(o.Table, o.Schema, o.Name)}, with all its values"],
        AlterColumnOperation o => OfColumn(o, texts.Column(o.Table, o.Schema, o.Name)),
        AlterTableOperation o when IsTemporal(o.OldTable) && !IsTemporal(o) => [$"history of table {texts.Name(o.Name, o.Schema)}"],
        DeleteDataOperation o => [$"{OperationWords.Rows(o.KeyValues)} of {texts.Name(o.Table, o.Schema)}"],
        DropSchemaOperation o => [$"schema {texts.Name(o.Name)}, with all that is in it"],
        DropSequenceOperation o => [$"sequence {texts.Name(o.Name, o.Schema)}, with its value"],
        _ => [],
    };

    /// <summary>A column may lose data in several ways at once.</summary>
    private IEnumerable<string> OfColumn(AlterColumnOperation column, string name)
    {
        var (old, type) = (column.OldColumn, texts.TypeOf(column));
        if (old.ComputedColumnSql is null && column.ComputedColumnSql is not null)
        {
            yield return $"values of column {name}: it is computed from now on";
            yield break;
        }

        if (ColumnTypes.MayLose(texts.TypeOf(old), type))
            yield return $"values of column {name} that don't fit into {type}, or it fails on them";
        if (old.IsNullable && !column.IsNullable)
            yield return $"nulls of column {name}: they become its default, or it fails on them";
    }

    private static IEnumerable<string> OfSql(SqlChange change, MadeObjects made)
    {
        switch (change.Kind)
        {
            case SqlChangeKind.Created:
                made.Add(change.Name);
                return [];
            case SqlChangeKind.ColumnAdded:
                made.Add(change.Name, change.Detail!);
                return [];
            case SqlChangeKind.Renamed:
                made.Rename(change.Name, change.Detail!);
                return [];
            case SqlChangeKind.Dropped when made.Remove(change.Name):
            case SqlChangeKind.Emptied when made.Contains(change.Name):
            case SqlChangeKind.ColumnDropped when made.Contains(change.Name) || made.Contains(change.Name, change.Detail!):
                return [];
            default:
                return [change.ToString()];
        }
    }

    private static bool IsTemporal(TableOperation table) => table.FindAnnotation("SqlServer:IsTemporal")?.Value is true;
}
