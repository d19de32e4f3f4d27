namespace MigrationsBuild.Testing;

/// <summary>The PostgreSQL of this machine; its servers listen on the loopback address.</summary>
internal sealed class InstalledPrograms : PostgreSqlPrograms
{
    private readonly string _programs;

    /// <summary>The programs in a folder.</summary>
    /// <param name="programs">The folder.</param>
    public InstalledPrograms(string programs)
    {
        _programs = programs;
        Folder = RunFolder.CreateInMemory("pg");
        Address = ("127.0.0.1", LocalPort.Free());
        GiveToServer(Folder);
    }

    /// <summary>What tests call.</summary>
    public static IReadOnlyList<string> Needed { get; } = ["initdb", "pg_ctl", "psql", "pg_dump"];

    /// <summary>
    /// The folder on the PATH, or of Debian's packages, that contains all programs; <see langword="null"/> if there is none.
    /// </summary>
    public static string? Default { get; } =
        In([.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), .. DebianFolders()]);

    /// <inheritdoc/>
    public override string Folder { get; }

    /// <inheritdoc/>
    public override (string Host, int Port) Address { get; }

    /// <inheritdoc/>
    public override string ListenOptions => $"-p {Address.Port} -h {Address.Host} -k {Folder}";

    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>The first folder that has all programs.</summary>
    /// <param name="folders">The folders.</param>
    public static string? In(IEnumerable<string> folders) =>
        folders.FirstOrDefault(folder => Needed.All(program => Has(folder, program) || Has(folder, program + ".exe")));

    private static bool Has(string folder, string file) => File.Exists(Path.Combine(folder, file));

    /// <summary>PostgreSQL refuses to run as root; its packages bring a user of their own.</summary>
    public override CommandResult RunAsServer(string program, params string[] arguments) => IsRoot
        ? CommandLine.Run("/", "runuser", ["-u", User, "--", Path.Combine(_programs, program), .. arguments])
        : CommandLine.Run("/", Path.Combine(_programs, program), arguments);

    /// <inheritdoc/>
    public override void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        GiveToServer(path);
    }

    /// <inheritdoc/>
    public override CommandResult RunClient(string program, string database, string password, IReadOnlyList<string> arguments) =>
        CommandLine.Run(
            Path.GetTempPath(),
            Path.Combine(_programs, program),
            arguments,
            ClientVariables(Address.Host, Address.Port, User, password, database));

    /// <inheritdoc/>
    public override void Dispose() => Directory.Delete(Folder, recursive: true);

    private static void GiveToServer(string path)
    {
        if (IsRoot)
            CommandLine.Run("/", "chown", [User, path]);
    }

    private static string[] DebianFolders() =>
        Directory.Exists("/usr/lib/postgresql")
            ? [.. Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin"))]
            : [];
}
