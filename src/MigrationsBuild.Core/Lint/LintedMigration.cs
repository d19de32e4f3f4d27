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

    /// <summary>The statements that revert the migration.</summary>
    public IReadOnlyList<LintStatement> Down => Parsed(Input.Down);

    private List<LintStatement> Parsed(string sql) => [.. LintStatement.Parse(SqlScript.Parse(sql, Input.Dialect), _parser)];
}
