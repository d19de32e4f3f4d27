namespace MigrationsBuild.Protocol;

/// <summary>The names of what the worker sends besides a <see cref="WorkerAnswer"/>.</summary>
public static class WorkerMessages
{
    /// <summary>
    /// What a context connects to: <c>context</c>, its full name, <c>string</c>, the flag <c>hides-password</c>, <c>problem</c>, why
    /// there is no string, and <c>remark</c>.
    /// </summary>
    public const string Connection = "connection";

    /// <summary>A <see cref="WorkerProgress"/>.</summary>
    public const string Progress = "progress";
}
