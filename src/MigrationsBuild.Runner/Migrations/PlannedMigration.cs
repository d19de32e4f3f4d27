using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Databases;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>A migration of a plan.</summary>
/// <param name="Id">The migration.</param>
/// <param name="Direction">Whether it is applied or reverted.</param>
/// <param name="Path">The file of the statements, as the manifest has it; <see langword="null"/> if they are the journal's.</param>
/// <param name="Commands">The statements.</param>
/// <param name="Source">The migration in the manifest; <see langword="null"/> if this build doesn't have it.</param>
internal sealed record PlannedMigration(
    string Id, MigrationDirection Direction, string? Path, IReadOnlyList<SqlCommand> Commands, ManifestMigration? Source);

internal static class MigrationDirections
{
    /// <summary>The direction as a word of a sentence.</summary>
    public static string Participle(this MigrationDirection direction) => direction == MigrationDirection.Up ? "applied" : "reverted";
}
