using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>A value of the model that EF Core can't write in C#: its message has the type, and not where the value is.</summary>
internal static class UnsupportedLiteral
{
    /// <summary>Writes, and says which column such a value belongs to.</summary>
    /// <param name="operations">What is written.</param>
    /// <param name="write">Writes it.</param>
    /// <exception cref="MigrationsException">It can't be written.</exception>
    public static T Explain<T>(IEnumerable<MigrationOperation> operations, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (TargetInvocationException failure) when (failure.InnerException is InvalidOperationException or NotSupportedException)
        {
            var message = failure.InnerException.Message;
            if (operations.SelectMany(Values).FirstOrDefault(value => NamedIn(message, value.Value) is not null) is not { Value: { } value } found)
                throw;
            throw new MigrationsException(
                DiagnosticCodes.DraftNotCompiled,
                $"EF Core can't write a value of column {found.Table}.{found.Column} in C#, because it is a {NamedIn(message, value)!.FullName}. Nothing was written. "
                + (found.IsDefault ? "Give the default as SQL: HasDefaultValueSql(\"…\") instead of HasDefaultValue" : "Insert such rows with SQL instead of HasData"),
                inner: failure);
        }
    }

    /// <summary>The value's class, or the one of its base classes, that the message names: a class may have hidden ones for some values.</summary>
    private static Type? NamedIn(string message, object value)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (message.Contains($"'{type.FullName}'", StringComparison.Ordinal) || message.Contains($"'{type.Name}'", StringComparison.Ordinal))
                return type;
        }

        return null;
    }

    private static IEnumerable<(string Table, string Column, object Value, bool IsDefault)> Values(MigrationOperation operation) => operation switch
    {
        CreateTableOperation table => table.Columns.SelectMany(column => Default(table.Name, column)),
        ColumnOperation column => Default(column.Table, column),
        InsertDataOperation rows => Seeds(rows.Table, rows.Columns, rows.Values),
        UpdateDataOperation rows => Seeds(rows.Table, rows.Columns, rows.Values),
        _ => [],
    };

    private static IEnumerable<(string Table, string Column, object Value, bool IsDefault)> Seeds(string table, string[] columns, object?[,] values) => values
        .Cast<object?>().Select((value, i) => (Column: columns[i % columns.Length], Value: value))
        .Where(cell => cell.Value is not null).Select(cell => (table, cell.Column, cell.Value!, false));

    private static IEnumerable<(string Table, string Column, object Value, bool IsDefault)> Default(string table, ColumnOperation column) =>
        column.DefaultValue is { } value ? [(table, column.Name, value, true)] : [];
}
