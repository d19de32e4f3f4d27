namespace MigrationsBuild.Review;

/// <summary>
/// The outcome of <c>DbVerify</c> for a migration. It is valid for exactly this SQL, directly after this migration, with these assertions.
/// </summary>
/// <param name="Id">The id of the migration.</param>
/// <param name="Previous">The id of the migration before it, or <see cref="Approval.Base"/>.</param>
/// <param name="UpHash">The hash of the up file's body, or <see cref="Approval.None"/>.</param>
/// <param name="DownHash">The hash of the down file's body, or <see cref="Approval.Irreversible"/>.</param>
public sealed record Verification(string Id, string Previous, string UpHash, string DownHash)
{
    /// <summary>The hash of the assertions: see <see cref="AssertionsFile"/>; empty for none.</summary>
    public string Assertions { get; init; } = "";

    /// <summary>The code of the finding because of which it failed; empty if it succeeded.</summary>
    public string Failure { get; init; } = "";

    /// <summary>Whether it succeeded.</summary>
    public bool IsSuccess => Failure.Length == 0;

    /// <summary>Whether another outcome is about the same SQL at the same position.</summary>
    public bool IsAboutSameAs(Verification other) => this with { Failure = "" } == other with { Failure = "" };

    /// <summary>What a successful verification of an approved migration is valid for.</summary>
    public static Verification Of(Approval approval) =>
        new(approval.Id, approval.Previous, approval.UpHash, approval.DownHash) { Assertions = approval.Assertions };

    /// <summary>What a successful verification of a migration is valid for: the SQL that a run would execute.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="previous">The id of the migration before it, or <see cref="Approval.Base"/>.</param>
    public static Verification Of(ReviewedMigration migration, string previous)
    {
        var verification = migration is { State: MigrationState.Approved or MigrationState.Reordered, Approval: { } approval }
            ? Of(approval) with { Previous = previous }
            : new(migration.Id, previous, migration.Up?.BodyHash ?? Approval.None, migration.Down?.BodyHash ?? Approval.Irreversible);
        return verification with { Assertions = migration.Assertions };
    }
}
