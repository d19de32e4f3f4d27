namespace MigrationsBuild.Testing;

/// <summary>A kind of place that the tests' PostgreSQL may come from.</summary>
internal enum PostgreSqlSourceKind
{
    /// <summary>There is no such location.</summary>
    None,

    /// <summary>A server that an environment variable names.</summary>
    Server,

    /// <summary>The programs of a container image.</summary>
    Container,

    /// <summary>The programs of this machine.</summary>
    Installed,
}

/// <summary>Which of the places that PostgreSQL may come from is taken, and what is said where there is none.</summary>
internal static class PostgreSqlSource
{
    /// <summary>The variable that names a server: the connection string of a superuser.</summary>
    public const string Variable = "MIGRATIONSBUILD_TEST_POSTGRES";

    private static int _failures;

    /// <summary>What to do where there is none.</summary>
    public static string Message =>
        "These tests need PostgreSQL. Any of these will do: a container engine, such as Docker, that answers; "
        + $"the programs {string.Join(", ", InstalledPrograms.Needed)} on the PATH, "
        + "which the package postgresql of most systems brings; or, but for the servers that tests crash on purpose, "
        + $"a server: {Variable} is the connection string of its superuser.";

    /// <summary>Takes the first that there is here.</summary>
    /// <param name="server">The connection string of a server that was named.</param>
    public static PostgreSqlSourceKind Choose(string? server) =>
        Choose(server, ContainerPrograms.CanRun, () => InstalledPrograms.Default is not null);

    /// <summary>Takes the first that there is: what was named, a container, the programs of this machine.</summary>
    /// <param name="server">The connection string of a server that was named.</param>
    /// <param name="canRunContainers">Whether a container engine answers; asked only if that matters.</param>
    /// <param name="hasPrograms">Whether this machine has the programs.</param>
    public static PostgreSqlSourceKind Choose(string? server, Func<bool> canRunContainers, Func<bool> hasPrograms)
    {
        if (!string.IsNullOrEmpty(server))
            return PostgreSqlSourceKind.Server;
        if (canRunContainers())
            return PostgreSqlSourceKind.Container;
        return hasPrograms() ? PostgreSqlSourceKind.Installed : PostgreSqlSourceKind.None;
    }

    /// <summary>
    /// The failure of a test that finds none. The first one of a run fails and says what to do; the others are inconclusive.
    /// </summary>
    public static Exception Missing() => Once(new InvalidOperationException(Message), ref _failures);

    /// <summary>The failure itself at the first time, then a reference to it.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="failures">How often it came.</param>
    public static Exception Once(Exception failure, ref int failures) =>
        Interlocked.Increment(ref failures) == 1
            ? failure
            : new AssertInconclusiveException("There is no PostgreSQL: the first test that failed says what to do.");
}
