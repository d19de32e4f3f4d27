using MigrationsBuild.Diagnostics;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint;

/// <summary>An effect of a statement on a running database.</summary>
/// <param name="Code">The rule.</param>
/// <param name="Severity">
/// <see cref="Severity.Error"/>: data is lost, the statement fails on existing rows, or it rewrites a table under a lock.
/// <see cref="Severity.Warning"/>: this depends on the data, the size of the table, or the traffic.
/// </param>
/// <param name="Offset">The offset of the statement in the SQL, in UTF-16 units.</param>
/// <param name="Message">The effect, with the names of the table and its column.</param>
public sealed record LintFinding(DiagnosticCode Code, Severity Severity, int Offset, string Message)
{
    /// <summary>The statement.</summary>
    public string Statement { get; init; } = "";

    /// <summary>The answer with which the migration is drafted in another way; <see langword="null"/> if there is none.</summary>
    public RenameAnswer? Rename { get; init; }

    /// <summary>Whether the statement reverts the migration.</summary>
    public bool IsDown { get; init; }
}

/// <summary>What a person may know about a table or a column, and SQL doesn't say.</summary>
/// <param name="If">The condition, as the beginning of a sentence: <c>If the column was renamed</c>.</param>
/// <param name="Value">The value of <c>DbRename</c>: <c>Users.Name:FullName</c>, <c>People:Humans</c>.</param>
public sealed record RenameAnswer(string If, string Value)
{
    /// <summary>An answer about one column.</summary>
    /// <param name="if">The condition.</param>
    /// <param name="table">The table.</param>
    /// <param name="column">The old name of the column.</param>
    /// <param name="newName">Its new name; empty if it was not renamed.</param>
    public static RenameAnswer Of(string @if, ObjectName table, string column, string newName) =>
        new(@if, ValueOf(table, column, newName));

    /// <summary>An answer about a table. If the old name has a schema, the new one needs one as well: see <c>DbRename</c>.</summary>
    public static RenameAnswer Of(string @if, ObjectName table, ObjectName newName) => new(
        @if, $"{Written(table.Schema, table.Name)}:{Written(newName.Schema ?? (table.Schema is null ? null : "public"), newName.Name)}");

    /// <summary>The value of <c>DbRename</c> for one column.</summary>
    public static string ValueOf(ObjectName table, string column, string newName) =>
        $"{Written(table.Schema, table.Name)}.{column}:{newName}";

    private static string Written(string? schema, string name) => schema is null ? name : $"{schema}.{name}";
}
