namespace MigrationsBuild.Runner.Migrations;

/// <summary>How far an earlier run has come with a migration that isn't one transaction.</summary>
/// <param name="Done">How many of its statements are done for good.</param>
/// <param name="Started">The number of the statement in which that run has died, or just behind which; 0 if there is none.</param>
internal sealed record MigrationProgress(int Done, int Started);
