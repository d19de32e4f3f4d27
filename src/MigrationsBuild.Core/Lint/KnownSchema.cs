using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint;

/// <summary>The tables of a database at one point of a migration. Each statement changes them.</summary>
internal sealed class KnownSchema
{
    private readonly Dictionary<ObjectName, KnownTable> _tables = [];
    private readonly HashSet<string> _constrainedTypes = [];
    private bool _isBefore;

    /// <summary>Whether a table that isn't known doesn't exist before the first migration.</summary>
    public bool IsComplete { get; init; }

    /// <summary>The tables that some statements create.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="isComplete">Whether they create all tables that migrations name.</param>
    public static KnownSchema Of(IEnumerable<Statement> statements, bool isComplete = false)
    {
        var schema = new KnownSchema { _isBefore = true, IsComplete = isComplete };
        foreach (var statement in statements)
            schema.Apply(statement);
        schema._isBefore = false;
        return schema;
    }

    /// <summary>All tables.</summary>
    public IEnumerable<KnownTable> Tables => _tables.Values;

    /// <summary>A table. One that isn't known exists, and may have any columns.</summary>
    public KnownTable Table(ObjectName name) =>
        Find(name) ?? (_tables[name] = new KnownTable(name, IsNew: false, IsKnown: false));

    /// <summary>A table; <see langword="null"/> if it isn't known.</summary>
    public KnownTable? Find(ObjectName name) => _tables.TryGetValue(name, out var table) ? table : null;

    /// <summary>The table of an index, or the table of that name; <see langword="null"/> if neither is known.</summary>
    public KnownTable? TableOf(ObjectName relation) =>
        Find(relation) ?? Tables.FirstOrDefault(table =>
            table.Indexes.Exists(index => index.Index == relation)
            || table.Constraints.Exists(constraint => constraint.HasIndex && table.Name.With(constraint.Name ?? "") == relation));

    /// <summary>Whether a type is a domain with a constraint.</summary>
    public bool IsConstrained(string type) => _constrainedTypes.Contains(ObjectName.Parse(type).ToString());

    /// <summary>Changes the tables as a statement does.</summary>
    public void Apply(Statement statement)
    {
        switch (statement)
        {
            // A branch of a block that creates it may not have run.
            case CreateTable create when Find(create.Table) is null:
                _tables[create.Table] = Created(create);
                break;
            case AlterTable alter:
                foreach (var action in alter.Actions)
                    Apply(action, alter.Table);
                break;
            case CreateIndex index:
                Table(index.Table).Indexes.Add(index);
                break;
            case DropIndex drop:
                foreach (var table in _tables.Values)
                    table.Indexes.RemoveAll(index => index.Index is { } name && drop.Indexes.Contains(name));
                break;
            case DropObjects { Kind: "TABLE" } drop:
                foreach (var name in drop.Names)
                    Drop(name);
                break;
            case InsertRows { Source: { } source } insert when TableRebuilds.CopyOf(source) == insert.Table:
                var copy = Table(insert.Table);
                copy.Copied.UnionWith(insert.Columns.Count > 0 ? insert.Columns : copy.Columns.Keys);
                break;
            case RenameObject { Kind: "SCHEMA" } rename:
                foreach (var table in _tables.Values.Where(table => table.Name.Schema == rename.Name.AsSchema).ToList())
                    Rename(table, ObjectName.In(rename.NewName.Name, table.Name.Name));
                break;
            case CreateType { IsConstrained: true } type:
                _constrainedTypes.Add(type.Type.ToString());
                break;
            default:
                break;
        }
    }

    /// <summary>Drops a table. If it is rebuilt, its copy has its rows from now on.</summary>
    private void Drop(ObjectName name)
    {
        var table = Table(name);
        _tables.Remove(name);
        if (Find(TableRebuilds.CopyOf(name)) is not { } copy)
            return;
        KnownColumn Kept(KnownColumn column) => column with
        {
            IsNew = table.IsNewColumn(column.Definition.Name) || (table.IsKnown && table.Find(column.Definition.Name) is null),
            Origin = table.Find(column.Definition.Name)?.Origin ?? column.Origin,
        };
        _tables[copy.Name] = copy with
        {
            IsNew = table.IsNew,
            Origin = table.Origin,
            Copied = [],
            Columns = copy.Columns.ToDictionary(column => column.Key, column => Kept(column.Value)),
        };
    }

