namespace MigrationsBuild.Statements;

/// <summary>An action of <c>ALTER TABLE</c>.</summary>
public abstract record TableAction;

/// <summary><c>ADD COLUMN</c>.</summary>
public sealed record AddColumn(ColumnDefinition Column) : TableAction
{
    /// <summary>Whether an existing column stays as it is.</summary>
    public bool IfNotExists { get; init; }
}

/// <summary><c>DROP COLUMN</c>.</summary>
public sealed record DropColumn(string Column) : TableAction
{
    /// <summary>Whether a column that doesn't exist is skipped.</summary>
    public bool IfExists { get; init; }
}

/// <summary><c>RENAME COLUMN</c>.</summary>
public sealed record RenameColumn(string Column, string NewName) : TableAction;

/// <summary><c>ALTER COLUMN … TYPE</c>.</summary>
/// <param name="Column">The column.</param>
/// <param name="Type">The new type, as it is written.</param>
public sealed record ChangeType(string Column, string Type) : TableAction
{
    /// <summary>The expression after <c>USING</c>.</summary>
    public string? Using { get; init; }

    /// <summary>The new collation.</summary>
    public string? Collation { get; init; }
}

/// <summary><c>ALTER COLUMN … SET NOT NULL</c> or <c>DROP NOT NULL</c>.</summary>
public sealed record ChangeNullability(string Column, bool IsRequired) : TableAction;

/// <summary><c>ALTER COLUMN … SET DEFAULT</c> or <c>DROP DEFAULT</c>.</summary>
public sealed record ChangeDefault(string Column, string? Default) : TableAction;

/// <summary><c>ALTER COLUMN … ADD GENERATED AS IDENTITY</c>.</summary>
public sealed record AddIdentity(string Column) : TableAction;

/// <summary><c>ALTER COLUMN … DROP IDENTITY</c>.</summary>
public sealed record DropIdentity(string Column) : TableAction;

/// <summary><c>ALTER COLUMN … DROP EXPRESSION</c>: the column keeps its values and is no longer computed.</summary>
public sealed record DropExpression(string Column) : TableAction;

/// <summary><c>ADD CONSTRAINT</c>, or a constraint without a name.</summary>
public sealed record AddConstraint(ConstraintDefinition Constraint) : TableAction;

/// <summary><c>VALIDATE CONSTRAINT</c>.</summary>
public sealed record ValidateConstraint(string Constraint) : TableAction;

/// <summary><c>DROP CONSTRAINT</c>.</summary>
public sealed record DropConstraint(string Constraint) : TableAction;

/// <summary><c>RENAME CONSTRAINT</c>.</summary>
public sealed record RenameConstraint(string Constraint, string NewName) : TableAction;

/// <summary><c>RENAME TO</c> or <c>SET SCHEMA</c>.</summary>
public sealed record RenameTable(ObjectName NewName) : TableAction;

/// <summary>An action that writes the whole table again: <c>SET UNLOGGED</c>, <c>SET TABLESPACE</c>.</summary>
/// <param name="Words">The action, in upper case.</param>
public sealed record RewriteTable(string Words) : TableAction;

/// <summary><c>ATTACH PARTITION</c> or <c>DETACH PARTITION</c>.</summary>
/// <param name="Words">The action, in upper case: <c>DETACH PARTITION</c>.</param>
/// <param name="Partition">The partition.</param>
/// <param name="IsConcurrent">Whether it is done with <c>CONCURRENTLY</c>.</param>
public sealed record ChangePartition(string Words, ObjectName Partition, bool IsConcurrent) : TableAction;

/// <summary>An action that takes a moment and changes no data.</summary>
/// <param name="Words">Its first words, in upper case.</param>
/// <param name="Lock">Its lock on the table.</param>
public sealed record OtherAction(string Words, TableLock Lock = TableLock.AccessExclusive) : TableAction;

/// <summary>An action that isn't understood.</summary>
/// <param name="Words">Its first words.</param>
public sealed record UnknownAction(string Words) : TableAction;
