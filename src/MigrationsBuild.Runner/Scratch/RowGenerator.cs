using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Runner.Scratch;

/// <summary>
/// Fills the tables of a scratch database with generated rows, so that migrations run on tables as they are in production. Referenced rows
/// exist, and rows that violate a unique key are left out. Columns that needn't be unique have duplicates, and columns that can be null
/// have nulls.
/// </summary>
/// <param name="session">A run on the scratch database.</param>
/// <param name="count">The number of rows in each table.</param>
internal sealed class RowGenerator(MigrationSession session, int count)
{
    /// <summary>Each of so many rows has no value in a column that can be null.</summary>
    private const int NullEvery = 10;

    private readonly HashSet<string> _done = [];

    private Database Database => session.Database;

    /// <summary>Fills the tables that are new since the last call.</summary>
    /// <returns>Why tables stay as they are: <c>public.t: the reason</c>.</returns>
    public async Task<IReadOnlyList<string>> FillAsync(CancellationToken cancellation)
    {
        var own = session.OwnTables;
        var tables = (await Database.ReadFillableTablesAsync(count, cancellation))
            .Where(table => !own.Contains(ObjectName.Parse(table.Name)) && !_done.Contains(table.Name));
        var problems = new List<string>();
        foreach (var table in InOrder([.. tables]))
        {
            _done.Add(table.Name);
            try
            {
                await Database.ExecuteTransactionAsync([Insert(table)], cancellation);
            }
            catch (SqlFailure failure) when (failure.Command is not null)
            {
                problems.Add($"{table.Name}: {failure.Message}");
            }
        }

        return problems;
    }

    /// <summary>
    /// The tables, each after those that it references. Of tables that reference each other, one whose keys can be null is first.
    /// </summary>
    private static IEnumerable<FillableTable> InOrder(IReadOnlyList<FillableTable> tables)
    {
        var left = tables.ToDictionary(table => table.Name);
        bool IsFree(FillableTable table, Func<FillableForeignKey, bool> isFree) =>
            table.ForeignKeys.All(key => key.Parent == table.Name || !left.ContainsKey(key.Parent) || isFree(key));
        while (left.Count > 0)
        {
            var next = left.Values.FirstOrDefault(table => IsFree(table, _ => false))
                ?? left.Values.FirstOrDefault(table => IsFree(table, key => CanBeNull(table, key)))
                ?? left.Values.First();
            left.Remove(next.Name);
            yield return next;
        }
    }

    private static bool CanBeNull(FillableTable table, FillableForeignKey key) =>
        table.Columns.Any(column => key.Columns.Contains(column.Name) && column.IsNullable);

    /// <summary>
    /// The statement that inserts the rows. A key gets the values of the parent's rows, one after the other. So the combinations of a table
    /// between two others are unique.
    /// </summary>
    private string Insert(FillableTable table)
    {
        var columns = new Dictionary<string, string>();
        var joins = new List<string>();
        foreach (var key in table.ForeignKeys)
        {
            var alias = $"p{joins.Count}";
            var values = key.ParentColumns.Select((column, i) => $"{column} AS c{i}");
            joins.Add(
                $"LEFT JOIN (SELECT row_number() OVER () - 1 AS k, {string.Join(", ", values)} FROM {key.Parent}) AS {alias} "
                + $"ON {alias}.k = s.n % (SELECT nullif(count(*), 0) FROM {key.Parent})");
            for (var i = 0; i < key.Columns.Count; i++)
                columns.TryAdd(key.Columns[i], $"{alias}.c{i}");
        }

        var filled = table.Columns
            .Select(column => (column.Name, Value: columns.GetValueOrDefault(column.Name) ?? column.Value, column.IsNullable))
            .Where(column => column.Value is not null)
            .ToList();
        var expressions = filled.Select(column =>
            column.IsNullable ? $"CASE WHEN s.n % {NullEvery} = 3 THEN NULL ELSE {column.Value} END" : column.Value);
        return Database.InsertNew(
            table.Name,
            [.. filled.Select(column => column.Name)],
            $"SELECT {string.Join(", ", expressions)} FROM ({Database.Numbers(count)}) AS s {string.Join(" ", joins)}");
    }
}
