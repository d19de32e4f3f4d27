using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint;

/// <summary>The words for locks.</summary>
public static class Locks
{
    /// <summary>The name of a lock mode, as in PostgreSQL's manual.</summary>
    public static string NameOf(TableLock mode) => mode switch
    {
        TableLock.AccessExclusive => "ACCESS EXCLUSIVE",
        TableLock.ShareRowExclusive => "SHARE ROW EXCLUSIVE",
        TableLock.Share => "SHARE",
        TableLock.ShareUpdateExclusive => "SHARE UPDATE EXCLUSIVE",
        TableLock.RowExclusive => "ROW EXCLUSIVE",
        _ => "ACCESS SHARE",
    };

    /// <summary>What a lock mode blocks, as the end of a sentence that begins with "It blocks".</summary>
    public static string BlockedBy(TableLock mode) => mode switch
    {
        TableLock.AccessExclusive => "reads and writes",
        TableLock.ShareRowExclusive or TableLock.Share => "writes",
        TableLock.ShareUpdateExclusive => "other changes of the schema",
        _ => "no reads or writes",
    };

    /// <summary>A lock mode, with what it blocks: <c>a SHARE lock (blocks writes)</c>.</summary>
    public static string Text(TableLock mode) =>
        $"{(mode == TableLock.AccessExclusive ? "an" : "a")} {NameOf(mode)} lock (blocks {BlockedBy(mode)})";
}
