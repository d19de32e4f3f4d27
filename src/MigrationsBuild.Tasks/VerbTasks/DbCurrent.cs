using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>
/// Shows the newest applied migration, and the differences between the database and the build. It never writes to the database.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class DbCurrent : RunnerTask;
