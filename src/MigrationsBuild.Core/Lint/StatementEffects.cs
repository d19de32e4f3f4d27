using MigrationsBuild.Lint.Rules;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint;

/// <summary>
/// The locks that a statement takes on existing tables of PostgreSQL, and its work on them. An unknown effect counts as the worst case.
/// Sources: "Explicit Locking" and the notes of each statement in PostgreSQL's manual, measured on PostgreSQL 15.
/// </summary>
/// <param name="schema">The tables before the statement.</param>
internal sealed class StatementEffects(KnownSchema schema)
{
    /// <summary>The tables and indexes that a statement names.</summary>
    public static IEnumerable<ObjectName> Relations(Statement statement) => statement switch
    {
        CreateTable create => Referenced(create.Constraints.Concat(create.Columns.SelectMany(column => column.Constraints)))
            .Concat(create.PartitionOf is { } parent ? [parent] : []),
        AlterTable alter => alter.Actions.SelectMany(Relations).Concat([alter.Table]),
        CreateIndex index => [index.Table],
        DropIndex drop => drop.Indexes,
        DropObjects drop => drop.On is { } table ? [table] : drop.Names,
        CreateTrigger trigger => [trigger.Table],
        ChangeRows change => [change.Table],
        InsertRows insert => [insert.Table],
        TruncateTables truncate => truncate.Tables,
        TableMaintenance work => work.Subjects,
        OtherStatement { On: { } table } => [table],
        _ => [],
    };

    /// <summary>Whether a statement may lock any table.</summary>
    public static bool IsUnknown(Statement statement) => statement is UnknownStatement or ConstrainDomain { Constraint.IsNotValid: false }
        or DropObjects { Kind: "SCHEMA" or "DATABASE" or "OWNED BY" } or TableMaintenance { Subjects.Count: 0 }
        || statement is AlterTable alter && alter.Actions.Any(action => action is UnknownAction);

    /// <summary>The effects of a statement. New tables have none, because no other transaction sees them.</summary>
    public IEnumerable<TableEffect> Of(Statement statement) => All(statement).Where(effect => !effect.Table.IsNew);

    private static IEnumerable<ObjectName> Relations(TableAction action) => action switch
    {
        AddColumn add => Referenced(add.Column.Constraints),
        AddConstraint add => Referenced([add.Constraint]),
        ChangePartition change => [change.Partition],
        _ => [],
    };

    private static IEnumerable<ObjectName> Referenced(IEnumerable<ConstraintDefinition> constraints) =>
        constraints.Select(constraint => constraint.References).OfType<ObjectName>();

    private IEnumerable<TableEffect> All(Statement statement) => statement switch
    {
        CreateTable create => Relations(create)
            .Select(name => Effect(name, name == create.PartitionOf ? TableLock.AccessExclusive : TableLock.ShareRowExclusive)),
        AlterTable alter => alter.Actions.SelectMany(action => Of(action, schema.Table(alter.Table))),
        CreateIndex index =>
            [Effect(index.Table, index.IsConcurrent ? TableLock.ShareUpdateExclusive : TableLock.Share, TableWork.BuildsIndex)],
        DropIndex drop => drop.Indexes.Select(schema.TableOf).OfType<KnownTable>()
            .Select(table => Effect(table, drop.IsConcurrent ? TableLock.ShareUpdateExclusive : TableLock.AccessExclusive)),
        DropObjects { Kind: "TABLE" or "FOREIGN TABLE" } drop => drop.Names.SelectMany(name => Dropped(schema.Table(name), drop.Cascades)),
        DropObjects { On: { } table } => [Effect(table, TableLock.AccessExclusive)],
        CreateTrigger trigger => [Effect(trigger.Table, TableLock.ShareRowExclusive)],
        ChangeRows change => [Effect(change.Table, TableLock.RowExclusive, WorkOf(change))],
        InsertRows insert => [Effect(insert.Table, TableLock.RowExclusive)],
        TruncateTables truncate => truncate.Tables.SelectMany(name => truncate.Cascades ? WithReferencing(name) : [schema.Table(name)])
            .Select(table => Effect(table, TableLock.AccessExclusive)),
        TableMaintenance work => work.Subjects
            .Select(subject => Effect(schema.TableOf(subject) ?? schema.Table(subject), work.Lock, WorkOf(work))),
        OtherStatement { On: { } table } other => [Effect(table, other.Lock)],
        _ => [],
    };

    private IEnumerable<TableEffect> Of(TableAction action, KnownTable table) => action switch
    {
        AddColumn add => [Exclusive(table, WorkOf(add.Column)), .. add.Column.Constraints.SelectMany(own => OfOwn(own, add, table))],
        ChangeType change => Changed(change, table),
        ChangeNullability change => [Exclusive(table, WorkOf(change, table))],
        AddConstraint add => Of(add.Constraint, table),
        ValidateConstraint validate => [Effect(table, TableLock.ShareUpdateExclusive, WorkOf(validate, table))],
        DropConstraint drop => [Exclusive(table), .. Referenced(table, drop.Constraint).Select(other => Exclusive(other))],
        DropColumn drop => [Exclusive(table), .. ReferencedBy(table, drop.Column).Select(other => Exclusive(other))],
        RewriteTable => [Exclusive(table, TableWork.Rewrites)],
        ChangePartition change => Partitioned(change, table),
        OtherAction other => [Effect(table, other.Lock)],
        _ => [Exclusive(table)],
    };

