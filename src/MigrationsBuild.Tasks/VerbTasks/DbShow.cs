using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>Shows the details of the migration <c>DbRev</c>, and its SQL.</summary>
[MSBuildMultiThreadableTask]
public sealed class DbShow : RunnerTask;
