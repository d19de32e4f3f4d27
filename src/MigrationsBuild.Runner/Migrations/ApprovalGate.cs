using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>Keeps migrations that are not approved out of databases that are not development databases.</summary>
internal static class ApprovalGate
{
    /// <summary>Refuses a migration that may not be applied.</summary>
    /// <exception cref="MigrationsException">It has no SQL, was edited, or is not approved and the database is not a development database.</exception>
    public static void RefuseToApply(MigrationSession session, ManifestMigration migration)
    {
        if (migration.State == MigrationState.Edited)
            throw Unapproved($"{migration.Id} isn't what was approved, so nothing is applied. Run: dotnet build -t:DbApprove -p:DbRev={migration.Id}");
        if (migration.UpPath is null)
        {
            throw new MigrationsException(
                DiagnosticCodes.NotEmittable,
                $"{migration.Id} has no SQL, so nothing is applied{(migration.Reason is null ? "" : $": {migration.Reason}")}. "
                + $"If the database already has what it does: dotnet build -t:DbStamp -p:DbRev={migration.Id}");
        }

        if (migration.State != MigrationState.Approved && !session.IsDevelopment)
        {
            throw Unapproved(
                $"{migration.Id} isn't approved{(migration.State == MigrationState.Reordered ? " in this place" : "")}, and {session.NotDevelopment}, so nothing is applied. "
                + $"Run: dotnet build -t:DbApprove. If you mean it: -p:DbForce={session.Database.Name}");
        }
    }

    /// <summary>Refuses a migration that may not be recorded as applied.</summary>
    /// <exception cref="MigrationsException">It is not approved, and the database is not a development database.</exception>
    public static void RefuseToRecord(MigrationSession session, ManifestMigration migration)
    {
        if (migration.State == MigrationState.Approved || session.IsDevelopment)
            return;
        var (what, revision) = migration.State switch
        {
            MigrationState.Edited => ("isn't what was approved", $" -p:DbRev={migration.Id}"),
            MigrationState.Reordered => ("isn't approved in this place", $" -p:DbRev={migration.Id}"),
            _ => ("isn't approved", ""),
        };
        throw Unapproved(
            $"{migration.Id} {what}, and {session.NotDevelopment}, so nothing is recorded. "
            + $"Run: dotnet build -t:DbApprove{revision}. If you mean it: -p:DbForce={session.Database.Name}");
    }

    private static MigrationsException Unapproved(string message) => new(DiagnosticCodes.ApplyUnapproved, message);
}
