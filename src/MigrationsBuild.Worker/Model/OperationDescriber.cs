using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using MigrationsBuild.Revisions;

namespace MigrationsBuild.Worker.Model;

/// <summary>Describes migration operations in the database's terms.</summary>
internal sealed class OperationDescriber(DatabaseSyntax syntax)
{
    private readonly ColumnDescriber _column = new(syntax);
    private readonly IndexDescriber _index = new(syntax);
    private readonly SequenceDescriber _sequence = new(syntax);

    /// <summary>A describer for a context's database.</summary>
    /// <param name="model">The model after the migration, finalized, if it is known.</param>
    public static OperationDescriber For(DbContext context, IModel? model = null) => new(new DatabaseSyntax(context, model));

    /// <summary>An operation as a predicate: <c>adds column "Users"."Avatar" text</c>.</summary>
    public string Describe(MigrationOperation operation) => operation switch
    {
        AddColumnOperation o => $"adds column {_column.Describe(o)}",
        AlterColumnOperation o => $"changes column {Column(o.Table, o.Schema, o.Name)}: {_column.Describe(o)}",
        DropColumnOperation o => $"drops column {Column(o.Table, o.Schema, o.Name)}",
        RenameColumnOperation o => $"renames column {Column(o.Table, o.Schema, o.Name)} to {Name(o.NewName)}",
        CreateIndexOperation o => $"adds {_index.Describe(o)}",
        DropIndexOperation o => $"drops index {Name(o.Name)}{On(o.Table, o.Schema)}{Options(o)}",
        RenameIndexOperation o => $"renames index {Name(o.Name)}{On(o.Table, o.Schema)} to {Name(o.NewName)}",
        CreateSequenceOperation o => $"adds sequence {_sequence.Describe(o)}",
        AlterSequenceOperation o => $"changes sequence {Name(o.Name, o.Schema)}: {SequenceDescriber.Describe(o)}",
        RestartSequenceOperation o => $"restarts sequence {Name(o.Name, o.Schema)}{(o.StartValue is { } start ? $" with {start}" : "")}",
        RenameSequenceOperation o => Moved("sequence", o.Name, o.Schema, o.NewName, o.NewSchema),
        DropSequenceOperation o => $"drops sequence {Name(o.Name, o.Schema)}",
        EnsureSchemaOperation o => $"adds schema {Name(o.Name)}",
        DropSchemaOperation o => $"drops schema {Name(o.Name)}",
        AlterDatabaseOperation o => OfDatabase(o),
        SqlOperation o => $"runs SQL{(o.SuppressTransaction ? " outside a transaction" : "")}: {OperationDetail.Shorten(o.Sql)}",
        _ => OfTable(operation) ?? OfConstraint(operation) ?? OfRows(operation) ?? OfUnknown(operation),
    };

    /// <summary>A rename of a table or column: <c>column "Users"."Name" to "Nickname"</c>.</summary>
    /// <returns>The text; <see langword="null"/> for other operations.</returns>
    public string? DescribeRename(MigrationOperation operation) => operation switch
    {
        RenameTableOperation { NewName: not null } o when o.NewName != o.Name =>
            $"table {Name(o.Name, o.Schema)} to {Name(o.NewName, o.NewSchema)}",
        RenameColumnOperation o => $"column {Column(o.Table, o.Schema, o.Name)} to {Name(o.NewName)}",
        _ => null,
    };

    /// <summary>The number of rows. Their values aren't shown, because a hashed password is a common one.</summary>
    /// <param name="rows">The rows are the first dimension.</param>
    public static string Rows(object?[,] rows) => rows.GetLength(0) == 1 ? "1 row" : $"{rows.GetLength(0)} rows";

