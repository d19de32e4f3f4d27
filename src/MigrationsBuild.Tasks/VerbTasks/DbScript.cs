using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>
/// Writes the SQL that migrates a database from one revision to another (<c>DbRev=a:b</c>), up or down, to the output or to
/// <c>DbSqlFile</c>.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class DbScript : RunnerTask;
