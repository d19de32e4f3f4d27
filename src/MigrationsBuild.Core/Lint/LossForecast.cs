using System.Text.RegularExpressions;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint;

/// <summary>
/// Forecasts which tables and columns migrations drop, by their names before the first migration. Those that the migrations themselves
/// have created are left out, because nobody else has written to them.
/// </summary>
public sealed class LossForecast
{
    /// <summary>The kinds of objects that tables or columns depend on, so that <c>CASCADE</c> drops these as well.</summary>
    private static readonly string[] _neededByTables = ["SCHEMA", "TYPE", "DOMAIN", "EXTENSION", "COLLATION", "ACCESS METHOD"];

    private static readonly Regex _drop = new(@"\bDROP\b", RegexOptions.IgnoreCase);
    private static readonly Regex _execute = new(@"\bEXECUTE\b", RegexOptions.IgnoreCase);

    private readonly StatementParser _parser;
    private readonly KnownSchema _schema;

    /// <summary>Begins with the database as it is before the first migration.</summary>
    /// <param name="before">The tables that the migrations name, as <c>CREATE TABLE</c> and <c>ALTER TABLE</c> statements.</param>
    /// <param name="dialect">The dialect of the SQL: PostgreSQL or SQLite.</param>
    public LossForecast(string before, SqlDialect dialect)
    {
        _parser = new StatementParser(dialect);
        _schema = KnownSchema.Of(_parser.ParseAll(before), isComplete: true);
    }

    /// <summary>Whether a statement may drop something. For most migrations this saves reading the tables of the database.</summary>
    public static bool MayDrop(SqlStatement statement) => _drop.IsMatch(statement.Text) || _execute.IsMatch(statement.Text);

    /// <summary>What the next migration drops.</summary>
    /// <param name="statements">Its statements.</param>
    public MigrationLosses Next(IEnumerable<SqlStatement> statements)
    {
        var (dropped, unknown, hasSearchPath) = (new List<DroppedObject>(), new List<UnknownDrop>(), false);
        foreach (var statement in LintStatement.Parse(statements, _parser))
        {
            foreach (var found in Dropped(statement.Meaning))
            {
                // A branch of a block may drop a table only if it exists.
                var drop = statement.IsInBlock ? found with { MayBeMissing = true } : found;
                if (!hasSearchPath || drop.Table.Schema is not null)
                {
                    dropped.Add(drop);
                    continue;
                }

                var reason = $"it sets search_path, so it isn't known which {drop} is meant";
                unknown.Add(new UnknownDrop(statement.Source, reason) { Dropped = drop });
            }

            if (Unknown(statement) is { } why)
                unknown.Add(new UnknownDrop(statement.Source, why) { IsDynamic = !_drop.IsMatch(statement.Source.Text) });
            hasSearchPath |= SetsSearchPath(statement);
            _schema.Apply(statement.Meaning);
        }

        // The same name with and without the schema public may mean two tables.
        var distinct = dropped.GroupBy(drop => (drop, drop.Table.Written)).Select(group => group.First());
        return new MigrationLosses([.. distinct], [.. unknown.GroupBy(drop => drop.Statement).Select(group => group.First())]);
    }

    private IEnumerable<DroppedObject> Dropped(Statement statement) => statement switch
    {
        DropObjects { Kind: "TABLE" } drop => drop.Names.Select(Table).Where(table => !table.IsNew).SelectMany(Dropped)
            .Select(dropped => dropped with { MayBeMissing = drop.IfExists }),
        AlterTable alter => alter.Actions.OfType<DropColumn>().SelectMany(drop =>
            Dropped(Table(alter.Table), drop.Column).Select(dropped => dropped with { MayBeMissing = drop.IfExists })),
        _ => [],
    };

    /// <summary>A table, by the name that the statement has written unless it has been renamed.</summary>
    private KnownTable Table(ObjectName name) =>
        _schema.Table(name) is var table && table.Origin == name ? table with { Origin = name } : table;

    /// <summary>A rebuild keeps the values of the columns that it copies.</summary>
    private IEnumerable<DroppedObject> Dropped(KnownTable table) =>
        _schema.Find(TableRebuilds.CopyOf(table.Name)) is { Copied: { Count: > 0 } copied } && table.IsKnown
            ? table.Columns.Keys.Where(column => !copied.Contains(column)).SelectMany(column => Dropped(table, column))
            : [new DroppedObject(table.Origin, null)];

    /// <summary>The values of a computed column aren't lost with it.</summary>
    private static IEnumerable<DroppedObject> Dropped(KnownTable table, string column) =>
        table.IsNewColumn(column) || table.Find(column) is { Definition.IsComputed: true }
            ? []
            : [new DroppedObject(table.Origin, table.Find(column)?.Origin ?? column)];

    private static bool SetsSearchPath(LintStatement statement) => statement.Meaning is OtherStatement { Command: "SET" or "SELECT" }
        && statement.Source.Text.IndexOf("search_path", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>Why it isn't known what a statement drops; <see langword="null"/> if it is known.</summary>
    private static string? Unknown(LintStatement statement) => statement.Meaning switch
    {
        DropObjects { Kind: "OWNED BY" or "DATABASE" } drop => $"DROP {drop.Kind} may drop any table",
        DropObjects { Cascades: true } drop when Array.IndexOf(_neededByTables, drop.Kind) >= 0 =>
            $"DROP {drop.Kind} … CASCADE may drop tables and columns",
        UnknownStatement unknown when MayDrop(statement.Source) => unknown.Reason,
        AlterTable alter => alter.Actions.OfType<UnknownAction>().Where(action => _drop.IsMatch(action.Words))
            .Select(action => $"the action \"{action.Words}\" isn't known").FirstOrDefault(),
        _ => null,
    };
}

/// <summary>What a migration drops.</summary>
/// <param name="Dropped">The tables and columns.</param>
/// <param name="Unknown">The statements that may drop more.</param>
public sealed record MigrationLosses(IReadOnlyList<DroppedObject> Dropped, IReadOnlyList<UnknownDrop> Unknown);

/// <summary>A table or a column that is dropped.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The column; <see langword="null"/> if the whole table is dropped.</param>
public sealed record DroppedObject(ObjectName Table, string? Column)
{
    /// <summary>Whether the statement also succeeds if there is no such table or column.</summary>
    public bool MayBeMissing { get; init; }

    /// <summary>The name as in SQL: <c>"Users"."Avatar"</c>.</summary>
    public override string ToString() => Column is null ? $"{Table}" : $"{Table}.{ObjectName.Quote(Column)}";
}

/// <summary>A statement that may drop tables or columns.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Reason">Why it isn't known which, as the end of a sentence.</param>
public sealed record UnknownDrop(SqlStatement Statement, string Reason)
{
    /// <summary>The table or column that it drops, if only its schema isn't known.</summary>
    public DroppedObject? Dropped { get; init; }

    /// <summary>Whether it may drop something only because it runs SQL that it composes.</summary>
    public bool IsDynamic { get; init; }
}