    private TableEffect Effect(ObjectName table, TableLock mode, TableWork work = TableWork.None) =>
        Effect(schema.Table(table), mode, work);

    private static TableEffect Effect(KnownTable table, TableLock mode, TableWork work = TableWork.None) => new(table, mode, work);

    private static TableEffect Exclusive(KnownTable table, TableWork work = TableWork.None) =>
        Effect(table, TableLock.AccessExclusive, work);

    /// <summary>The work of a new column. PostgreSQL looks for a row if the column is required and has no default.</summary>
    private TableWork WorkOf(ColumnDefinition column) =>
        AddedColumns.ReasonToRewrite(column, schema) is not null ? TableWork.Rewrites
        : column is { IsRequired: true, Default: null } ? TableWork.ReadsRows
        : TableWork.None;

    private TableWork WorkOf(ChangeRows change) => change.Condition is { } condition
        && schema.Table(change.Table) is { Key.Count: > 0 } table && RowChanges.SelectsOneRow(condition, table)
            ? TableWork.None
            : TableWork.ChangesRows;

    private static TableWork WorkOf(ChangeNullability change, KnownTable table) =>
        change.IsRequired && !table.IsRequired(change.Column) ? TableWork.ReadsRows : TableWork.None;

    private static TableWork WorkOf(ValidateConstraint validate, KnownTable table) =>
        table.Constraints.Exists(constraint => constraint.Name == validate.Constraint && !constraint.IsNotValid)
            ? TableWork.None
            : TableWork.ReadsRows;

    private static TableWork WorkOf(TableMaintenance work) => work.Command switch
    {
        "LOCK" => TableWork.None,
        "REINDEX" => TableWork.BuildsIndex,
        _ => TableWork.Rewrites,
    };

    /// <summary>The effects of a constraint that is written with a new column. Foreign keys of nulls aren't checked.</summary>
    private IEnumerable<TableEffect> OfOwn(ConstraintDefinition constraint, AddColumn add, KnownTable table) =>
        Of(constraint with { IsNotValid = constraint.Kind == ConstraintKind.ForeignKey && add.Column.Default is null }, table);

    private IEnumerable<TableEffect> Of(ConstraintDefinition constraint, KnownTable table)
    {
        var checks = constraint.IsNotValid ? TableWork.None : TableWork.ReadsRows;
        return constraint.Kind switch
        {
            ConstraintKind.ForeignKey =>
            [
                Effect(table, TableLock.ShareRowExclusive, checks),
                .. Referenced([constraint]).Select(name => Effect(name, TableLock.ShareRowExclusive, checks)),
            ],
            ConstraintKind.Check or ConstraintKind.NotNull => [Exclusive(table, checks)],
            _ when constraint.UsesIndex => [Exclusive(table)],
            _ => [Exclusive(table, TableWork.BuildsIndex)],
        };
    }

    private IEnumerable<TableEffect> Changed(ChangeType change, KnownTable table) =>
    [
        Exclusive(table, TypeChanges.WorkOf(change, table)),
        .. ReferencedBy(table, change.Column).Select(other => Exclusive(other)),
    ];

    private IEnumerable<TableEffect> Partitioned(ChangePartition change, KnownTable table)
    {
        var isAttached = change.Words.StartsWith("ATTACH", StringComparison.Ordinal);
        var mode = isAttached || change.IsConcurrent ? TableLock.ShareUpdateExclusive : TableLock.AccessExclusive;
        return
        [
            Effect(table, mode),
            isAttached ? Effect(change.Partition, TableLock.AccessExclusive, TableWork.ReadsRows) : Effect(change.Partition, mode),
        ];
    }

    /// <summary>The effects of a drop: a foreign key is a trigger on the table that it references, which is dropped as well.</summary>
    private IEnumerable<TableEffect> Dropped(KnownTable table, bool cascades)
    {
        var references = table.Constraints.Select(constraint => constraint.References).OfType<ObjectName>().Select(schema.Table);
        var referencing = cascades ? Referencing(table) : [];
        var parent = table.PartitionOf is { } name ? [schema.Table(name)] : Array.Empty<KnownTable>();
        return new[] { table }.Concat(references).Concat(referencing).Concat(parent).Select(one => Exclusive(one));
    }

    private IEnumerable<KnownTable> WithReferencing(ObjectName name) =>
        new[] { schema.Table(name) }.Concat(Referencing(schema.Table(name)));

    private List<KnownTable> Referencing(KnownTable table) =>
        [.. schema.Tables.Where(other => other.Constraints.Exists(constraint => constraint.References == table.Name))];

    private IEnumerable<KnownTable> Referenced(KnownTable table, string constraint) =>
        Referenced(table.Constraints.Where(one => one.Name == constraint)).Select(schema.Table);

    /// <summary>The tables of the foreign keys that a column has.</summary>
    private List<KnownTable> ReferencedBy(KnownTable table, string column) =>
        [.. Referenced(table.Constraints.Where(constraint => constraint.Columns.Contains(column))).Select(schema.Table)];
}
