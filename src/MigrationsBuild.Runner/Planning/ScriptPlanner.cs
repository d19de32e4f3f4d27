using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Planning;

/// <summary>Plans the migrations of a script. It needs no database.</summary>
/// <param name="session">The run.</param>
internal sealed class ScriptPlanner(MigrationSession session)
{
    /// <summary>The migrations between two positions of the build's chain.</summary>
    /// <param name="chain">The build's migrations.</param>
    /// <param name="start">The position of the database.</param>
    /// <param name="end">The position after the script; if it is before the start, migrations are reverted.</param>
    /// <exception cref="MigrationsException">One of the migrations isn't approved, or can't be reverted.</exception>
    public MigrationPlan Plan(MigrationChain chain, int start, int end)
    {
        var direction = start < end ? MigrationDirection.Up : MigrationDirection.Down;
        var ids = chain.Ids.Skip(Math.Min(start, end) + 1).Take(Math.Abs(end - start));
        var migrations = (direction == MigrationDirection.Up ? ids : ids.Reverse()).Select(session.Manifest.Find);
        return new MigrationPlan(direction, [.. migrations.Select(migration => Planned(migration, direction))]);
    }

    private PlannedMigration Planned(ManifestMigration migration, MigrationDirection direction)
    {
        if (migration.State != MigrationState.Approved)
        {
            throw new MigrationsException(
                DiagnosticCodes.ApplyUnapproved,
                $"{migration.Id} isn't approved, so no script can contain it.",
                Hint.Run(VerbTable.Approve, migration.Id));
        }

        var path = direction == MigrationDirection.Up ? migration.UpPath : migration.DownPath;
        return path is null
            ? throw WithoutSql(migration, direction)
            : new PlannedMigration(migration.Id, direction, path, session.SqlFiles.Statements(path), migration);
    }

    private static MigrationsException WithoutSql(ManifestMigration migration, MigrationDirection direction)
    {
        var reason = migration.Reason is null ? "" : $": {migration.Reason}";
        return direction == MigrationDirection.Up
            ? new(DiagnosticCodes.NotEmittable, $"{migration.Id} has no SQL, so there is no script{reason}.")
            : new(DiagnosticCodes.Irreversible, $"{migration.Id} can't be reverted, so there is no script{reason}.");
    }
}
