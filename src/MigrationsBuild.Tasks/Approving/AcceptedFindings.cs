using MigrationsBuild.Diagnostics;
using MigrationsBuild.Lint;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Projects;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Approving;

/// <summary>The findings of the lint that a call accepts, and those that prevent an approval.</summary>
/// <param name="project">The project, whose settings may switch off the lint.</param>
/// <param name="codes">The value of <c>DbAccept</c>.</param>
/// <param name="reason">The value of <c>DbBecause</c>.</param>
internal sealed class AcceptedFindings(ProjectDescription project, string codes, string reason)
{
    private readonly IReadOnlyList<Acceptance> _accepted =
    [
        .. codes.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries).Distinct().Select(code => Acceptance.Of(code, reason)),
    ];

    /// <summary>The findings of severity error that nobody has accepted, each as an error.</summary>
    /// <param name="migrations">The migrations to approve.</param>
    /// <exception cref="MigrationsException">The call accepts a code that none of the migrations has.</exception>
    public IReadOnlyList<Diagnostic> Open(IReadOnlyList<ReviewedMigration> migrations)
    {
        var found = migrations.SelectMany(migration => migration.Lint).ToList();
        if (_accepted.FirstOrDefault(accepted => found.TrueForAll(finding => finding.Code.Id != accepted.Code)) is { } unused)
        {
            throw new MigrationsException(
                DiagnosticCodes.InvalidSetting,
                $"DbAccept contains {unused.Code}, but no migration to approve has a finding with this code.");
        }

        if (project.Settings.Lint == Severity.Off)
            return [];
        var open = found.FindAll(finding => finding.Severity == Severity.Error && !project.Silences(finding)
            && _accepted.All(accepted => accepted.Code != finding.Code.Id));
        if (open.Count == 0)
            return [];
        var all = _accepted.Select(accepted => accepted.Code).Concat(open.Select(finding => finding.Code.Id)).Distinct();
        var hint = new Hint("Fix the migration. Or to accept these findings, run", VerbTable.Approve)
            .With("DbAccept", string.Join(" ", all))
            .With("DbBecause", "the reason");
        open[open.Count - 1] = open[open.Count - 1] with { Hints = [.. open[open.Count - 1].Hints, hint] };
        return open;
    }

    /// <summary>The findings of a migration that this call or a comment in the C# accepts.</summary>
    public IReadOnlyList<Acceptance> Of(ReviewedMigration migration)
    {
        var codesOfMigration = migration.Lint.Select(finding => finding.Code.Id).ToList();
        return
        [
            .. migration.Comments.Concat(_accepted)
                .Where(acceptance => codesOfMigration.Contains(acceptance.Code))
                .GroupBy(acceptance => acceptance.Code)
                .Select(group => group.First())
                .OrderBy(acceptance => acceptance.Code, StringComparer.Ordinal),
        ];
    }
}
