using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>What a person says about a column that a draft drops, or that EF Core takes for renamed.</summary>
/// <param name="Table">The table, with its schema if one was given: <c>Users</c>, <c>sales.Users</c>.</param>
/// <param name="Column">The old name of the column.</param>
/// <param name="NewName">The new name; empty if the column wasn't renamed, but dropped.</param>
internal sealed record ColumnRename(string Table, string Column, string NewName)
{
    /// <summary>Reads the value of <c>DbRename</c>: <c>Users.Name:FullName;Users.Hash:</c>.</summary>
    /// <exception cref="MigrationsException">It has another form.</exception>
    public static IReadOnlyList<ColumnRename> ParseAll(string text) =>
        [.. text.Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(part => Parse(part, text))];

    private static ColumnRename Parse(string part, string text)
    {
        var names = part.Split(':');
        var dot = names[0].LastIndexOf('.');
        if (names.Length != 2 || dot <= 0 || dot == names[0].Length - 1)
        {
            throw new MigrationsException(
                DiagnosticCodes.InvalidSetting,
                $"DbRename is {text}. Write <table>.<column>:<new name>, for example Users.Name:FullName, or Users.Hash: for a column "
                + "that was not renamed.");
        }

        return new ColumnRename(names[0][..dot], names[0][(dot + 1)..], names[1]);
    }

    /// <summary>Whether it is about a table.</summary>
    public bool IsAbout(string table, string? schema) =>
        string.Equals(Table, table, StringComparison.OrdinalIgnoreCase)
        || string.Equals(Table, $"{schema ?? "public"}.{table}", StringComparison.OrdinalIgnoreCase);

    /// <summary>The answer for the way back; a drop is one in both directions.</summary>
    public ColumnRename Reverse => NewName.Length == 0 ? this : new ColumnRename(Table, NewName, Column);

    /// <inheritdoc/>
    public override string ToString() => $"{Table}.{Column}:{NewName}";
}
