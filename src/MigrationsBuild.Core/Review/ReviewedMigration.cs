using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Review;

/// <summary>A migration and what was found when its files were held against the approvals.</summary>
/// <param name="Report">The migration.</param>
/// <param name="State">The verdict.</param>
/// <param name="Up">The up file; <see langword="null"/> if there is none of ours.</param>
/// <param name="Down">The down file; <see langword="null"/> if there is none of ours.</param>
/// <param name="Findings">What the person should know, if anything.</param>
public sealed record ReviewedMigration(
    MigrationReport Report,
    MigrationState State,
    SqlFile? Up,
    SqlFile? Down,
    IReadOnlyList<Diagnostic> Findings)
{
    /// <summary>Its line of the approvals file, or <see langword="null"/>.</summary>
    public Approval? Approval { get; init; }

    /// <summary>Why its SQL files can't be approved as they are, if there is such a reason.</summary>
    public Diagnostic? Refusal { get; init; }

    /// <summary>The migration's id.</summary>
    public string Id => Report.Id;
}
