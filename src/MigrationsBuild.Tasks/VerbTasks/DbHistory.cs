using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>Lists the migrations, newest first, with markers for head and current; those of the range <c>DbRev</c>, or all.</summary>
[MSBuildMultiThreadableTask]
public sealed class DbHistory : RunnerVerb
{
    /// <inheritdoc/>
    private protected override bool OnlyReads => true;

    /// <inheritdoc/>
    private protected override DatabaseNeed Need => DatabaseNeed.IfKnown;
}
