namespace MigrationsBuild.Protocol;

/// <summary>The names of the results from which <c>dotnet db</c> learns how to repeat a call without a build.</summary>
public static class CallMessages
{
    /// <summary>
    /// The call of the runner: <c>project</c>, <c>state-folder</c>, <c>dotnet</c>, <c>runner</c>, <c>context</c>,
    /// <c>context-to-name</c>, <c>variable</c>, <c>verbs</c>, the names of the verbs that may be called, and <c>input</c>, a
    /// <see cref="RunnerInput"/> as text.
    /// </summary>
    public const string Call = "call";

    /// <summary>A file that the answer depends on and that no build writes: <c>path</c>.</summary>
    public const string Source = "call-source";

    /// <summary>A file that the answer depends on and that the build may have written: <c>path</c>.</summary>
    public const string Output = "call-output";
}
