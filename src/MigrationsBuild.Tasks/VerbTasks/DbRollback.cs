using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>Reverts applied migrations, down to <c>DbTo</c>; without it, the newest one of a development database.</summary>
[MSBuildMultiThreadableTask]
public sealed class DbRollback : RunnerTask;
