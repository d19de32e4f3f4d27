using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Logging;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Approving;

/// <summary>Of many approvals at once, as an adoption has them, the migrations that somebody should look at.</summary>
/// <param name="output">Where it is shown.</param>
internal sealed class ApprovalSummary(VerbOutput output)
{
    /// <summary>Up to so many migrations are shown in full.</summary>
    public const int MostInFull = 10;

    private static readonly (string Heading, Func<ReviewedMigration, bool> Includes)[] _kinds =
    [
        ("NO SQL, so a new database can't be made with it", migration => migration.Report.Emission is { Up: null }),
        ("IRREVERSIBLE", migration => migration.Report.Emission is { Up: not null, Down: null }),
        ("LOSES DATA", migration => migration.Report.Emission?.DataLosses.Count > 0),
        ("RENAMES, and keeps the data", migration => migration.Report.Emission?.Renames.Count > 0),
        ("EF CORE WARNS", migration => migration.Report.Emission?.Warnings.Count > 0),
        ("PINNED AS IT IS NOW, because its C# yields other SQL each time", migration => migration.Report.Emission is { IsUnsteady: true }),
        ("EDITED BY HAND, and pinned as it is", migration => IsEdited(migration)),
    ];

    /// <summary>Whether the SQL of a migration is no longer what its C# yielded.</summary>
    /// <param name="migration">The migration.</param>
    public static bool IsEdited(ReviewedMigration migration) =>
        migration.Up is { IsAsGenerated: false } || migration.Down is { IsAsGenerated: false };

    /// <summary>Shows it.</summary>
    /// <param name="migrations">The migrations that were approved.</param>
    /// <param name="isVerbose">Whether each of them was shown before.</param>
    public void Write(IReadOnlyList<ReviewedMigration> migrations, bool isVerbose)
    {
        foreach (var (heading, includes) in _kinds)
        {
            var found = migrations.Where(includes).ToList();
            if (found.Count > 0)
                output.WriteLine($"  {heading}: {found.Count} of {migrations.Count}");
            found.ForEach(migration => output.WriteLine($"    {migration.Id}"));
        }

        if (!isVerbose)
            output.WriteLine("  The SQL files say what each of them does.", Hint.Add("To list it here as well", "DbVerbose", "true"));
    }
}
