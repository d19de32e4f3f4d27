using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint;

/// <summary>
/// Forecasts which tables migrations lock, and the work that is done meanwhile. A lock is held until its transaction ends, so the work of
/// a statement blocks every table that an earlier statement of the transaction has locked.
/// </summary>
public sealed class LockForecast
{
    private readonly StatementParser _parser = new(SqlDialect.PostgreSql);
    private readonly KnownSchema _schema;
    private readonly bool _isOneTransaction;
    private readonly Dictionary<ObjectName, TableLock> _held = [];

    /// <summary>Begins with the database as it is before the first migration.</summary>
    /// <param name="before">The tables, as <c>CREATE TABLE</c>, <c>ALTER TABLE</c> and <c>CREATE INDEX</c> statements.</param>
    /// <param name="isOneTransaction">Whether all migrations are one transaction.</param>
    public LockForecast(string before, bool isOneTransaction)
    {
        _schema = KnownSchema.Of(_parser.ParseAll(before));
        _isOneTransaction = isOneTransaction;
    }

    /// <summary>The names of all tables and indexes that some statements may lock. One that doesn't exist is a new one.</summary>
    /// <param name="statements">The statements of the migrations.</param>
    public static IReadOnlyCollection<ObjectName> Relations(IEnumerable<SqlStatement> statements)
    {
        var parser = new StatementParser(SqlDialect.PostgreSql);
        var meanings = statements.SelectMany(statement => LintStatement.Parse([statement], parser))
            .Select(statement => statement.Meaning)
            .ToList();
        var names = new HashSet<ObjectName>(meanings.SelectMany(StatementEffects.Relations));
        // A table of a schema that is renamed has another name before that.
        foreach (var rename in meanings.OfType<RenameObject>().Where(rename => rename.Kind == "SCHEMA").Reverse())
        {
            names.UnionWith(names.Where(name => name.Schema == rename.NewName.AsSchema)
                .Select(name => name with { Schema = rename.Name.AsSchema })
                .ToList());
        }

        return names;
    }

    /// <summary>The locks of the next migration.</summary>
    /// <param name="statements">Its statements.</param>
    public MigrationLocks Next(IEnumerable<SqlStatement> statements)
    {
        var (tables, unknown, transaction) = (new List<LockedTable>(), new List<SqlStatement>(), 0);
        if (!_isOneTransaction)
            _held.Clear();
        var effects = new StatementEffects(_schema);
        foreach (var statement in LintStatement.Parse(statements, _parser))
        {
            if (statement.Transaction != transaction)
                _held.Clear();
            transaction = statement.Transaction;
            if (StatementEffects.IsUnknown(statement.Meaning))
                unknown.Add(statement.Source);
            Add([.. effects.Of(statement.Meaning)], statement.Source, tables);
            _schema.Apply(statement.Meaning);
        }

        return new MigrationLocks([.. tables.Where(table => table.Lock >= TableLock.Share || table.Work.Count > 0)], unknown);
    }

    private void Add(List<TableEffect> effects, SqlStatement statement, List<LockedTable> tables)
    {
        foreach (var effect in effects)
        {
            var name = effect.Table.Origin;
            _held[name] = Stronger(effect.Lock, _held.TryGetValue(name, out var held) ? held : TableLock.None);
            Locked(tables, name, effect.Lock, work: null);
        }

        foreach (var effect in effects.Where(effect => effect.Work != TableWork.None))
        {
            foreach (var held in _held.Where(held => held.Value >= TableLock.Share || held.Key == effect.Table.Origin))
                Locked(tables, held.Key, held.Value, new WorkUnderLock(held.Value, effect.Work, effect.Table.Origin, statement));
        }
    }

    private static void Locked(List<LockedTable> tables, ObjectName name, TableLock mode, WorkUnderLock? work)
    {
        var at = tables.FindIndex(table => table.Table == name);
        if (at < 0)
        {
            at = tables.Count;
            tables.Add(new LockedTable(name, mode, []));
        }

        var table = tables[at];
        tables[at] = table with
        {
            Lock = Stronger(table.Lock, mode),
            Work = work is null || table.Work.Contains(work) ? table.Work : [.. table.Work, work],
        };
    }

    private static TableLock Stronger(TableLock one, TableLock other) => one > other ? one : other;
}
