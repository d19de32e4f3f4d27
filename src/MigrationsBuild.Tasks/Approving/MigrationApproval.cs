using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Sql;
using MigrationsBuild.Text;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Approving;

/// <summary>Approves one migration: pins its SQL.</summary>
/// <param name="report">The context.</param>
/// <param name="migration">The migration, with emitted SQL.</param>
/// <param name="isAdoption">Whether a migration without SQL is accepted, because databases already have it.</param>
internal sealed class MigrationApproval(ContextReport report, ReviewedMigration migration, bool isAdoption)
{
    /// <summary>
    /// The SQL file whose generated SQL has changed since it was written, so that nobody has read the new SQL; <see langword="null"/> if
    /// there is none. Files that are missing or edited by hand don't count.
    /// </summary>
    /// <param name="migration">A migration with emitted SQL.</param>
    public static string? UnreadFile(ReviewedMigration migration)
    {
        if (migration.Report.Emission is not { Up: not null } emission || IsEditedByHand(migration.Up) || IsEditedByHand(migration.Down))
            return null;
        if (IsNonDeterministic(migration))
            return null;
        static bool Differs(SqlFile? file, string? body) => file is not null && (body is null || file.BodyHash != SqlFile.HashOf(body));
        if (Differs(migration.Up, emission.Up))
            return migration.Report.Up;
        var wasIrreversible = migration.Down is null && migration.Up is { Irreversible: not null };
        return Differs(migration.Down, emission.Down) || wasIrreversible && emission.Down is not null ? migration.Report.Down : null;
    }

    /// <summary>Creates the approval, and writes the SQL files if they differ from the pinned SQL.</summary>
    /// <param name="previous">The id of the previous migration.</param>
    /// <param name="files">The transaction for the SQL files.</param>
    /// <exception cref="MigrationsException">There is no SQL that can be pinned.</exception>
    public Approval Create(string previous, FileTransaction files)
    {
        var (id, emission) = (migration.Id, migration.Report.Emission);
        if (!MigrationId.IsUsable(id))
        {
            throw new MigrationsException(
                DiagnosticCodes.NotEmittable,
                $"The id \"{InvisibleText.Escape(id)}\" is not a valid file name, so the migration's SQL can't be stored. "
                + "Change the [Migration] attribute.",
                new Location(migration.Report.Source, 1, 1));
        }

        if (migration.Refusal is { } refusal)
            throw new MigrationsException(refusal);
        if (migration.Up is { } up && (IsEditedByHand(up) || IsEditedByHand(migration.Down)))
            return PinEdited(up, previous, files);
        if (emission?.Up is null)
        {
            return isAdoption
                ? new Approval(id, previous, Approval.None, Approval.Irreversible, migration.Report.SourceHash)
                : throw new MigrationsException(
                    DiagnosticCodes.NotEmittable,
                    $"{id} can't be written as SQL: {emission?.Reason}. Fix the migration's C#.",
                    new Hint("Or remove it", VerbTable.Discard),
                    new Location(migration.Report.Source, 1, 1));
        }

        if (IsEditedByHand(migration.Down))
        {
            throw new MigrationsException(
                DiagnosticCodes.Edited,
                $"This file of {id} was edited by hand, and the up file is missing. Restore the up file, or delete this file.",
                new Location(migration.Report.Down, 1, 1));
        }

        if (IsNonDeterministic(migration))
            emission = emission with { Up = Normal(migration.Up!), Down = migration.Down is { } file ? Normal(file) : null };
        ContextReview.WriteSql(report, migration.Report with { Emission = emission }, files);
        var down = emission.Down is null ? Approval.Irreversible : SqlFile.HashOf(emission.Down);
        return new Approval(id, previous, SqlFile.HashOf(emission.Up), down, migration.Report.SourceHash);
    }

    /// <summary>Pins SQL that was edited by hand. Its header gets the hashes of the SQL that the C# generates now.</summary>
    private Approval PinEdited(SqlFile up, string previous, FileTransaction files)
    {
        var (down, emission) = (migration.Down, migration.Report.Emission);
        void Refresh(SqlFile file, string? body, string path) => files.Write(path, (file with
        {
            Context = report.Name,
            SourceHash = migration.Report.SourceHash,
            GeneratedHash = body is null ? file.GeneratedHash : SqlFile.HashOf(body),
        }).ToText());
        Refresh(up, emission?.Up, migration.Report.Up);
        if (down is not null)
            Refresh(down, emission?.Down, migration.Report.Down);
        return new Approval(migration.Id, previous, up.BodyHash, down?.BodyHash ?? Approval.Irreversible, migration.Report.SourceHash);
    }

    /// <summary>Whether the file differs from the generated SQL only in values that are different each time.</summary>
    private static bool IsNonDeterministic(ReviewedMigration migration) =>
        migration is { Up: { } up, Report.Emission: { IsNonDeterministic: true } emission } && emission.Explains(up, migration.Down);

    private static string Normal(SqlFile file) => SqlLayout.Normalize(file.Body, file.Dialect);

    private static bool IsEditedByHand(SqlFile? file) => file is { IsAsGenerated: false };
}
