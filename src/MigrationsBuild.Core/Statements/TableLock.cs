namespace MigrationsBuild.Statements;

/// <summary>PostgreSQL's lock modes on a table, from the weakest to the strongest. See "Explicit Locking" in its manual.</summary>
public enum TableLock
{
    /// <summary>No lock, or one that conflicts only with <c>ACCESS EXCLUSIVE</c>.</summary>
    None,

    /// <summary><c>ROW EXCLUSIVE</c>: rows are changed.</summary>
    RowExclusive,

    /// <summary><c>SHARE UPDATE EXCLUSIVE</c>: blocks only other changes of the schema, and vacuum.</summary>
    ShareUpdateExclusive,

    /// <summary><c>SHARE</c>: blocks writes.</summary>
    Share,

    /// <summary><c>SHARE ROW EXCLUSIVE</c>: blocks writes.</summary>
    ShareRowExclusive,

    /// <summary><c>ACCESS EXCLUSIVE</c>: blocks reads and writes.</summary>
    AccessExclusive,
}
