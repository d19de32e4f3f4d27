using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>Shows the newest migration of the build. It needs no database.</summary>
[MSBuildMultiThreadableTask]
public sealed class DbHeads : RunnerTask;
