using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint.Rules;

/// <summary>Statements that change rows, and drops of whole schemas: MIG2107, MIG2108, MIG2307.</summary>
internal sealed class RowChanges(LintedMigration migration) : LintRule(migration)
{
    /// <summary>Kinds of objects whose drop deletes rows of tables.</summary>
    private static readonly string[] _containers = ["SCHEMA", "DATABASE", "OWNED BY"];

    /// <summary>Kinds of objects on which columns depend.</summary>
    private static readonly string[] _types = ["TYPE", "DOMAIN", "EXTENSION", "TABLE"];

    /// <summary>The existing tables on which each transaction holds <c>ACCESS EXCLUSIVE</c>.</summary>
    private readonly HashSet<(int Transaction, ObjectName Table)> _locked = [];

    /// <inheritdoc/>
    public override IEnumerable<LintFinding> Check(LintStatement statement, KnownSchema schema)
    {
        switch (statement.Meaning)
        {
            case ChangeRows change when schema.Table(change.Table) is { IsNew: false } table:
                return Of(change, statement, table);
            case TruncateTables truncate:
                var also = truncate.Cascades ? ", and those of all tables that reference it" : "";
                return truncate.Tables.Select(schema.Table).Where(table => !table.IsNew).Select(table => statement.Error(
                    DiagnosticCodes.AllRowsChanged,
                    $"All rows of table {table.Name} are deleted{also}. TRUNCATE takes {Locks.Text(TableLock.AccessExclusive)}."));
            case DropObjects drop when Array.IndexOf(_containers, drop.Kind) >= 0:
                return
                [
                    statement.Error(
                        DiagnosticCodes.AllRowsChanged,
                        drop.Kind == "OWNED BY"
                            ? $"All objects that are owned by {string.Join(", ", drop.Names)} are dropped, including tables."
                            : $"{Text(drop)} is dropped, with all tables in it."),
                ];
            case DropObjects { Cascades: true } drop when Array.IndexOf(_types, drop.Kind) >= 0:
                return
                [
                    statement.Error(
                        DiagnosticCodes.AllRowsChanged,
                        $"{Text(drop)} is dropped with CASCADE, which also drops the "
                        + $"{(drop.Kind == "TABLE" ? "foreign keys and views" : "columns")} that depend on it."),
                ];
            case AlterTable alter when IsPostgreSql && alter.Actions.Any(TakesStrongestLock):
                if (!schema.Table(alter.Table).IsNew)
                    _locked.Add((statement.Transaction, alter.Table));
                return [];
            default:
                return [];
        }
    }

    private static string Text(DropObjects drop) =>
        $"{drop.Kind[0]}{drop.Kind.Substring(1).ToLowerInvariant()} {string.Join(", ", drop.Names)}";

    private IEnumerable<LintFinding> Of(ChangeRows change, LintStatement statement, KnownTable table)
    {
        var verb = change.IsDelete ? "deleted" : "overwritten";
        var fillsNewColumns = change.Columns.Count > 0 && change.Columns.All(table.IsNewColumn);
        if (change.Condition is not null && SelectsOneRow(change.Condition, table))
        {
            if (!fillsNewColumns)
            {
                var also = change.IsDelete ? " Foreign keys with ON DELETE CASCADE delete rows of other tables as well." : "";
                yield return statement.Warning(
                    DiagnosticCodes.SeedRowsChanged,
                    $"The row of {table.Name} with {change.Condition} is {verb}. Changes that users have made to it are lost.{also}");
            }

            yield break;
        }

        if (change.Condition is null && !fillsNewColumns)
        {
            yield return statement.Error(
                DiagnosticCodes.AllRowsChanged,
                change.IsDelete
                    ? $"All rows of table {table.Name} are deleted."
                    : $"All rows of {table.Name} get a new value in {string.Join(", ", change.Columns.Select(ObjectName.Quote))}.");
        }

        if (_locked.Contains((statement.Transaction, table.Name)))
        {
            yield return statement.Warning(
                DiagnosticCodes.RowsUnderLock,
                $"Rows of {table.Name} are {verb} in the transaction that holds {Locks.Text(TableLock.AccessExclusive)} on it. "
                + "So the table is blocked until all of them are written. Change the rows in a migration of their own.");
        }
    }

    /// <summary>Whether a condition selects one row: it compares the key with literals, as EF Core does for seed data.</summary>
    public static bool SelectsOneRow(string condition, KnownTable table)
    {
        var parts = Regex.Split(condition, @"\bAND\b", RegexOptions.IgnoreCase).Select(part => part.Trim()).ToList();
        var columns = parts.ConvertAll(part => Regex.Match(part, @"^(""[^""]+""|\w+)\s*=\s*('([^']|'')*'(::\w+)?|-?[\d.]+|TRUE|FALSE)$"));
        // A further condition, for example on the old value, shows that somebody has thought about the row.
        return columns.TrueForAll(match => match.Success)
            && columns.Count == Math.Max(1, table.Key.Count)
            && table.Key.All(key => columns.Exists(match => ObjectName.Parse(match.Groups[1].Value).Name == key));
    }

    private static bool TakesStrongestLock(TableAction action) => action
        is AddColumn or DropColumn or RenameColumn or ChangeType or ChangeNullability or ChangeDefault or DropConstraint or RenameTable
        or AddConstraint { Constraint.Kind: not ConstraintKind.ForeignKey };
}
