using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>Compares the database with what its migrations produce on a scratch database. It never writes to the database.</summary>
[MSBuildMultiThreadableTask]
public sealed class DbDiff : RunnerTask;
