using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;
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
        AddEnumLabel or CreateType or OtherStatement { Command: "COMMENT" } => [],
        _ => _added
            .Where(added => added.Statement.Index < statement.Index && added.Statement.Transaction == statement.Transaction
                && statement.Source.Text.Contains(added.Meaning.Label))
            .Select(added => Use(added.Meaning, statement, schema))
            .OfType<LintFinding>(),
    };

    private static IEnumerable<string> Users(ObjectName type, KnownSchema schema) =>
        from table in schema.Tables
        from column in table.Columns.Values
        where IsOf(type, column.Definition.Type)
        select table.Column(column.Definition.Name);

    private static bool IsOf(ObjectName type, string written) => ObjectName.Parse(written.Replace("[]", "")) == type;

    /// <summary>The finding at a statement that contains a new label. The literal may also be a text, or a label of another enum.</summary>
    private static LintFinding? Use(AddEnumLabel added, LintStatement statement, KnownSchema schema)
    {
        const string Resolution = "(SQLSTATE 55P04). Add the label in an earlier migration.";
        if (IsCertain(added.Type, statement, schema))
        {
            return statement.Error(
                DiagnosticCodes.EnumChange,
                $"The statement uses the label {added.Label}, which the same transaction adds to {added.Type}, so it fails {Resolution}");
        }

        var tables = StatementEffects.Relations(statement.Meaning).ToList();
        return OnlyAddsColumns(statement.Meaning) || (tables.Count > 0 && tables.TrueForAll(name => schema.Table(name).IsKnown))
            ? null
            : statement.Warning(
                DiagnosticCodes.EnumChange,
                $"The statement contains the literal {added.Label}. The same transaction adds this label to {added.Type}. If the literal "
                + $"is the label, the statement fails {Resolution}");
    }

    /// <summary>Whether a statement names the type, or a table with a column of the type.</summary>
    private static bool IsCertain(ObjectName type, LintStatement statement, KnownSchema schema)
    {
        var text = statement.Source.Text;
        return Regex.IsMatch(text, $@"(::|\bCAST\s*\([^()]*\bAS\b)\s*([\w""]+\.)?""?{Regex.Escape(type.Name)}\b", RegexOptions.IgnoreCase)
            || Types(statement.Meaning).Any(written => IsOf(type, written))
            || (!OnlyAddsColumns(statement.Meaning) && schema.Tables.Any(table =>
                table.Columns.Values.Any(column => IsOf(type, column.Definition.Type))
                && ObjectName.IsNamedIn(text, table.Name.Name, SqlDialect.PostgreSql)));
    }

    private static IEnumerable<string> Types(Statement statement) => statement switch
    {
        CreateTable create => create.Columns.Select(column => column.Type),
        AlterTable alter => alter.Actions.Select(action => action switch
        {
            AddColumn add => add.Column.Type,
            ChangeType change => change.Type,
            _ => null,
        }).OfType<string>(),
        _ => [],
    };

    /// <summary>Whether a statement uses literals only in the defaults of the columns that it adds.</summary>
    private static bool OnlyAddsColumns(Statement statement) => statement is CreateTable
        || (statement is AlterTable alter
            && alter.Actions.All(action => action is AddColumn { Column: { IsComputed: false, Constraints.Count: 0 } }));
}
