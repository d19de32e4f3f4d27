using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MigrationsBuild.Worker.Model;

/// <summary>
/// What of a model comes out differently each time it is built: a new Guid or the time in <c>HasData</c>. No migration can ever
/// match it.
/// </summary>
/// <param name="first">The model.</param>
/// <param name="differences">What leads from it to the same model built a second time.</param>
/// <param name="dependsOn">What of the machine a part depends on; nothing if it is another one each time.</param>
internal sealed class NonDeterministicParts(
    IRelationalModel first, IReadOnlyList<MigrationOperation> differences, Func<OperationSubject, MachineSettings> dependsOn)
{
    private readonly OperationSubjects _subjects = new(first, first, differences);

    /// <summary>Finds the parts. Where there are none it costs one build.</summary>
    /// <param name="first">The model.</param>
    /// <param name="build">What leads from it to the same model, built where these parts of the machine are others.</param>
    public static NonDeterministicParts Of(IRelationalModel first, Func<MachineSettings, IReadOnlyList<MigrationOperation>> build)
    {
        IReadOnlyList<MigrationOperation> differences;
        try
        {
            differences = build(MachineSettings.TimeZone | MachineSettings.Culture);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Code that no other machine could run: it is asked here, where it has run before.
            return new NonDeterministicParts(first, build(MachineSettings.None), _ => MachineSettings.None);
        }

        if (differences.Count == 0)
            return new NonDeterministicParts(first, [], _ => MachineSettings.None);
        var each = SubjectsOf(first, build(MachineSettings.None));
        var zone = SubjectsOf(first, build(MachineSettings.TimeZone));
        return new NonDeterministicParts(
            first,
            differences,
            subject => each.Contains(subject) ? MachineSettings.None : zone.Contains(subject) ? MachineSettings.TimeZone : MachineSettings.Culture);
    }

    private static HashSet<OperationSubject> SubjectsOf(IRelationalModel first, IReadOnlyList<MigrationOperation> differences) =>
        [.. new NonDeterministicParts(first, differences, _ => MachineSettings.None).Parts.Select(part => part.Subject)];

    /// <summary>The operations that something else than these parts calls for.</summary>
    /// <param name="operations">What leads from the migrations to the model.</param>
    public IReadOnlyList<MigrationOperation> Without(IReadOnlyList<MigrationOperation> operations) => differences.Count == 0
        ? operations
        : [.. operations.Where(operation => !Explains(operation, operations))];

    /// <summary>The parts, each once: what of the model, and how many rows of <c>HasData</c> hold it, or else how it differs.</summary>
    public IEnumerable<NonDeterministicPart> Parts => differences
        .SelectMany(PartsOf)
        .GroupBy(part => part.Subject)
        .Select(group => group.First() with { Rows = group.Sum(part => part.Rows), DependsOn = dependsOn(group.Key) });

    private bool Explains(MigrationOperation operation, IReadOnlyList<MigrationOperation> operations) => operation switch
    {
        UpdateDataOperation o => o.Columns.All(column => differences.OfType<UpdateDataOperation>().Any(other => IsSameTable(o, other) && other.Columns.Contains(column))),
        InsertDataOperation o => Keys(o).All(key => differences.OfType<DeleteDataOperation>().Any(other => IsSameTable(o, other) && Rows(other.KeyValues).Any(key.SequenceEqual))),
        // The old values are of an earlier build, whose keys nobody knows any more.
        DeleteDataOperation o => RowsOf(o, operations) <= RowsOf(o, differences),
        _ => differences.Any(other => other.GetType() == operation.GetType() && _subjects.Of(other) is { Entity: not null } subject && subject == _subjects.Of(operation)),
    };

    private IEnumerable<NonDeterministicPart> PartsOf(MigrationOperation difference) => difference switch
    {
        UpdateDataOperation o => o.Columns.Select(column => Part(o.Schema, o.Table, column, o.KeyValues.GetLength(0))),
        DeleteDataOperation o => NonDeterministicKeys(o).Select(column => Part(o.Schema, o.Table, column, o.KeyValues.GetLength(0))),
        InsertDataOperation => [],
        _ => [new NonDeterministicPart(_subjects.Of(difference), null, 0, difference)],
    };

    private NonDeterministicPart Part(string? schema, string table, string column, int rows) => new(
        _subjects.OfColumn(schema, table, column),
        first.FindTable(table, schema)?.EntityTypeMappings.Select(mapping => mapping.TypeBase.ClrType).FirstOrDefault(),
        rows,
        null);

    /// <summary>Of the key's columns those whose values the second build doesn't have.</summary>
    private IEnumerable<string> NonDeterministicKeys(DeleteDataOperation operation)
    {
        var inserted = differences.OfType<InsertDataOperation>().Where(other => IsSameTable(operation, other)).ToList();
        return operation.KeyColumns.Where((column, i) => !Rows(operation.KeyValues).Select(row => row[i])
            .All(value => inserted.Exists(other => Array.IndexOf(other.Columns, column) is >= 0 and var at && Rows(other.Values).Any(row => Equals(row[at], value)))));
    }

    /// <summary>An insertion doesn't say which of its columns are the key.</summary>
    private IEnumerable<object?[]> Keys(InsertDataOperation operation)
    {
        var key = first.FindTable(operation.Table, operation.Schema)?.PrimaryKey?.Columns.Select(column => Array.IndexOf(operation.Columns, column.Name)).ToList() ?? [];
        return Rows(operation.Values).Select(row => key.Select(i => i < 0 ? null : row[i]).ToArray());
    }

    private static int RowsOf(DeleteDataOperation operation, IReadOnlyList<MigrationOperation> operations) =>
        operations.OfType<DeleteDataOperation>().Where(other => IsSameTable(operation, other)).Sum(other => other.KeyValues.GetLength(0));

    private static IEnumerable<object?[]> Rows(object?[,] values) =>
        Enumerable.Range(0, values.GetLength(0)).Select(row => Enumerable.Range(0, values.GetLength(1)).Select(column => values[row, column]).ToArray());

    private static bool IsSameTable(ITableMigrationOperation one, ITableMigrationOperation other) => one.Table == other.Table && one.Schema == other.Schema;
}
