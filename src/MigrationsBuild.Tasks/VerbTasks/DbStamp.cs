using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>Records in the history that the database is at <c>DbRev</c>, without executing SQL.</summary>
[MSBuildMultiThreadableTask]
public sealed class DbStamp : RunnerTask;
