namespace MigrationsBuild.Testing;

/// <summary>PostgreSQL's programs, and where a server runs that they start.</summary>
internal abstract class PostgreSqlPrograms : IDisposable
{
    /// <summary>The user that a server runs as, and its superuser.</summary>
    protected const string User = "postgres";

    /// <summary>A folder for one cluster, which that user owns, as the programs see it.</summary>
    public abstract string Folder { get; }

    /// <summary>Where tests reach the server.</summary>
    public abstract (string Host, int Port) Address { get; }

    /// <summary>Where the server listens, as its options say it.</summary>
    public abstract string ListenOptions { get; }

    /// <summary>Runs a program as the server's user: <c>initdb</c>, <c>pg_ctl</c>.</summary>
    public abstract CommandResult RunAsServer(string program, params string[] arguments);

    /// <summary>Writes a file that the server's user can read.</summary>
    /// <param name="path">Its path, as the programs see it.</param>
    /// <param name="text">Its text.</param>
    public abstract void Write(string path, string text);

    /// <summary>Runs a client program: <c>psql</c>, <c>pg_dump</c>.</summary>
    /// <param name="program">The program.</param>
    /// <param name="database">The database.</param>
    /// <param name="password">The superuser's password.</param>
    /// <param name="arguments">Its arguments; those that are paths are of files of the test's.</param>
    public abstract CommandResult RunClient(string program, string database, string password, IReadOnlyList<string> arguments);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Finds them: in a container where a container engine answers, else on this machine.</summary>
    /// <exception cref="InvalidOperationException">There are none; at the second time the test is inconclusive.</exception>
    public static PostgreSqlPrograms Find() => PostgreSqlSource.Choose(null) switch
    {
        PostgreSqlSourceKind.Container => new ContainerPrograms(),
        PostgreSqlSourceKind.Installed => new InstalledPrograms(InstalledPrograms.Default!),
        _ => throw PostgreSqlSource.Missing(),
    };

    /// <summary>The variables by which client programs connect.</summary>
    public static Dictionary<string, string?> ClientVariables(string host, int port, string user, string password, string database) => new()
    {
        ["PGHOST"] = host,
        ["PGPORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["PGUSER"] = user,
        ["PGPASSWORD"] = password,
        ["PGDATABASE"] = database,
    };
}
