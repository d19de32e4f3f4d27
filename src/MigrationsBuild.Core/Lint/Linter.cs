using MigrationsBuild.Lint.Rules;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Lint;

/// <summary>Finds out what the SQL of a migration will do to a running database.</summary>
public static class Linter
{
    /// <summary>
    /// The findings, in the order of the statements, then those of the SQL that reverts it. Of a dialect without rules there are none.
    /// </summary>
    /// <param name="input">The migration.</param>
    public static IReadOnlyList<LintFinding> Lint(LintInput input)
    {
        if (input.Dialect == SqlDialect.Other)
            return [];
        var migration = new LintedMigration(input);
        // SQLite locks the whole database for each migration, so rules about locks don't concern it.
        LintRule[] aboutData =
        [
            new DroppedData(migration), new Renames(migration), new AddedColumns(migration), new RowChanges(migration),
            new UnknownSql(migration),
        ];
        LintRule[] rules = input.Dialect == SqlDialect.Sqlite ? aboutData :
        [
            .. aboutData, new TypeChanges(migration), new Nullability(migration), new Sequences(migration), new Enums(migration),
            new Indexes(migration), new Constraints(migration), new HeavyLocks(migration), new Transactions(migration),
        ];
        var schema = migration.CopyOfBefore();
        var findings = new List<LintFinding>();
        foreach (var statement in migration.Statements)
        {
            findings.AddRange(rules.SelectMany(rule => rule.Check(statement, schema)));
            schema.Apply(statement.Meaning);
        }

        // The statements of a block may have the same finding.
        return [.. findings.Distinct(), .. new Reversal(migration, migration.Down).Findings];
    }
}
