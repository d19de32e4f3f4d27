namespace MigrationsBuild.Statements;

/// <summary>The meaning of an SQL statement, as far as it concerns locks, data and the schema.</summary>
public abstract record Statement;

/// <summary><c>CREATE TABLE</c>.</summary>
/// <param name="Table">The table.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Constraints">The constraints of the table; those of a column are in its definition.</param>
public sealed record CreateTable(
    ObjectName Table, IReadOnlyList<ColumnDefinition> Columns, IReadOnlyList<ConstraintDefinition> Constraints) : Statement
{
    /// <summary>Whether an existing table stays as it is.</summary>
    public bool IfNotExists { get; init; }

    /// <summary>The partitioned table of which it is a partition; <see langword="null"/> if it is none.</summary>
    public ObjectName? PartitionOf { get; init; }
}

/// <summary><c>ALTER TABLE</c>.</summary>
/// <param name="Table">The table.</param>
/// <param name="Actions">The actions, in order.</param>
public sealed record AlterTable(ObjectName Table, IReadOnlyList<TableAction> Actions) : Statement;

/// <summary><c>CREATE INDEX</c>.</summary>
/// <param name="Index">The index; <see langword="null"/> if PostgreSQL chooses its name.</param>
/// <param name="Table">The table.</param>
/// <param name="Columns">The columns or expressions.</param>
public sealed record CreateIndex(ObjectName? Index, ObjectName Table, IReadOnlyList<string> Columns) : Statement
{
    /// <summary>The condition of a partial index; otherwise empty.</summary>
    public string Condition { get; init; } = "";

    /// <summary>Whether it is a unique index.</summary>
    public bool IsUnique { get; init; }

    /// <summary>Whether a unique index allows several nulls.</summary>
    public bool AreNullsDistinct { get; init; } = true;

    /// <summary>Whether it is created with <c>CONCURRENTLY</c>.</summary>
    public bool IsConcurrent { get; init; }

    /// <summary>Whether an existing index stays as it is.</summary>
    public bool IfNotExists { get; init; }
}

/// <summary><c>DROP INDEX</c>.</summary>
/// <param name="Indexes">The indexes.</param>
/// <param name="IsConcurrent">Whether they are dropped with <c>CONCURRENTLY</c>.</param>
public sealed record DropIndex(IReadOnlyList<ObjectName> Indexes, bool IsConcurrent) : Statement;

/// <summary><c>DROP</c> of another object.</summary>
/// <param name="Kind">The kind, in upper case: <c>TABLE</c>.</param>
/// <param name="Names">The objects.</param>
/// <param name="Cascades">Whether the objects that depend on them are dropped as well.</param>
public sealed record DropObjects(string Kind, IReadOnlyList<ObjectName> Names, bool Cascades) : Statement
{
    /// <summary>Whether objects that don't exist are skipped.</summary>
    public bool IfExists { get; init; }

    /// <summary>The table that the object belongs to, if it is a trigger, a policy or a rule.</summary>
    public ObjectName? On { get; init; }
}

/// <summary><c>ALTER … RENAME TO</c> or <c>SET SCHEMA</c> of an object that isn't a table.</summary>
/// <param name="Kind">The kind, in upper case: <c>VIEW</c>.</param>
/// <param name="Name">The old name.</param>
/// <param name="NewName">The new name.</param>
public sealed record RenameObject(string Kind, ObjectName Name, ObjectName NewName) : Statement;

/// <summary><c>CREATE VIEW</c>.</summary>
/// <param name="View">The view.</param>
public sealed record CreateView(ObjectName View) : Statement;

/// <summary><c>CREATE TYPE</c> or <c>CREATE DOMAIN</c>.</summary>
/// <param name="Type">The type.</param>
/// <param name="Labels">The labels of an enum, as literals.</param>
/// <param name="IsConstrained">Whether it is a domain with a constraint.</param>
public sealed record CreateType(ObjectName Type, IReadOnlyList<string> Labels, bool IsConstrained) : Statement;

