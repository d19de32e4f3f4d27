using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>
/// Records the migrations up to <c>DbTo</c>, or all, in a database that has none, if it equals their result on a scratch database.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class DbBaseline : RunnerTask;
