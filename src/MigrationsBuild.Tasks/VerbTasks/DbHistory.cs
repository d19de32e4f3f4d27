using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>Lists all migrations, or those of the range <c>DbRev</c>, newest first, with markers for head and current.</summary>
[MSBuildMultiThreadableTask]
public sealed class DbHistory : RunnerTask;