    /// <summary>Renames a table. If one of the new name existed before, a branch of a block that renames this one hasn't run.</summary>
    private void Rename(KnownTable table, ObjectName newName)
    {
        if (Find(newName) is { IsNew: false })
            return;
        _tables.Remove(table.Name);
        _tables[newName] = table with { Name = newName };
    }

    private KnownTable Created(CreateTable create)
    {
        // A table that may exist already may have rows.
        var isNew = !_isBefore && (IsComplete || !create.IfNotExists);
        var table = new KnownTable(create.Table, isNew, IsKnown: create.Columns.Count > 0) { PartitionOf = create.PartitionOf };
        foreach (var column in create.Columns)
            Add(table, column, isNew: false);
        foreach (var constraint in create.Constraints)
            Add(table, constraint);
        return table;
    }

    private static void Add(KnownTable table, ColumnDefinition column, bool isNew)
    {
        table.Columns[column.Name] = new KnownColumn(column, isNew);
        foreach (var constraint in column.Constraints)
            Add(table, constraint);
    }

    /// <summary>Adds a constraint. The columns of a primary key are required.</summary>
    private static void Add(KnownTable table, ConstraintDefinition constraint)
    {
        table.Constraints.Add(constraint);
        foreach (var name in constraint.Kind == ConstraintKind.PrimaryKey ? constraint.Columns : [])
            Change(table, name, column => column with { IsRequired = true });
    }

    private static void Change(KnownTable table, string name, Func<ColumnDefinition, ColumnDefinition> change)
    {
        if (table.Find(name) is { } column)
            table.Columns[name] = column with { Definition = change(column.Definition) };
    }

    private void Apply(TableAction action, ObjectName name)
    {
        var table = Table(name);
        switch (action)
        {
            case AddColumn add:
                if (table.Find(add.Column.Name) is null)
                    Add(table, add.Column, isNew: !_isBefore && (!add.IfNotExists || (IsComplete && table.IsKnown)));
                break;
            case DropColumn drop:
                table.Columns.Remove(drop.Column);
                table.Indexes.RemoveAll(index => index.Columns.Contains(drop.Column));
                table.Constraints.RemoveAll(constraint => constraint.Columns.Contains(drop.Column));
                break;
            case RenameColumn rename
                when table.Find(rename.Column) is { } column && table.Find(rename.NewName) is null or { IsNew: true }:
                table.Columns.Remove(rename.Column);
                table.Columns[rename.NewName] = column with { Definition = column.Definition with { Name = rename.NewName } };
                break;
            case RenameTable rename:
                Rename(table, rename.NewName);
                break;
            case AddConstraint add:
                Add(table, add.Constraint);
                break;
            case DropConstraint drop:
                table.Constraints.RemoveAll(constraint => constraint.Name == drop.Constraint);
                break;
            case RenameConstraint rename:
                Replace(table, rename.Constraint, constraint => constraint with { Name = rename.NewName });
                break;
            case ValidateConstraint validate:
                Replace(table, validate.Constraint, constraint => constraint with { IsNotValid = false });
                break;
            default:
                ApplyToColumn(action, table);
                break;
        }
    }

    private static void Replace(KnownTable table, string name, Func<ConstraintDefinition, ConstraintDefinition> change)
    {
        var at = table.Constraints.FindIndex(constraint => constraint.Name == name);
        if (at >= 0)
            table.Constraints[at] = change(table.Constraints[at]);
    }

    private static void ApplyToColumn(TableAction action, KnownTable table)
    {
        switch (action)
        {
            case ChangeType change:
                Change(table, change.Column, column =>
                    column with { Type = change.Type, Collation = change.Collation ?? column.Collation });
                break;
            case ChangeNullability change:
                Change(table, change.Column, column => column with { IsRequired = change.IsRequired });
                break;
            case ChangeDefault change:
                Change(table, change.Column, column => column with { Default = change.Default });
                break;
            case AddIdentity change:
                Change(table, change.Column, column => column with { IsIdentity = true });
                break;
            case DropIdentity change:
                Change(table, change.Column, column => column with { IsIdentity = false });
                break;
            case DropExpression change:
                Change(table, change.Column, column => column with { IsStored = false, IsVirtual = false });
                break;
            default:
                break;
        }
    }
}
