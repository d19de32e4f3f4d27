using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Revisions;

namespace MigrationsBuild.Review;

/// <summary>The contradictions between the assembly and the squashes of the approvals file.</summary>
internal static class SquashFindings
{
    /// <summary>The findings of a context.</summary>
    /// <param name="report">The context.</param>
    /// <param name="approvals">Its approvals file.</param>
    /// <param name="path">The path of that file.</param>
    public static IEnumerable<Diagnostic> Of(ContextReport report, ApprovalsFile approvals, string path)
    {
        var compiled = new HashSet<string>(report.Migrations.Select(migration => migration.Id), MigrationId.Equality);
        var replaced = new HashSet<string>(approvals.Squashes.SelectMany(squash => squash.Replaced), MigrationId.Equality);
        foreach (var squash in approvals.Squashes)
        {
            var kept = squash.Replaced.Where(compiled.Contains).ToList();
            if (kept.Count > 0)
                yield return Finding($"still contains {string.Join(", ", kept)}. Delete the files of the replaced migrations.");
            else if (!compiled.Contains(squash.Id) && !replaced.Contains(squash.Id))
                yield return Finding($"contains no {squash.Id}. Restore its files from version control.");

            Diagnostic Finding(string problem) => new(
                DiagnosticCodes.SquashDiffers,
                $"{squash.Id} replaces {squash.Replaced.Count} migrations, but {report.MigrationsAssembly} {problem}",
                new Location(path, squash.Line, 1));
        }
    }
}
