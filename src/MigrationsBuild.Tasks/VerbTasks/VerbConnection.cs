using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Settings;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>
/// Finds the connection for a verb: the one in the environment, or on a developer's machine the one that the context is configured with.
/// </summary>
/// <param name="project">The project.</param>
/// <param name="canOmit">Whether the verb works without a connection if the context has none.</param>
/// <param name="canOmitIfStrict">Whether the verb works without a connection in a strict build.</param>
internal sealed class VerbConnection(ProjectDescription project, bool canOmit, bool canOmitIfStrict)
{
    /// <summary>
    /// Whether a variable is set that may contain a connection. Which variable counts depends on the context, which is not known yet.
    /// </summary>
    /// <param name="variable">The value of <c>DbConnectionVariable</c>.</param>
    public static bool IsSet(string variable) => Environment.GetEnvironmentVariables().Keys.Cast<string>()
        .Any(name => ConnectionVariables.IsForAnyContext(variable, name));

    /// <summary>Finds the connection for a context.</summary>
    /// <param name="context">The context.</param>
    /// <param name="connections">Returns the connections that the contexts are configured with, by full name.</param>
    /// <exception cref="MigrationsException">There is no usable connection, and the verb needs one.</exception>
    public FoundConnection Find(ContextReport context, Func<IReadOnlyDictionary<string, MessageLine>> connections)
    {
        var variable = project.Settings.ConnectionVariable;
        if (ConnectionVariables.FindSet(variable, context.ShortName) is { } set)
            return new FoundConnection(null, set, set);
        if (project.IsStrict)
        {
            return canOmitIfStrict ? FoundConnection.None : throw Failure(
                $"No connection is set, and {project.StrictBecause} means that none is guessed. Set the environment variable {variable} "
                + $"to the connection string, or {variable}_FILE to a file that holds it.");
        }

        if (!connections().TryGetValue(context.Name, out var configured) || configured["string"].Length == 0)
        {
            if (canOmit)
                return FoundConnection.None;
            throw Failure($"{Problem(context, configured)}. Set the environment variable {variable}.");
        }

        if (configured.Has("hides-password") && configured["string"].IndexOf("password", StringComparison.OrdinalIgnoreCase) < 0)
        {
            throw Failure(
                $"{context.ShortName} is configured with a data source, which doesn't reveal its password. "
                + $"Set the environment variable {variable} to the connection string.");
        }

        var remark = configured.Find("remark") is { } text ? $"; {text}" : "";
        return new FoundConnection(
            configured["string"],
            ConnectionVariables.ForContext(variable, context.ShortName),
            $"the configuration of {context.ShortName}{remark}");
    }

    private static string Problem(ContextReport context, MessageLine? configured) => configured?.Find("problem") is { } problem
        ? $"The connection string of {context.ShortName} can't be read: {problem.TrimEnd('.')}"
        : $"{context.ShortName} is configured without a connection string";

    private static MigrationsException Failure(string text) => new(DiagnosticCodes.NoConnection, text);
}

/// <summary>A connection for a verb.</summary>
/// <param name="ConnectionString">The connection string; <see langword="null"/> if the environment has it.</param>
/// <param name="Variable">The environment variable for the runner; empty if there is no connection.</param>
/// <param name="Source">The words for the origin of the connection.</param>
internal sealed record FoundConnection(string? ConnectionString, string Variable, string Source)
{
    public static FoundConnection None { get; } = new(null, "", "");
}
