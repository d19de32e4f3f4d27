using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Logging;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Approving;

/// <summary>Shows which of many approved migrations need a closer look, as in an adoption.</summary>
internal sealed class ApprovalSummary(VerbOutput output)
{
    /// <summary>The maximum number of migrations that are shown in full.</summary>
    public const int MostInFull = 10;

    private static readonly (string Heading, Func<ReviewedMigration, bool> Includes)[] _kinds =
    [
        ("NO SQL, so a new database can't be created with it", migration => migration.Report.Emission is { Up: null }),
        ("IRREVERSIBLE", migration => migration.Report.Emission is { Up: not null, Down: null }),
        ("DOWN IS EMPTY, so a rollback changes nothing but the history", migration => IsDownEmpty(migration)),
        ("LOSES DATA", migration => migration.Report.Emission?.DataLosses.Count > 0),
        ("RENAMES, and keeps the data", migration => migration.Report.Emission?.Renames.Count > 0),
        ("EF CORE WARNS", migration => migration.Report.Emission?.Warnings.Count > 0),
        (
            "PINNED AS IT IS NOW, because its C# generates non-deterministic SQL",
            migration => migration.Report.Emission is { IsNonDeterministic: true }),
        ("EDITED BY HAND, and pinned as it is", migration => IsEdited(migration)),
    ];

    /// <summary>Whether the SQL of a migration was changed after it was generated.</summary>
    public static bool IsEdited(ReviewedMigration migration) =>
        migration.Up is { IsAsGenerated: false } || migration.Down is { IsAsGenerated: false };

    /// <summary>Whether a migration does something and its <c>Down</c> does nothing, as a handwritten one often does.</summary>
    public static bool IsDownEmpty(ReviewedMigration migration) =>
        migration is { Report.Emission: { Up: { } up, Down: { } down }, Down: null or { IsAsGenerated: true } }
        && up.Trim().Length > 0 && down.Trim().Length == 0;

    /// <summary>Shows the summary.</summary>
    /// <param name="migrations">The migrations that were approved.</param>
    /// <param name="isVerbose">Whether all of them are already shown in full.</param>
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
            output.WriteLine("  The SQL files show what each of them does.", Hint.Add("To list it here as well", "DbVerbose", "true"));
    }
}
