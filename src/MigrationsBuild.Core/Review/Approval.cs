namespace MigrationsBuild.Review;

/// <summary>One line of the approvals file: what somebody has read and lets run.</summary>
/// <param name="Id">The migration's id.</param>
/// <param name="Previous">The id before it when it was approved, or <c>base</c>.</param>
/// <param name="UpHash">Hash of the body of the up file; <see cref="None"/> for an adopted migration whose SQL can't be emitted.</param>
/// <param name="DownHash">Hash of the body of the down file, or <see cref="Irreversible"/>.</param>
/// <param name="SourceHash">Hash of the C#; it says only when to emit again and compare.</param>
public sealed record Approval(string Id, string Previous, string UpHash, string DownHash, string SourceHash)
{
    /// <summary>The line of the approvals file that it was read from, from 1; 0 if it is new.</summary>
    public int Line { get; init; }

    /// <summary>Whether there is SQL that was approved.</summary>
    public bool HasSql => UpHash != None;

    /// <summary>Whether there is SQL that reverts the migration.</summary>
    public bool IsReversible => HasSql && DownHash != Irreversible;

    /// <summary>In place of a previous id: the migration is the first.</summary>
    public const string Base = "base";

    /// <summary>In place of the down hash: the migration can't be reverted.</summary>
    public const string Irreversible = "irreversible";

    /// <summary>In place of the up hash: no SQL could be emitted when the project was adopted.</summary>
    public const string None = "none";
}
