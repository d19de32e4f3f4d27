using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint;

/// <summary>The words for locks.</summary>
internal static class Locks
{
    /// <summary>A lock mode, with what it blocks: <c>a SHARE lock (blocks writes)</c>.</summary>
    public static string Text(TableLock mode) => mode switch
    {
        TableLock.AccessExclusive => "an ACCESS EXCLUSIVE lock (blocks reads and writes)",
        TableLock.ShareRowExclusive => "a SHARE ROW EXCLUSIVE lock (blocks writes)",
        TableLock.Share => "a SHARE lock (blocks writes)",
        TableLock.ShareUpdateExclusive => "a SHARE UPDATE EXCLUSIVE lock (blocks other changes of the schema)",
        TableLock.RowExclusive => "a ROW EXCLUSIVE lock",
        _ => "no lock",
    };
}
