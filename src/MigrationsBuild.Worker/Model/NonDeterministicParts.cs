using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MigrationsBuild.Worker.Model;

/// <summary>
/// The parts of a model that are different each time it is built, such as a new Guid or the current time in <c>HasData</c>. No migration
/// can match them.
/// </summary>
/// <param name="first">The model.</param>
/// <param name="differences">The operations from it to the same model, built a second time.</param>
/// <param name="dependsOn">The settings of the machine on which a part depends; none if it is different each time.</param>
internal sealed class NonDeterministicParts(
    IRelationalModel first, IReadOnlyList<MigrationOperation> differences, Func<OperationSubject, MachineSettings> dependsOn)
{
    private readonly OperationSubjects _subjects = new(first, first, differences);

    /// <summary>Finds the parts. If there are none, that takes one build of the model.</summary>
    /// <param name="first">The model.</param>
    /// <param name="build">The operations from it to the same model, built with other settings of the machine.</param>
    public static NonDeterministicParts Of(IRelationalModel first, Func<MachineSettings, IReadOnlyList<MigrationOperation>> build)
    {
        IReadOnlyList<MigrationOperation> differences;
        try
        {
            differences = build(MachineSettings.TimeZone | MachineSettings.Culture);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The code fails with other settings, so it runs with those of this machine, with which it has run before.
            return new NonDeterministicParts(first, build(MachineSettings.None), _ => MachineSettings.None);
        }

        if (differences.Count == 0)
            return new NonDeterministicParts(first, [], _ => MachineSettings.None);
        var each = SubjectsOf(first, build(MachineSettings.None));
        var zone = SubjectsOf(first, build(MachineSettings.TimeZone));
        return new NonDeterministicParts(
            first,
            differences,
            subject => each.Contains(subject) ? MachineSettings.None
                : zone.Contains(subject) ? MachineSettings.TimeZone
                : MachineSettings.Culture);
    }

    private static HashSet<OperationSubject> SubjectsOf(IRelationalModel first, IReadOnlyList<MigrationOperation> differences) =>
        [.. new NonDeterministicParts(first, differences, _ => MachineSettings.None).Parts.Select(part => part.Subject)];

    /// <summary>The operations that don't come from these parts.</summary>
    /// <param name="operations">The operations from the migrations to the model.</param>
    public IReadOnlyList<MigrationOperation> Without(IReadOnlyList<MigrationOperation> operations) => differences.Count == 0
        ? operations
        : [.. operations.Where(operation => !Explains(operation, operations))];

    /// <summary>The distinct parts, each with the number of its rows, or with its difference.</summary>
    public IEnumerable<NonDeterministicPart> Parts => differences
        .SelectMany(PartsOf)
        .GroupBy(part => part.Subject)
        .Select(group => group.First() with { Rows = group.Sum(part => part.Rows), DependsOn = dependsOn(group.Key) });

    private bool Explains(MigrationOperation operation, IReadOnlyList<MigrationOperation> operations) => operation switch
    {
        UpdateDataOperation o => o.Columns.All(column =>
            Differences<UpdateDataOperation>(o).Any(other => other.Columns.Contains(column))),
        InsertDataOperation o => Keys(o).All(key =>
            Differences<DeleteDataOperation>(o).Any(other => Rows(other.KeyValues).Any(key.SequenceEqual))),
        // The rows to delete come from an earlier build, so their keys are unknown and can only be counted.
        DeleteDataOperation o => RowsOf(o, operations) <= RowsOf(o, differences),
        _ => differences.Any(other => IsSameChange(other, operation)),
    };

    private IEnumerable<T> Differences<T>(ITableMigrationOperation operation)
        where T : MigrationOperation, ITableMigrationOperation =>
        differences.OfType<T>().Where(other => IsSameTable(operation, other));

    private bool IsSameChange(MigrationOperation one, MigrationOperation other) =>
        one.GetType() == other.GetType()
        && _subjects.Of(one) is { Entity: not null } subject
        && subject == _subjects.Of(other);

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

    /// <summary>The columns of the key with values that the second build doesn't have.</summary>
    private IEnumerable<string> NonDeterministicKeys(DeleteDataOperation operation)
    {
        var inserted = Differences<InsertDataOperation>(operation).ToList();
        return operation.KeyColumns.Where((column, i) => !Rows(operation.KeyValues)
            .Select(row => row[i])
            .All(value => inserted.Exists(other => HasValue(other, column, value))));
    }

    private static bool HasValue(InsertDataOperation operation, string column, object? value) =>
        Array.IndexOf(operation.Columns, column) is >= 0 and var position
        && Rows(operation.Values).Any(row => Equals(row[position], value));

    /// <summary>The keys of inserted rows. The operation doesn't say which of its columns are the key.</summary>
    private IEnumerable<object?[]> Keys(InsertDataOperation operation)
    {
        var key = first.FindTable(operation.Table, operation.Schema)?.PrimaryKey?.Columns ?? [];
        var positions = key.Select(column => Array.IndexOf(operation.Columns, column.Name)).ToList();
        return Rows(operation.Values).Select(row => positions.Select(i => i < 0 ? null : row[i]).ToArray());
    }

    private static int RowsOf(DeleteDataOperation operation, IReadOnlyList<MigrationOperation> operations) =>
        operations.OfType<DeleteDataOperation>().Where(other => IsSameTable(operation, other)).Sum(other => other.KeyValues.GetLength(0));

    private static IEnumerable<object?[]> Rows(object?[,] values)
    {
        var columns = Enumerable.Range(0, values.GetLength(1));
        return Enumerable.Range(0, values.GetLength(0)).Select(row => columns.Select(column => values[row, column]).ToArray());
    }

    private static bool IsSameTable(ITableMigrationOperation one, ITableMigrationOperation other) =>
        one.Table == other.Table && one.Schema == other.Schema;
}
