using MigrationsBuild.Contexts;

namespace MigrationsBuild.Protocol;

/// <summary>The names of the messages that the worker sends in addition to a <see cref="WorkerAnswer"/>.</summary>
public static class WorkerMessages
{
    /// <summary>
    /// The connection of a context: <c>context</c> (its full name), <c>string</c>, the flag <c>hides-password</c>, <c>problem</c> (why
    /// there is no string), and <c>remark</c>.
    /// </summary>
    public const string Connection = "connection";

    /// <summary>A <see cref="WorkerProgress"/>.</summary>
    public const string Progress = "progress";
}