/// <summary><c>ALTER DOMAIN … ADD CONSTRAINT</c> or <c>SET NOT NULL</c>.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Constraint">The constraint.</param>
public sealed record ConstrainDomain(ObjectName Domain, ConstraintDefinition Constraint) : Statement;

/// <summary><c>ALTER TYPE … ADD VALUE</c>.</summary>
/// <param name="Type">The enum.</param>
/// <param name="Label">The label, as a literal.</param>
public sealed record AddEnumLabel(ObjectName Type, string Label) : Statement;

/// <summary><c>ALTER TYPE … RENAME VALUE</c>.</summary>
/// <param name="Type">The enum.</param>
/// <param name="Label">The old label, as a literal.</param>
public sealed record RenameEnumLabel(ObjectName Type, string Label) : Statement;

/// <summary><c>CREATE TRIGGER</c>.</summary>
/// <param name="Table">The table.</param>
public sealed record CreateTrigger(ObjectName Table) : Statement;

/// <summary><c>INSERT</c>.</summary>
/// <param name="Table">The table.</param>
public sealed record InsertRows(ObjectName Table) : Statement
{
    /// <summary>The columns that it names; empty if it fills all of them.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The table of which it copies every row; <see langword="null"/> if its rows are others.</summary>
    public ObjectName? Source { get; init; }
}

/// <summary><c>UPDATE</c> or <c>DELETE</c>.</summary>
/// <param name="Table">The table.</param>
/// <param name="Condition">The text after <c>WHERE</c>; <see langword="null"/> if all rows are changed.</param>
/// <param name="Columns">The columns that are updated; empty for <c>DELETE</c>.</param>
/// <param name="IsDelete">Whether it deletes rows.</param>
public sealed record ChangeRows(ObjectName Table, string? Condition, IReadOnlyList<string> Columns, bool IsDelete) : Statement;

/// <summary><c>TRUNCATE</c>.</summary>
/// <param name="Tables">The tables.</param>
/// <param name="Cascades">Whether tables that reference them are emptied as well.</param>
public sealed record TruncateTables(IReadOnlyList<ObjectName> Tables, bool Cascades) : Statement;

/// <summary>A statement that works on whole tables: <c>VACUUM</c>, <c>CLUSTER</c>, <c>REINDEX</c>, <c>LOCK</c>.</summary>
/// <param name="Command">The command, in upper case: <c>VACUUM FULL</c>.</param>
/// <param name="Subjects">The tables or indexes; empty for all of a schema or database.</param>
/// <param name="Lock">The lock on them.</param>
public sealed record TableMaintenance(string Command, IReadOnlyList<ObjectName> Subjects, TableLock Lock) : Statement
{
    /// <summary>Whether PostgreSQL refuses it in a transaction.</summary>
    public bool EndsTransaction { get; init; }
}

/// <summary>A <c>DO</c> block, or a query that changes rows several times.</summary>
/// <param name="Statements">The statements in it.</param>
public sealed record CodeBlock(IReadOnlyList<Statement> Statements) : Statement;

/// <summary><c>BEGIN</c>, <c>COMMIT</c> and the like.</summary>
/// <param name="Command">The command, in upper case.</param>
public sealed record TransactionCommand(string Command) : Statement;

/// <summary>A statement that changes no table and locks none for long.</summary>
/// <param name="Command">Its first words, in upper case.</param>
public sealed record OtherStatement(string Command) : Statement
{
    /// <summary>The table that it locks for a moment; <see langword="null"/> if there is none.</summary>
    public ObjectName? On { get; init; }

    /// <summary>The lock on that table.</summary>
    public TableLock Lock { get; init; } = TableLock.AccessExclusive;

    /// <summary>Whether PostgreSQL refuses it in a transaction.</summary>
    public bool EndsTransaction { get; init; }
}

/// <summary>A statement that isn't understood.</summary>
/// <param name="Reason">What isn't understood, as the end of a sentence.</param>
public sealed record UnknownStatement(string Reason) : Statement;
