using MigrationsBuild.Diagnostics;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint.Rules;

/// <summary>Statements about which nothing is known: MIG2603.</summary>
internal sealed class UnknownSql(LintedMigration migration) : LintRule(migration)
{
    /// <inheritdoc/>
    public override IEnumerable<LintFinding> Check(LintStatement statement, KnownSchema schema) =>
        statement.Meaning is UnknownStatement unknown ? [Unknown(statement, unknown.Reason)] : base.Check(statement, schema);

    /// <inheritdoc/>
    protected override IEnumerable<LintFinding> Check(TableAction action, LintStatement statement, KnownTable table)
    {
        if (action is UnknownAction unknown)
            yield return Unknown(statement, $"the action \"{unknown.Words}\" isn't known");
    }

    private static LintFinding Unknown(LintStatement statement, string reason) => statement.Message(
        DiagnosticCodes.NotUnderstood, $"The lint can't analyze this statement: {reason}. Check its effects.");
}
