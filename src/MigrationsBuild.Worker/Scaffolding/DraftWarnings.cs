using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Lint;
using MigrationsBuild.Sql;
using MigrationsBuild.Worker.Model;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>Warns of SQL in a draft that is known to fail, before a database runs it.</summary>
internal sealed class DraftWarnings(ModelDrift drift, Emission emission, SqlDialect dialect, ISqlGenerationHelper sql)
{
    private const string EmptyDown =
        "Down() is empty, so a rollback changes nothing. Write the operations that revert the migration, or throw in Down()";

    /// <summary>The warnings, each as text for a person.</summary>
    public IReadOnlyList<string> All =>
    [
        .. dialect == SqlDialect.PostgreSql ? Of("Up", drift.Operations).Concat(Of("Down", drift.Reverse)).Concat(Labels()) : [],
        .. emission is { Up.Length: > 0, Down.Length: 0 } ? [EmptyDown] : Array.Empty<string>(),
    ];

    private IEnumerable<string> Of(string method, IEnumerable<MigrationOperation> operations) =>
        operations.Select(operation => operation switch
        {
            AlterColumnOperation change => Cast(method, change),
            RenameTableOperation { Schema: { } schema, NewSchema: null } move when IsMove(move.Name, move.NewName) =>
                $"{method}() doesn't move table {sql.DelimitIdentifier(move.Name, schema)} back to the default schema, "
                + "which EF Core can't name. "
                + Add($"ALTER TABLE {Escaped(move.Name, schema)} SET SCHEMA public;"),
            RenameSequenceOperation { Schema: { } schema, NewSchema: null } move when IsMove(move.Name, move.NewName) =>
                $"{method}() doesn't move sequence {sql.DelimitIdentifier(move.Name, schema)} back to the default schema, "
                + "which EF Core can't name. "
                + Add($"ALTER SEQUENCE {Escaped(move.Name, schema)} SET SCHEMA public;"),
            _ => null,
        }).OfType<string>();

    private static bool IsMove(string name, string? newName) => newName is null || newName == name;

    private string? Cast(string method, AlterColumnOperation change)
    {
        if (change.OldColumn.ColumnType is not { } from || change.ColumnType is not { } to || PostgreSqlCasts.CanChange(from, to) != false)
            return null;
        var (table, column) = (sql.DelimitIdentifier(change.Table, change.Schema), sql.DelimitIdentifier(change.Name));
        return $"{method}() fails with 42804: PostgreSQL doesn't convert column {table}.{column} from {from} to {to} without USING. "
            + $"Replace AlterColumn in {method}() with: migrationBuilder.Sql(\"ALTER TABLE {Quoted(table)} "
            + $"ALTER COLUMN {Quoted(column)} TYPE {to} USING {Quoted(column)}::{to};\")";
    }

    private IEnumerable<string> Labels() => emission.Up is null ? [] : Linter.Lint(new LintInput(emission.Up, dialect))
        .Where(finding => finding.Code == DiagnosticCodes.EnumChange && finding.Severity == Severity.Error)
        .Select(finding => $"Up() fails: {finding.Message}");

    private static string Add(string statement) => $"Add: migrationBuilder.Sql(\"{statement}\")";

    private string Escaped(string name, string? schema) => Quoted(sql.DelimitIdentifier(name, schema));

    /// <summary>A name inside a string literal of C#.</summary>
    private static string Quoted(string name) => name.Replace("\"", "\\\"");
}
