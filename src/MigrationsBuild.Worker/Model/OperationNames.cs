using Microsoft.EntityFrameworkCore.Migrations.Operations;
using MigrationsBuild.Worker.Source;

namespace MigrationsBuild.Worker.Model;

/// <summary>Names a migration after its operations.</summary>
internal static class OperationNames
{
    /// <summary>
    /// The class name: <c>AddUserAvatar</c>, for two changes <c>AddUserAvatarAndOrderTotal</c>, for more <c>AddUserAvatarAnd3More</c>.
    /// </summary>
    /// <param name="taken">The names of other migrations.</param>
    /// <param name="isFirst">Whether it is the first migration. It gets the name that EF Core's documentation uses.</param>
    public static string Of(
        IReadOnlyList<(MigrationOperation Operation, OperationSubject Subject)> changes, ISet<string> taken, bool isFirst)
    {
        var name = isFirst
            ? "InitialCreate"
            : Join([.. Principal(changes).SelectMany(change => AllOf(change.Operation, change.Subject)).Distinct()]);
        var free = name;
        for (var number = 2; taken.Contains(free); number++)
            free = name + number;
        return free;
    }

    /// <summary>The changes of tables and columns. Those of keys and indexes are left out, because they follow from them.</summary>
    /// <returns>The changes; all of them if no table or column changes.</returns>
    private static IEnumerable<(MigrationOperation Operation, OperationSubject Subject)> Principal(
        IReadOnlyList<(MigrationOperation Operation, OperationSubject Subject)> changes)
    {
        var tables = changes.Where(change => IsOfTable(change.Operation)).ToList();
        var columns = changes.Where(change =>
            IsOfColumn(change.Operation) && !tables.Exists(table => table.Subject == change.Subject));
        var principal = tables.Concat(columns).ToList();
        return principal.Count > 0 ? principal : changes;
    }

    private static bool IsOfTable(MigrationOperation operation) =>
        operation is CreateTableOperation or DropTableOperation or RenameTableOperation;

    private static bool IsOfColumn(MigrationOperation operation) =>
        operation is ColumnOperation or DropColumnOperation or RenameColumnOperation;

    private static string Join(List<string> names) => names.Count switch
    {
        0 => "Change",
        1 => names[0],
        2 when names[0].Length + names[1].Length < 60 => $"{names[0]}And{WithoutVerbOf(names[0], names[1])}",
        _ => $"{names[0]}And{names.Count - 1}More",
    };

    private static string WithoutVerbOf(string first, string second)
    {
        var verb = string.Concat(first.TakeWhile((c, i) => i == 0 || char.IsLower(c)));
        return second.StartsWith(verb, StringComparison.Ordinal) && second.Length > verb.Length ? second[verb.Length..] : second;
    }

    /// <summary>EF Core has one operation for all changes of the database as a whole.</summary>
    private static IEnumerable<string> AllOf(MigrationOperation operation, OperationSubject subject) =>
        operation is AlterDatabaseOperation o && DatabaseChange.Of(o).ToList() is { Count: > 0 } changes
            ? changes.Select(Of)
            : [Of(operation, subject)];

    /// <summary><c>AddMoodEnum</c>, <c>DropCitextExtension</c>, <c>ChangeDatabaseCollation</c>.</summary>
    private static string Of(DatabaseChange change) => change.Kind.Length == 0
        ? $"ChangeDatabase{Clean(change.Name)}"
        : $"{Clean(change.Verb[..^1])}{Clean(change.Name.Split('.')[^1])}{Clean(change.Kind)}";

    private static string Of(MigrationOperation operation, OperationSubject subject) => operation switch
    {
        CreateTableOperation o => $"Create{Clean(o.Name)}",
        DropTableOperation o => $"Drop{Clean(o.Name)}",
        RenameTableOperation { NewName: { } name } o when name != o.Name => $"Rename{Clean(o.Name)}To{Clean(name)}",
        RenameTableOperation o => $"Move{Clean(o.Name)}To{Clean(o.NewSchema ?? "DefaultSchema")}",
        AddColumnOperation o => $"Add{Column(o.Table, o.Name, subject)}",
        AlterColumnOperation o => $"Change{Column(o.Table, o.Name, subject)}",
        DropColumnOperation o => $"Drop{Column(o.Table, o.Name, subject)}",
        RenameColumnOperation o => $"Rename{Column(o.Table, o.Name, subject with { Member = null })}To{Clean(o.NewName)}",
        CreateIndexOperation o when o.Columns.Length == 1 => $"Add{Column(o.Table, o.Columns[0], subject)}Index",
        CreateIndexOperation o => $"Add{Table(o.Table, subject)}Index",
        DropIndexOperation o => $"Drop{Table(o.Table, subject)}Index",
        AddForeignKeyOperation o => $"Add{Table(o.Table, subject)}ForeignKey",
        DropForeignKeyOperation o => $"Drop{Table(o.Table, subject)}ForeignKey",
        AddCheckConstraintOperation o => $"Add{Table(o.Table, subject)}Check",
        DropCheckConstraintOperation o => $"Drop{Table(o.Table, subject)}Check",
        AddPrimaryKeyOperation o => $"Add{Table(o.Table, subject)}PrimaryKey",
        DropPrimaryKeyOperation o => $"Drop{Table(o.Table, subject)}PrimaryKey",
        AddUniqueConstraintOperation o => $"Add{Table(o.Table, subject)}UniqueConstraint",
        DropUniqueConstraintOperation o => $"Drop{Table(o.Table, subject)}UniqueConstraint",
        RenameIndexOperation o => $"Rename{Table(o.Table, subject)}Index",
        CreateSequenceOperation o => $"Add{Clean(o.Name)}Sequence",
        AlterSequenceOperation o => $"Change{Clean(o.Name)}Sequence",
        RestartSequenceOperation o => $"Restart{Clean(o.Name)}Sequence",
        RenameSequenceOperation { NewName: { } name } o when name != o.Name => $"Rename{Clean(o.Name)}SequenceTo{Clean(name)}",
        RenameSequenceOperation o => $"Move{Clean(o.Name)}SequenceTo{Clean(o.NewSchema ?? "DefaultSchema")}",
        DropSequenceOperation o => $"Drop{Clean(o.Name)}Sequence",
        EnsureSchemaOperation o => $"Add{Clean(o.Name)}Schema",
        DropSchemaOperation o => $"Drop{Clean(o.Name)}Schema",
        AlterTableOperation o when o.Comment != o.OldTable.Comment => $"Change{Table(o.Name, subject)}Comment",
        AlterTableOperation o => $"Change{Table(o.Name, subject)}",
        InsertDataOperation o => $"Insert{Clean(o.Table)}",
        UpdateDataOperation o => $"Update{Clean(o.Table)}",
        DeleteDataOperation o => $"Delete{Clean(o.Table)}",
        _ => subject.Entity is { } entity ? $"Change{entity.ShortName()}" : "ChangeDatabase",
    };

    private static string Column(string table, string column, OperationSubject subject) =>
        Table(table, subject) + Clean(subject.Member?.Name ?? column);

    private static string Table(string? table, OperationSubject subject) =>
        subject.Entity is { } entity ? entity.ShortName() : Clean(table ?? "");

    /// <summary>A name of the database as part of a name in C#: <c>order_items</c> becomes <c>OrderItems</c>.</summary>
    private static string Clean(string name) => string.Concat(
        name.Split([.. name.Where(c => !char.IsLetterOrDigit(c))], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
