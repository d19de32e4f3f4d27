namespace MigrationsBuild.Protocol;

/// <summary>The names of the results by which a build tells <c>dotnet db</c> how to do without it.</summary>
public static class CallMessages
{
    /// <summary>
    /// How the runner is called: <c>project</c>, <c>state-folder</c>, <c>dotnet</c>, <c>runner</c>, <c>context</c>, <c>variable</c>, and
    /// <c>input</c>, a <see cref="RunnerInput"/> as text.
    /// </summary>
    public const string Call = "call";

    /// <summary>A file that the answer comes from and that no build writes: <c>path</c>.</summary>
    public const string Source = "call-source";

    /// <summary>A file that the build may have written: <c>path</c>.</summary>
    public const string Output = "call-output";
}
