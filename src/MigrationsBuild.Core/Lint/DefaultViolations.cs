using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint;

/// <summary>
/// The columns that get the same value in all existing rows, and the foreign keys and unique constraints on them, which these values
/// violate.
/// </summary>
internal sealed class DefaultViolations
{
    private readonly LintedMigration _migration;
    private readonly HashSet<(ObjectName Table, string Column)> _violating;

    /// <summary>Finds the columns of a migration.</summary>
    public DefaultViolations(LintedMigration migration)
    {
        _migration = migration;
        var added = migration.Actions<AddConstraint>()
            .Where(add => Violates(add.Action.Constraint, add.Table, add.Statement))
            .Select(add => (add.Table, add.Action.Constraint.Columns));
        var validated = migration.Actions<ValidateConstraint>()
            .Select(validate => (validate.Table, Columns: Violated(validate.Action, validate.Table, validate.Statement)?.Columns ?? []));
        var indexes = migration.All<CreateIndex>()
            .Where(index => Violates(index.Meaning, index.Statement))
            .Select(index => (index.Meaning.Table, index.Meaning.Columns));
        _violating =
        [
            .. added.Concat(validated).Concat(indexes).SelectMany(violated => violated.Columns.Select(column => (violated.Table, column))),
        ];
    }

    /// <summary>Whether the default of a new column violates a constraint.</summary>
    public bool Concerns(ObjectName table, string column) => _violating.Contains((table, column));

    /// <summary>Whether existing rows violate a new constraint because of the defaults of new columns.</summary>
    public bool Violates(ConstraintDefinition constraint, ObjectName table, LintStatement statement) =>
        !constraint.IsNotValid && ViolatesIfChecked(constraint, table, statement);

    /// <summary>Whether existing rows violate a new unique index because of the defaults of new columns.</summary>
    public bool Violates(CreateIndex index, LintStatement statement) =>
        // A condition may exclude the rows with the default.
        index is { IsUnique: true, Condition: "" } && AreSame(index.Table, index.Columns, statement, index.AreNullsDistinct);

    /// <summary>
    /// The constraint that a statement validates, if existing rows violate it because of the defaults of new columns; otherwise
    /// <see langword="null"/>.
    /// </summary>
    public ConstraintDefinition? Violated(ValidateConstraint validate, ObjectName table, LintStatement statement) =>
        _migration.Added(validate, table)
            .Select(added => added.Action.Constraint)
            .FirstOrDefault(constraint => ViolatesIfChecked(constraint, table, statement));

    private bool ViolatesIfChecked(ConstraintDefinition constraint, ObjectName table, LintStatement statement) => constraint.Kind switch
    {
        ConstraintKind.Unique or ConstraintKind.PrimaryKey =>
            AreSame(table, constraint.Columns, statement, constraint.AreNullsDistinct),
        // The migration may insert the row with this key.
        ConstraintKind.ForeignKey => AreSame(table, constraint.Columns, statement) && !_migration.All<InsertRows>()
            .Any(insert => insert.Statement.Index < statement.Index && insert.Meaning.Table == constraint.References),
        _ => false,
    };

    private bool AreSame(ObjectName table, IReadOnlyList<string> columns, LintStatement statement, bool areNullsDistinct = true) =>
        columns.Count > 0 && columns.All(name => _migration.NewColumn(table, name, statement) is { } column
            && (column.Default is { } value
                ? !column.IsComputed && DefaultExpression.IsConstant(value)
                : !areNullsDistinct && !column.HasValue));
}
