using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint;

/// <summary>A rule, or several that look at the same statements. An instance checks one migration.</summary>
/// <param name="migration">The migration.</param>
internal abstract class LintRule(LintedMigration migration)
{
    /// <summary>The migration.</summary>
    protected LintedMigration Migration { get; } = migration;

    /// <summary>Whether the database has PostgreSQL's locks.</summary>
    protected bool IsPostgreSql => Migration.Input.Dialect == SqlDialect.PostgreSql;

    /// <summary>The findings of a statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="schema">The tables before the statement.</param>
    public virtual IEnumerable<LintFinding> Check(LintStatement statement, KnownSchema schema) => statement.Meaning is AlterTable alter
        ? alter.Actions.SelectMany(action => Check(action, statement, schema.Table(alter.Table)))
        : [];

    /// <summary>The findings of an action of <c>ALTER TABLE</c>.</summary>
    /// <param name="action">The action.</param>
    /// <param name="statement">Its statement.</param>
    /// <param name="table">The table before the statement.</param>
    protected virtual IEnumerable<LintFinding> Check(TableAction action, LintStatement statement, KnownTable table) => [];
}
