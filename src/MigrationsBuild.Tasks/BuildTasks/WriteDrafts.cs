using Microsoft.Build.Framework;
using MigrationsBuild.Tasks.Checking;

namespace MigrationsBuild.Tasks.BuildTasks;

/// <summary>Writes the SQL files of drafts whose C# has changed, as every local build does, and reports nothing.</summary>
[MSBuildMultiThreadableTask]
public sealed class WriteDrafts : MigrationsTask
{
    /// <inheritdoc/>
    private protected override void Run() => new ModelCheck(Description, Log).Run(wantsConnections: false, Cancellation);
}
