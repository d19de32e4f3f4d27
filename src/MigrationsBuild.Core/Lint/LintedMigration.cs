using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint;

/// <summary>A migration whose statements are parsed.</summary>
internal sealed class LintedMigration
{
    private readonly StatementParser _parser;
    private readonly Lazy<KnownSchema> _before;
    private readonly Lazy<KnownSchema> _after;
    private readonly Lazy<IReadOnlyList<Statement>> _earlier;

    /// <summary>Parses a migration.</summary>
    public LintedMigration(LintInput input)
    {
        Input = input;
        _parser = new StatementParser(input.Dialect);
        _before = new(CopyOfBefore);
        _after = new(() => KnownSchema.Of(_parser.ParseAll(input.After)));
        _earlier = new(() => [.. input.Earlier.SelectMany(_parser.ParseAll)]);
        Statements = Parsed(input.Up);
        Violations = new DefaultViolations(this);
        Rebuilds = new TableRebuilds(Statements);
    }

    /// <summary>The migration.</summary>
    public LintInput Input { get; }

    /// <summary>The statements in order.</summary>
    public IReadOnlyList<LintStatement> Statements { get; }

    /// <summary>The tables that are rebuilt.</summary>
    public TableRebuilds Rebuilds { get; }

    /// <summary>The constraints that the defaults of new columns violate.</summary>
    public DefaultViolations Violations { get; }

    /// <summary>The tables after the migration, by the model.</summary>
    public KnownSchema After => _after.Value;

    /// <summary>The statements of earlier migrations, newest first.</summary>
    public IReadOnlyList<Statement> Earlier => _earlier.Value;

    /// <summary>The tables before the migration.</summary>
    public KnownSchema Before => _before.Value;

    /// <summary>A new copy of the tables before the migration.</summary>
    public KnownSchema CopyOfBefore() => KnownSchema.Of(_parser.ParseAll(Input.Before));

    /// <summary>The actions of all <c>ALTER TABLE</c> statements.</summary>
    /// <typeparam name="T">The kind of action.</typeparam>
    public IEnumerable<(LintStatement Statement, ObjectName Table, T Action)> Actions<T>()
        where T : TableAction => Statements.SelectMany(statement => statement.Meaning is AlterTable alter
            ? alter.Actions.OfType<T>().Select(action => (statement, alter.Table, action))
            : []);

    /// <summary>The statements of a kind.</summary>
    /// <typeparam name="T">The kind of statement.</typeparam>
    public IEnumerable<(LintStatement Statement, T Meaning)> All<T>()
        where T : Statement => Statements.Where(statement => statement.Meaning is T).Select(statement => (statement, (T)statement.Meaning));

    /// <summary>The statements that add the constraint that a statement validates.</summary>
    public IEnumerable<(LintStatement Statement, ObjectName Table, AddConstraint Action)> Added(
        ValidateConstraint validate, ObjectName table) =>
        Actions<AddConstraint>().Where(added => added.Table == table && added.Action.Constraint.Name == validate.Constraint);

    /// <summary>
    /// A column that the migration adds to an existing table, if all rows still have its default before a statement; otherwise
    /// <see langword="null"/>.
    /// </summary>
    public ColumnDefinition? NewColumn(ObjectName table, string column, LintStatement statement) => Actions<AddColumn>()
        .Where(added => added.Table == table && added.Action is { IfNotExists: false } && added.Action.Column.Name == column
            && All<CreateTable>().All(create => create.Meaning.Table != table)
            && !Statements.Any(other => other.Index > added.Statement.Index && other.Index < statement.Index
                && MayWrite(other.Meaning, table, column)))
        .Select(added => added.Action.Column)
        .FirstOrDefault();

    private static bool MayWrite(Statement statement, ObjectName table, string column) => statement switch
    {
        UnknownStatement => true,
        ChangeRows change => change.Table == table && (change.Columns.Count == 0 || change.Columns.Contains(column)),
        TruncateTables truncate => truncate.Tables.Contains(table),
        _ => false,
    };

    /// <summary>The statements that revert the migration.</summary>
    public IReadOnlyList<LintStatement> Down => Parsed(Input.Down);

    private List<LintStatement> Parsed(string sql) => [.. LintStatement.Parse(SqlScript.Parse(sql, Input.Dialect), _parser)];
}
