using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;

namespace MigrationsBuild.Worker.Model;

/// <summary>Says what an operation does, in the database's words.</summary>
/// <param name="sql">How the database writes names.</param>
internal sealed class OperationWords(ISqlGenerationHelper sql)
{
    /// <summary>What the operation does: <c>adds column "Users"."Avatar" text</c>.</summary>
    /// <param name="operation">The operation.</param>
    public string Of(MigrationOperation operation) => operation switch
    {
        CreateTableOperation o => $"adds table {Name(o.Name, o.Schema)}",
        DropTableOperation o => $"drops table {Name(o.Name, o.Schema)}",
        RenameTableOperation o => $"renames table {Name(o.Name, o.Schema)} to {Name(o.NewName ?? o.Name, o.NewSchema)}",
        AlterTableOperation o => $"changes {Differences(o, o.OldTable, Facet("comment", o.OldTable.Comment, o.Comment))} of table {Name(o.Name, o.Schema)}",
        AddColumnOperation o => $"adds column {Column(o.Table, o.Schema, o.Name)} {o.ColumnType}",
        DropColumnOperation o => $"drops column {Column(o.Table, o.Schema, o.Name)}",
        RenameColumnOperation o => $"renames column {Column(o.Table, o.Schema, o.Name)} to {Name(o.NewName)}",
        AlterColumnOperation o => $"changes column {Column(o.Table, o.Schema, o.Name)}: {Differences(o)}",
        CreateIndexOperation o => $"adds {(o.IsUnique ? "unique " : "")}index {Name(o.Name)} on {Name(o.Table, o.Schema)} ({Names(o.Columns)})",
        DropIndexOperation o => $"drops index {Name(o.Name)}{On(o.Table, o.Schema)}",
        RenameIndexOperation o => $"renames index {Name(o.Name)} to {Name(o.NewName)}",
        AddPrimaryKeyOperation o => $"adds primary key {Name(o.Name)} on {Name(o.Table, o.Schema)} ({Names(o.Columns)})",
        DropPrimaryKeyOperation o => $"drops primary key {Name(o.Name)}{On(o.Table, o.Schema)}",
        AddUniqueConstraintOperation o => $"adds unique constraint {Name(o.Name)} on {Name(o.Table, o.Schema)} ({Names(o.Columns)})",
        DropUniqueConstraintOperation o => $"drops unique constraint {Name(o.Name)}{On(o.Table, o.Schema)}",
        AddForeignKeyOperation o => $"adds foreign key {Name(o.Name)} from {Name(o.Table, o.Schema)} ({Names(o.Columns)}) to {Name(o.PrincipalTable, o.PrincipalSchema)}",
        DropForeignKeyOperation o => $"drops foreign key {Name(o.Name)}{On(o.Table, o.Schema)}",
        AddCheckConstraintOperation o => $"adds check constraint {Name(o.Name)} on {Name(o.Table, o.Schema)}: {o.Sql}",
        DropCheckConstraintOperation o => $"drops check constraint {Name(o.Name)}{On(o.Table, o.Schema)}",
        CreateSequenceOperation o => $"adds sequence {Name(o.Name, o.Schema)}",
        AlterSequenceOperation o => $"changes sequence {Name(o.Name, o.Schema)}",
        RestartSequenceOperation o => $"restarts sequence {Name(o.Name, o.Schema)}",
        RenameSequenceOperation o => $"renames sequence {Name(o.Name, o.Schema)} to {Name(o.NewName ?? o.Name, o.NewSchema)}",
        DropSequenceOperation o => $"drops sequence {Name(o.Name, o.Schema)}",
        EnsureSchemaOperation o => $"adds schema {Name(o.Name)}",
        DropSchemaOperation o => $"drops schema {Name(o.Name)}",
        AlterDatabaseOperation o => $"changes {Differences(o, o.OldDatabase, Facet("collation", o.OldDatabase.Collation, o.Collation))} of the database",
        InsertDataOperation o => $"inserts {Rows(o.Values.GetLength(0))} into {Name(o.Table, o.Schema)}",
        UpdateDataOperation o => $"updates {Rows(o.KeyValues.GetLength(0))} of {Name(o.Table, o.Schema)}",
        DeleteDataOperation o => $"deletes {Rows(o.KeyValues.GetLength(0))} from {Name(o.Table, o.Schema)}",
        SqlOperation o => $"runs SQL: {Shorten(o.Sql)}",
        _ => operation.GetType().Name,
    };

