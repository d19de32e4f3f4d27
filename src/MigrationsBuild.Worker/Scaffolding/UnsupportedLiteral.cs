using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>A value of the model that EF Core can't write in C#. EF Core's message names its type, and not its column.</summary>
internal static class UnsupportedLiteral
{
    private sealed record Cell(string Table, string Column, object Value, bool IsDefault);

    /// <summary>Writes a migration, and names the column of a value that can't be written.</summary>
    /// <exception cref="MigrationsException">A value can't be written.</exception>
    public static T Explain<T>(IEnumerable<MigrationOperation> operations, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (TargetInvocationException failure) when (failure.InnerException is InvalidOperationException or NotSupportedException)
        {
            var message = failure.InnerException.Message;
            if (operations.SelectMany(Cells).FirstOrDefault(cell => NamedIn(message, cell.Value) is not null) is not { } cell)
                throw;
            throw new MigrationsException(
                DiagnosticCodes.DraftNotCompiled,
                $"EF Core can't write a value of column {cell.Table}.{cell.Column} in C#, because its type is "
                + $"{NamedIn(message, cell.Value)!.FullName}. No file was written. {Fix(cell)}",
                inner: failure);
        }
    }

    private static string Fix(Cell cell) => cell.IsDefault
        ? "Configure the default as SQL: HasDefaultValueSql(\"…\") instead of HasDefaultValue"
        : "Insert such rows with SQL instead of HasData";

    /// <summary>
    /// The value's class, or one of its base classes, that the message names: some values have a private class that derives from the
    /// public one.
    /// </summary>
    private static Type? NamedIn(string message, object value)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (message.Contains($"'{type.FullName}'", StringComparison.Ordinal)
                || message.Contains($"'{type.Name}'", StringComparison.Ordinal))
            {
                return type;
            }
        }

        return null;
    }

    private static IEnumerable<Cell> Cells(MigrationOperation operation) => operation switch
    {
        CreateTableOperation table => table.Columns.SelectMany(column => Default(table.Name, column)),
        ColumnOperation column => Default(column.Table, column),
        InsertDataOperation rows => Rows(rows.Table, rows.Columns, rows.Values),
        UpdateDataOperation rows => Rows(rows.Table, rows.Columns, rows.Values),
        _ => [],
    };

    private static IEnumerable<Cell> Rows(string table, string[] columns, object?[,] values) => values
        .Cast<object?>()
        .Select((value, i) => value is null ? null : new Cell(table, columns[i % columns.Length], value, IsDefault: false))
        .OfType<Cell>();

    private static IEnumerable<Cell> Default(string table, ColumnOperation column) =>
        column.DefaultValue is { } value ? [new Cell(table, column.Name, value, IsDefault: true)] : [];
}