    private string? OfTable(MigrationOperation operation) => operation switch
    {
        CreateTableOperation o => $"adds table {Name(o.Name, o.Schema)}"
            + OperationDetail.Describe([Comment(null, o.Comment), .. AnnotationDescriptions.Of(o)]),
        DropTableOperation o => $"drops table {Name(o.Name, o.Schema)}",
        RenameTableOperation o => Moved("table", o.Name, o.Schema, o.NewName, o.NewSchema),
        AlterTableOperation o => $"changes table {Name(o.Name, o.Schema)}: "
            + OperationDetail.DescribeChanges([Comment(o.OldTable.Comment, o.Comment), .. AnnotationDescriptions.Between(o.OldTable, o)]),
        _ => null,
    };

    private string? OfConstraint(MigrationOperation operation) => operation switch
    {
        AddPrimaryKeyOperation o => $"adds primary key {Name(o.Name)} on {Name(o.Table, o.Schema)} ({syntax.Names(o.Columns)}){Options(o)}",
        DropPrimaryKeyOperation o => $"drops primary key {Name(o.Name)}{On(o.Table, o.Schema)}",
        AddUniqueConstraintOperation o =>
            $"adds unique constraint {Name(o.Name)} on {Name(o.Table, o.Schema)} ({syntax.Names(o.Columns)}){Options(o)}",
        DropUniqueConstraintOperation o => $"drops unique constraint {Name(o.Name)}{On(o.Table, o.Schema)}",
        AddForeignKeyOperation o => $"adds foreign key {Name(o.Name)} from {Name(o.Table, o.Schema)} ({syntax.Names(o.Columns)}) "
            + $"to {Name(o.PrincipalTable, o.PrincipalSchema)}{Action("delete", o.OnDelete)}{Action("update", o.OnUpdate)}{Options(o)}",
        DropForeignKeyOperation o => $"drops foreign key {Name(o.Name)}{On(o.Table, o.Schema)}",
        AddCheckConstraintOperation o =>
            $"adds check constraint {Name(o.Name)} on {Name(o.Table, o.Schema)}: {OperationDetail.Shorten(o.Sql)}{Options(o)}",
        DropCheckConstraintOperation o => $"drops check constraint {Name(o.Name)}{On(o.Table, o.Schema)}",
        _ => null,
    };

    private string? OfRows(MigrationOperation operation) => operation switch
    {
        InsertDataOperation o => $"inserts {Rows(o.Values)} into {Name(o.Table, o.Schema)}",
        UpdateDataOperation o => $"updates {Rows(o.KeyValues)} of {Name(o.Table, o.Schema)}",
        DeleteDataOperation o => $"deletes {Rows(o.KeyValues)} from {Name(o.Table, o.Schema)}",
        _ => null,
    };

    /// <summary>An operation of a provider or of the project.</summary>
    private static string OfUnknown(MigrationOperation operation)
    {
        var name = operation.GetType().Name.Split('`')[0];
        const string Suffix = "Operation";
        var words = MigrationName.ToMessage(name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name);
        return $"runs the operation \"{words}\"";
    }

    private static string OfDatabase(AlterDatabaseOperation operation)
    {
        var changes = string.Join("; ", DatabaseChange.Of(operation));
        return changes.Length == 0 ? "changes the database" : changes;
    }

    private string Moved(string kind, string name, string? schema, string? newName, string? newSchema) =>
        newName is null || newName == name
            ? $"moves {kind} {Name(name, schema)} to {(newSchema is null ? "the default schema" : $"schema {Name(newSchema)}")}"
            : $"renames {kind} {Name(name, schema)} to {Name(newName, newSchema)}";

    private string Name(string? name, string? schema = null) => syntax.Name(name, schema);

    private string Column(string table, string? schema, string column) => syntax.Column(table, schema, column);

    private string On(string? table, string? schema) => table is null ? "" : $" of {Name(table, schema)}";

    private static string Options(MigrationOperation operation) => OperationDetail.Describe(AnnotationDescriptions.Of(operation));

    private static OperationDetail Comment(string? before, string? after) =>
        new("comment", before is null ? null : $"\"{before}\"", after is null ? null : $"\"{after}\"");

    private static string Action(string when, ReferentialAction action) =>
        action == ReferentialAction.NoAction ? "" : $", on {when} {MigrationName.ToMessage(action.ToString())}";
}
