using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Lint;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Review;

/// <summary>A migration with the result of its review.</summary>
/// <param name="Report">The migration.</param>
/// <param name="State">The verdict.</param>
/// <param name="Up">The up file; <see langword="null"/> if it doesn't exist or isn't from MigrationsBuild.</param>
/// <param name="Down">The down file; <see langword="null"/> if it doesn't exist or isn't from MigrationsBuild.</param>
/// <param name="Findings">The findings about the migration.</param>
public sealed record ReviewedMigration(
    MigrationReport Report,
    MigrationState State,
    SqlFile? Up,
    SqlFile? Down,
    IReadOnlyList<Diagnostic> Findings)
{
    /// <summary>Its approval; <see langword="null"/> if it isn't approved.</summary>
    public Approval? Approval { get; init; }

    /// <summary>The outcome of its verification; <see langword="null"/> if its SQL was never verified at this position.</summary>
    public Verification? Verification { get; init; }

    /// <summary>The hash of its <see cref="AssertionsFile"/>; empty if there is none.</summary>
    public string Assertions { get; init; } = "";

    /// <summary>The findings of the lint that comments in its C# accept.</summary>
    public IReadOnlyList<Acceptance> Comments { get; init; } = [];

    /// <summary>The findings of the lint.</summary>
    public IEnumerable<Diagnostic> Lint => Findings.Where(finding => finding.Code.SeverityRule == SeverityRule.Lint);

    /// <summary>The reason why its SQL files can't be approved as they are; <see langword="null"/> if they can.</summary>
    public Diagnostic? Refusal { get; init; }

    /// <summary>The migration's id.</summary>
    public string Id => Report.Id;
}
