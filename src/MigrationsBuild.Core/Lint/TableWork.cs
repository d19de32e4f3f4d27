namespace MigrationsBuild.Lint;

/// <summary>Work that takes the longer the larger the table is, from the lightest to the heaviest.</summary>
public enum TableWork
{
    /// <summary>None: only the catalog changes.</summary>
    None,

    /// <summary>Rows are updated or deleted.</summary>
    ChangesRows,

    /// <summary>All rows are read, for example to validate a constraint.</summary>
    ReadsRows,

    /// <summary>An index is built.</summary>
    BuildsIndex,

    /// <summary>The table and all of its indexes are written again.</summary>
    Rewrites,
}
