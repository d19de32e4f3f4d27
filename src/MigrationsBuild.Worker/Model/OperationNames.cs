using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MigrationsBuild.Worker.Model;

/// <summary>Names a migration after what it does.</summary>
internal static class OperationNames
{
    /// <summary>The class name: <c>AddUserAvatar</c>; several changes give <c>AddUserAvatarAndOrderTotal</c>, many <c>AddUserAvatarAnd3More</c>.</summary>
    /// <param name="changes">The operations with their subjects.</param>
    /// <param name="taken">The names that are taken.</param>
    /// <param name="isFirst">Whether it is the first migration: it is called what EF Core's documentation calls it.</param>
    public static string Of(IReadOnlyList<(MigrationOperation Operation, OperationSubject Subject)> changes, ISet<string> taken, bool isFirst)
    {
        var name = isFirst ? "InitialCreate" : Join([.. changes.Select(change => Of(change.Operation, change.Subject)).Distinct()]);
        for (var number = 2; taken.Contains(name); number++)
            name = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') + number;
        return name;
    }

    private static string Join(List<string> names)
    {
        // What belongs to a new table goes without saying.
        names = [.. names.Where(name => !names.Any(other => other != name && name.StartsWith(other, StringComparison.Ordinal) && other.StartsWith("Create", StringComparison.Ordinal)))];
        return names.Count switch
        {
            0 => "Change",
            1 => names[0],
            2 when names[0].Length + names[1].Length < 60 => $"{names[0]}And{names[1]}",
            _ => $"{names[0]}And{names.Count - 1}More",
        };
    }

    private static string Of(MigrationOperation operation, OperationSubject subject) => operation switch
    {
        CreateTableOperation o => $"Create{Clean(o.Name)}",
        DropTableOperation o => $"Drop{Clean(o.Name)}",
        RenameTableOperation o => $"Rename{Clean(o.Name)}To{Clean(o.NewName ?? o.NewSchema ?? "")}",
        AddColumnOperation o => $"Add{Column(o.Table, o.Name, subject)}",
        AlterColumnOperation o => $"Change{Column(o.Table, o.Name, subject)}",
        DropColumnOperation o => $"Drop{Column(o.Table, o.Name, subject with { Member = null })}",
        RenameColumnOperation o => $"Rename{Column(o.Table, o.Name, subject with { Member = null })}To{Clean(o.NewName)}",
        CreateIndexOperation o when o.Columns.Length == 1 => $"Add{Column(o.Table, o.Columns[0], subject)}Index",
        CreateIndexOperation o => $"Add{Table(o.Table, subject)}Index",
        DropIndexOperation o => $"Drop{Table(o.Table, subject)}Index",
        AddForeignKeyOperation o => $"Add{Table(o.Table, subject)}ForeignKey",
        DropForeignKeyOperation o => $"Drop{Table(o.Table, subject)}ForeignKey",
        AddCheckConstraintOperation o => $"Add{Table(o.Table, subject)}Check",
        DropCheckConstraintOperation o => $"Drop{Table(o.Table, subject)}Check",
        CreateSequenceOperation o => $"Add{Clean(o.Name)}Sequence",
        EnsureSchemaOperation o => $"Add{Clean(o.Name)}Schema",
        InsertDataOperation o => $"Insert{Clean(o.Table)}",
        UpdateDataOperation o => $"Update{Clean(o.Table)}",
        DeleteDataOperation o => $"Delete{Clean(o.Table)}",
        _ => subject.Entity is { } entity ? $"Change{OperationSubject.ShortName(entity)}" : "ChangeDatabase",
    };

    private static string Column(string table, string column, OperationSubject subject) =>
        Table(table, subject) + Clean(subject.Member?.Name ?? column);

    private static string Table(string? table, OperationSubject subject) =>
        subject.Entity is { } entity ? OperationSubject.ShortName(entity) : Clean(table ?? "");

    /// <summary>A name of the database as part of a name in C#: <c>order_items</c> becomes <c>OrderItems</c>.</summary>
    private static string Clean(string name) => string.Concat(
        name.Split([.. name.Where(c => !char.IsLetterOrDigit(c))], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
