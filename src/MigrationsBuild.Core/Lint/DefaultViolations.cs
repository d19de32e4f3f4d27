using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint;

/// <summary>
/// The columns that get the same value in all existing rows, and the foreign keys and unique constraints on them, which these values
/// violate.
/// </summary>
internal sealed class DefaultViolations
{
    private readonly HashSet<(ObjectName Table, string Column)> _constant;
    private readonly HashSet<(ObjectName Table, string Column)> _violating = [];

    /// <summary>Finds the columns of a migration.</summary>
    public DefaultViolations(LintedMigration migration)
    {
        var created = new HashSet<ObjectName>(migration.All<CreateTable>().Select(create => create.Meaning.Table));
        _constant =
        [
            .. migration.Actions<AddColumn>()
                .Where(added => !created.Contains(added.Table) && added.Action.Column is { Default: { } value, IsComputed: false }
                    && DefaultExpression.IsConstant(value))
                .Select(added => (added.Table, added.Action.Column.Name)),
        ];
        foreach (var (_, table, add) in migration.Actions<AddConstraint>().Where(add => Violates(add.Action.Constraint, add.Table)))
            _violating.UnionWith(add.Constraint.Columns.Select(column => (table, column)));
        foreach (var (_, index) in migration.All<CreateIndex>().Where(index => Violates(index.Meaning)))
            _violating.UnionWith(index.Columns.Select(column => (index.Table, column)));
    }

    /// <summary>Whether the default of a new column violates a constraint.</summary>
    public bool Concerns(ObjectName table, string column) => _violating.Contains((table, column));

    /// <summary>Whether existing rows violate a new constraint because of the defaults of new columns.</summary>
    public bool Violates(ConstraintDefinition constraint, ObjectName table) =>
        constraint.Kind is ConstraintKind.ForeignKey or ConstraintKind.Unique or ConstraintKind.PrimaryKey
            && AreConstant(table, constraint.Columns);

    /// <summary>Whether existing rows violate a new unique index because of the defaults of new columns.</summary>
    public bool Violates(CreateIndex index) => index.IsUnique && AreConstant(index.Table, index.Columns);

    private bool AreConstant(ObjectName table, IReadOnlyList<string> columns) =>
        columns.Count > 0 && columns.All(column => _constant.Contains((table, column)));
}