    /// <summary>What of the data an operation loses, or <see langword="null"/>.</summary>
    /// <param name="operation">The operation.</param>
    public string? DataLossOf(MigrationOperation operation) => operation switch
    {
        { IsDestructiveChange: false } => null,
        DropTableOperation o => $"table {Name(o.Name, o.Schema)}, with all its rows",
        DropColumnOperation o => $"column {Column(o.Table, o.Schema, o.Name)}, with all its values",
        AlterColumnOperation o => $"values of column {Column(o.Table, o.Schema, o.Name)} that don't fit: {Differences(o)}",
        _ => Of(operation),
    };

    /// <summary>What EF Core took for a rename, or <see langword="null"/>.</summary>
    /// <param name="operation">The operation.</param>
    public string? RenameOf(MigrationOperation operation) => operation switch
    {
        RenameTableOperation { NewName: not null } o when o.NewName != o.Name => $"table {Name(o.Name, o.Schema)} to {Name(o.NewName, o.NewSchema)}",
        RenameColumnOperation o => $"column {Column(o.Table, o.Schema, o.Name)} to {Name(o.NewName)}",
        _ => null,
    };

    private string Name(string? name, string? schema = null) => name is null ? "" : sql.DelimitIdentifier(name, schema);

    private string Names(string[]? names) => string.Join(", ", (names ?? []).Select(name => Name(name)));

    private string Column(string table, string? schema, string column) => $"{Name(table, schema)}.{Name(column)}";

    private string On(string? table, string? schema) => table is null ? "" : $" of {Name(table, schema)}";

    private static string Rows(int count) => count == 1 ? "1 row" : $"{count} rows";

    private static string Differences(AlterColumnOperation o)
    {
        var old = o.OldColumn;
        return Differences(
            o,
            old,
            Facet("type", old.ColumnType, o.ColumnType),
            old.IsNullable == o.IsNullable ? null : o.IsNullable ? "allows null" : "no longer allows null",
            Facet("default", old.DefaultValueSql ?? old.DefaultValue, o.DefaultValueSql ?? o.DefaultValue),
            Facet("computed as", old.ComputedColumnSql, o.ComputedColumnSql),
            Facet("maximum length", old.MaxLength, o.MaxLength, unless: old.ColumnType != o.ColumnType),
            Facet("collation", old.Collation, o.Collation),
            Facet("comment", old.Comment, o.Comment));
    }

    private static string Differences(IReadOnlyAnnotatable @new, IReadOnlyAnnotatable old, params string?[] facets)
    {
        var names = @new.GetAnnotations().Concat(old.GetAnnotations()).Select(annotation => annotation.Name).Distinct();
        var annotations = names.Select(name => Facet(name, old.FindAnnotation(name)?.Value, @new.FindAnnotation(name)?.Value));
        var text = string.Join(", ", facets.Concat(annotations).Where(facet => facet is not null));
        return text.Length == 0 ? "properties" : text;
    }

    private static string? Facet(string name, object? old, object? @new, bool unless = false) =>
        unless || Equals(old, @new) ? null
        : old is null ? $"{name} {@new}"
        : @new is null ? $"no {name}, was {old}"
        : $"{name} {old} to {@new}";

    private static string Shorten(string text)
    {
        var line = string.Join(" ", text.Split(['\r', '\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 80 ? line : line[..79] + "…";
    }
}
