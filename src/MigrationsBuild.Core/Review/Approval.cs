using MigrationsBuild.Lint;

namespace MigrationsBuild.Review;

/// <summary>An approved migration: one line of the approvals file.</summary>
/// <param name="Id">The id of the migration.</param>
/// <param name="Previous">The id of the migration before it when it was approved, or <see cref="Base"/>.</param>
/// <param name="UpHash">The hash of the up file's body; <see cref="None"/> for an adopted migration without SQL.</param>
/// <param name="DownHash">The hash of the down file's body, or <see cref="Irreversible"/>.</param>
/// <param name="SourceHash">The hash of the C#. If it changes, the SQL is generated again and compared.</param>
public sealed record Approval(string Id, string Previous, string UpHash, string DownHash, string SourceHash)
{
    /// <summary>The line number in the approvals file, from 1; 0 for a new approval.</summary>
    public int Line { get; init; }

    /// <summary>Whether this SQL was verified: see <see cref="Verification"/>.</summary>
    public bool IsVerified { get; init; }

    /// <summary>The hash of the assertions with which it was verified; empty for none.</summary>
    public string Assertions { get; init; } = "";

    /// <summary>The findings of the lint that were accepted with it.</summary>
    public IReadOnlyList<Acceptance> Accepted { get; init; } = [];

    /// <summary>Whether SQL was approved.</summary>
    public bool HasSql => UpHash != None;

    /// <summary>Whether SQL that reverts the migration was approved.</summary>
    public bool IsReversible => HasSql && DownHash != Irreversible;

    /// <summary>
    /// What a person has approved: the SQL of the migration, and the effects that were accepted. Its position, its C# and its verification
    /// may change later.
    /// </summary>
    public string Subject => $"{Id} {UpHash} {DownHash} {Acceptance.Write(Accepted)}";

    /// <summary>In place of the previous id: the migration is the first one.</summary>
    public const string Base = "base";

    /// <summary>In place of the down hash: the migration can't be reverted.</summary>
    public const string Irreversible = "irreversible";

    /// <summary>In place of the up hash: no SQL could be generated when the project was adopted.</summary>
    public const string None = "none";
}
