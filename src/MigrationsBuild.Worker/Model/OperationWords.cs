using Microsoft.EntityFrameworkCore.Migrations;
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
        AlterTableOperation o => $"changes table {Name(o.Name, o.Schema)}: {Facets.Between(o.OldTable, o, ("comment", o.OldTable.Comment, o.Comment))}",
        AddColumnOperation o => $"adds column {Column(o.Table, o.Schema, o.Name)} {o.ColumnType}{Computed(o)}",
        DropColumnOperation o => $"drops column {Column(o.Table, o.Schema, o.Name)}",
        RenameColumnOperation o => $"renames column {Column(o.Table, o.Schema, o.Name)} to {Name(o.NewName)}",
        AlterColumnOperation o => $"changes column {Column(o.Table, o.Schema, o.Name)}: {Differences(o)}",
        CreateIndexOperation o => $"adds {(o.IsUnique ? "unique " : "")}index {Name(o.Name)} on {Name(o.Table, o.Schema)} ({Names(o.Columns)}){(o.Filter is null ? "" : $" where {o.Filter}")}{Facets.Of(o)}",
        DropIndexOperation o => $"drops index {Name(o.Name)}{On(o.Table, o.Schema)}",
        RenameIndexOperation o => $"renames index {Name(o.Name)} to {Name(o.NewName)}",
        AddPrimaryKeyOperation o => $"adds primary key {Name(o.Name)} on {Name(o.Table, o.Schema)} ({Names(o.Columns)})",
        DropPrimaryKeyOperation o => $"drops primary key {Name(o.Name)}{On(o.Table, o.Schema)}",
        AddUniqueConstraintOperation o => $"adds unique constraint {Name(o.Name)} on {Name(o.Table, o.Schema)} ({Names(o.Columns)})",
        DropUniqueConstraintOperation o => $"drops unique constraint {Name(o.Name)}{On(o.Table, o.Schema)}",
        AddForeignKeyOperation o => $"adds foreign key {Name(o.Name)} from {Name(o.Table, o.Schema)} ({Names(o.Columns)}) to {Name(o.PrincipalTable, o.PrincipalSchema)}{OnDelete(o.OnDelete)}",
        DropForeignKeyOperation o => $"drops foreign key {Name(o.Name)}{On(o.Table, o.Schema)}",
        AddCheckConstraintOperation o => $"adds check constraint {Name(o.Name)} on {Name(o.Table, o.Schema)}: {o.Sql}",
        DropCheckConstraintOperation o => $"drops check constraint {Name(o.Name)}{On(o.Table, o.Schema)}",
        CreateSequenceOperation o => $"adds sequence {Name(o.Name, o.Schema)} from {o.StartValue} by {o.IncrementBy}",
        AlterSequenceOperation o => $"changes sequence {Name(o.Name, o.Schema)}: {Facets.Between(o.OldSequence, o, ("increment", o.OldSequence.IncrementBy, o.IncrementBy), ("minimum", o.OldSequence.MinValue, o.MinValue), ("maximum", o.OldSequence.MaxValue, o.MaxValue), ("cyclic", o.OldSequence.IsCyclic, o.IsCyclic))}",
        RestartSequenceOperation o => $"restarts sequence {Name(o.Name, o.Schema)}",
        RenameSequenceOperation o => $"renames sequence {Name(o.Name, o.Schema)} to {Name(o.NewName ?? o.Name, o.NewSchema)}",
        DropSequenceOperation o => $"drops sequence {Name(o.Name, o.Schema)}",
        EnsureSchemaOperation o => $"adds schema {Name(o.Name)}",
        DropSchemaOperation o => $"drops schema {Name(o.Name)}",
        AlterDatabaseOperation o => Facets.OfDatabase(o),
        InsertDataOperation o => $"inserts {Rows(o.Values.GetLength(0))} into {Name(o.Table, o.Schema)}",
        UpdateDataOperation o => $"updates {Rows(o.KeyValues.GetLength(0))} of {Name(o.Table, o.Schema)}",
        DeleteDataOperation o => $"deletes {Rows(o.KeyValues.GetLength(0))} from {Name(o.Table, o.Schema)}",
        SqlOperation o => $"runs SQL{(o.SuppressTransaction ? " outside a transaction" : "")}: {Shorten(o.Sql)}",
        _ => operation.GetType().Name,
    };

    /// <summary>What of the data an operation loses, or <see langword="null"/>.</summary>
    /// <param name="operation">
    /// The operation. EF Core's own mark isn't asked: a migration's C# doesn't hold it, and it is set for a column that grows.
    /// </param>
    public string? DataLossOf(MigrationOperation operation) => operation switch
    {
        DropTableOperation o => $"table {Name(o.Name, o.Schema)}, with all its rows",
        DropColumnOperation o => $"column {Column(o.Table, o.Schema, o.Name)}, with all its values",
        AlterColumnOperation o when ColumnTypes.MayLose(o.OldColumn.ColumnType, o.ColumnType) => $"values of column {Column(o.Table, o.Schema, o.Name)} that don't fit into {o.ColumnType}, or it fails on them",
        AlterColumnOperation { OldColumn.IsNullable: true, IsNullable: false } o => $"nulls of column {Column(o.Table, o.Schema, o.Name)}: they become its default, or it fails on them",
        DeleteDataOperation o => $"{Rows(o.KeyValues.GetLength(0))} of {Name(o.Table, o.Schema)}",
        DropSchemaOperation or DropSequenceOperation => Of(operation),
        _ => null,
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

    private static string OnDelete(ReferentialAction action) => action == ReferentialAction.NoAction ? "" : $", on delete {action}";

    private static string Computed(ColumnOperation column) => column.ComputedColumnSql is null ? "" : $" computed as {column.ComputedColumnSql}";

    private static string Rows(int count) => count == 1 ? "1 row" : $"{count} rows";

    private static string Differences(AlterColumnOperation o)
    {
        var old = o.OldColumn;
        return Facets.Between(
            old,
            o,
            ("type", old.ColumnType, o.ColumnType),
            ("null", old.IsNullable ? "allowed" : "not allowed", o.IsNullable ? "allowed" : "not allowed"),
            ("default", old.DefaultValueSql ?? old.DefaultValue, o.DefaultValueSql ?? o.DefaultValue),
            ("computed as", old.ComputedColumnSql, o.ComputedColumnSql),
            ("maximum length", old.ColumnType == o.ColumnType ? old.MaxLength : null, old.ColumnType == o.ColumnType ? o.MaxLength : null),
            ("collation", old.Collation, o.Collation),
            ("comment", old.Comment, o.Comment));
    }

    private static string Shorten(string text)
    {
        var line = string.Join(" ", text.Split(['\r', '\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 80 ? line : line[..79] + "…";
    }
}
