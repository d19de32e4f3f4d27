using System.Globalization;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MigrationsBuild.Worker.Model;

/// <summary>Describes new and changed columns in the database's terms.</summary>
internal sealed class ColumnDescriber(DatabaseSyntax syntax)
{
    /// <summary>A new column: <c>"Users"."Age" integer, not null, default 0</c>.</summary>
    public string Describe(AddColumnOperation column)
    {
        var type = syntax.TypeOf(column);
        return $"{syntax.Column(column.Table, column.Schema, column.Name)}{(type is null ? "" : $" {type}")}"
            + (column.IsNullable || column.ComputedColumnSql is not null ? "" : ", not null")
            + OperationDetail.Describe([.. AnnotationDescriptions.Of(column), .. Details(null, column)]);
    }

    /// <summary>The changes of a column: <c>type text to integer, default 0</c>.</summary>
    public string Describe(AlterColumnOperation column)
    {
        var old = column.OldColumn;
        var (oldType, type) = (syntax.TypeOf(old), syntax.TypeOf(column));
        return OperationDetail.DescribeChanges([
            new("type", oldType, type),
            new("null", old.IsNullable ? "allowed" : "not allowed", column.IsNullable ? "allowed" : "not allowed"),
            .. Details(old, column),
            .. oldType == type ? Limits(old, column) : [],
            .. AnnotationDescriptions.Between(old, column)]);
    }

    private IEnumerable<OperationDetail> Details(ColumnOperation? old, ColumnOperation column) =>
    [
        new("default", old is null ? null : Default(old), Default(column)),
        new("computed as", Computed(old), Computed(column)),
        new("collation", Quoted(old?.Collation), Quoted(column.Collation)),
        new("comment", Quoted(old?.Comment), Quoted(column.Comment)),
    ];

    /// <summary>The limits that a database without such types, as SQLite, doesn't write in the type.</summary>
    private static IEnumerable<OperationDetail> Limits(ColumnOperation old, ColumnOperation column) =>
    [
        new("maximum length", Text(old.MaxLength), Text(column.MaxLength)),
        new("precision", Text(old.Precision), Text(column.Precision)),
        new("scale", Text(old.Scale), Text(column.Scale)),
        new("row version", old.IsRowVersion ? "" : null, column.IsRowVersion ? "" : null),
    ];

    /// <summary>EF Core's operation has a default for each column without nulls, even if the database generates its values.</summary>
    private string? Default(ColumnOperation column) => column.DefaultValueSql
        ?? (column.ComputedColumnSql is null && !AnnotationDescriptions.Generates(column)
            ? syntax.Literal(column.DefaultValue, syntax.TypeOf(column))
            : null);

    private static string? Computed(ColumnOperation? column) =>
        column?.ComputedColumnSql is { } sql ? column.IsStored == true ? $"{sql}, stored" : sql : null;

    private static string? Text(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Quoted(string? text) => text is null ? null : $"\"{text}\"";
}
