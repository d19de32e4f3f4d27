using MigrationsBuild.Diagnostics;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint.Rules;

/// <summary>Changes of enums that fail: MIG2207.</summary>
internal sealed class Enums(LintedMigration migration) : LintRule(migration)
{
    private readonly List<(LintStatement Statement, AddEnumLabel Meaning)> _added = [.. migration.All<AddEnumLabel>()];

    /// <inheritdoc/>
    public override IEnumerable<LintFinding> Check(LintStatement statement, KnownSchema schema) => statement.Meaning switch
    {
        DropObjects { Kind: "TYPE", Cascades: false } drop => drop.Names.SelectMany(name => Users(name, schema))
            .Select(column => statement.Error(
                DiagnosticCodes.EnumChange,
                $"Type {string.Join(", ", drop.Names)} is dropped, but column {column} still has it, so the statement fails "
                + "(SQLSTATE 2BP01). Change the type of the column first.")),
        AddEnumLabel => [],
        _ => _added
            .Where(added => added.Statement.Index < statement.Index && added.Statement.Transaction == statement.Transaction
                && statement.Source.Text.Contains(added.Meaning.Label))
            .Select(added => statement.Error(
                DiagnosticCodes.EnumChange,
                $"The statement uses the label {added.Meaning.Label}, which the same transaction adds to {added.Meaning.Type}, so it fails "
                + "(SQLSTATE 55P04). Add the label in an earlier migration.")),
    };

    private static IEnumerable<string> Users(ObjectName type, KnownSchema schema) =>
        from table in schema.Tables
        from column in table.Columns.Values
        where ObjectName.Parse(column.Definition.Type.Replace("[]", "")) == type
        select table.Column(column.Definition.Name);
}
