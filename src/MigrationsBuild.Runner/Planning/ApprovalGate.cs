using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Planning;

/// <summary>Keeps migrations that are not approved out of databases that are not development databases.</summary>
internal static class ApprovalGate
{
    /// <summary>Refuses to apply a migration.</summary>
    /// <exception cref="MigrationsException">
    /// It has no SQL, was edited, or is not approved and the database is not a development database.
    /// </exception>
    public static void RefuseToApply(MigrationSession session, ManifestMigration migration)
    {
        if (migration.State == MigrationState.Edited)
            throw Unapproved($"{migration.Id} isn't what was approved, so nothing is applied.", Approve(migration));
        if (migration.UpPath is null)
        {
            throw new MigrationsException(
                DiagnosticCodes.NotEmittable,
                $"{migration.Id} has no SQL, so nothing is applied{(migration.Reason is null ? "" : $": {migration.Reason}")}.",
                new Hint("If the database already has its changes, run", VerbTable.Stamp, migration.Id));
        }

        if (migration.State != MigrationState.Approved && !session.IsDevelopment)
        {
            var what = migration.State == MigrationState.Reordered ? "was approved at another position" : "isn't approved";
            throw Unapproved(
                $"{migration.Id} {what}, and {session.NotDevelopment}, so nothing is applied.", Approve(migration), session.ForceHint);
        }
    }

    /// <summary>Refuses to record a migration as applied.</summary>
    /// <exception cref="MigrationsException">It is not approved, and the database is not a development database.</exception>
    public static void RefuseToRecord(MigrationSession session, ManifestMigration migration)
    {
        if (migration.State == MigrationState.Approved || session.IsDevelopment)
            return;
        var what = migration.State switch
        {
            MigrationState.Edited => "isn't what was approved",
            MigrationState.Reordered => "was approved at another position",
            _ => "isn't approved",
        };
        throw Unapproved(
            $"{migration.Id} {what}, and {session.NotDevelopment}, so nothing is recorded.", Approve(migration), session.ForceHint);
    }

    /// <summary>The command that approves it. A migration that was approved before has to be named.</summary>
    private static Hint Approve(ManifestMigration migration) =>
        Hint.Run(VerbTable.Approve, migration.State is MigrationState.Edited or MigrationState.Reordered ? migration.Id : null);

    private static MigrationsException Unapproved(string message, params Hint[] hints) =>
        new(new Diagnostic(DiagnosticCodes.ApplyUnapproved, message) { Hints = hints });
}
