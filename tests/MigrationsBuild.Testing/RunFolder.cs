using System.Diagnostics;

namespace MigrationsBuild.Testing;

/// <summary>
/// The folder of a test run. All files that tests write are in it. A shell waits until the test host has ended or was killed, stops the
/// servers that still run in the folder (on Linux also every other process of the run), and deletes it.
/// </summary>
public static class RunFolder
{
    /// <summary>Reads until the other end of the pipe is closed; Ctrl-C is the test host's to answer.</summary>
    private const string Script = """
        set -- "$0" "$@"
        trap '' INT TERM HUP
        cat > /dev/null
        find "$@" -name postmaster.pid | while read -r file; do kill -QUIT "$(head -n 1 "$file")"; done
        grep -ls "TMPDIR=$0/tmp" /proc/[0-9]*/environ | cut -d / -f 3 | while read -r process; do kill -KILL "$process"; done
        if [ -z "$MIGRATIONSBUILD_TEST_KEEP" ]; then rm -rf "$@"; fi
        """;

    private static readonly Process? _guard;

    static RunFolder()
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "migrationsbuild-tests", Guid.NewGuid().ToString("N")[..8]);
        Temporary = Directory.CreateDirectory(System.IO.Path.Combine(Path, "tmp")).FullName;
        InMemory = FolderInMemory() ?? Path;
        if (!OperatingSystem.IsWindows())
        {
            _guard = Process.Start(
                new ProcessStartInfo("sh", ["-c", Script, Path, InMemory]) { RedirectStandardInput = true, RedirectStandardError = true });
        }
    }

    /// <summary>The path of the folder.</summary>
    public static string Path { get; }

    /// <summary>
    /// A folder of the run in memory, for the data of servers: PostgreSQL copies 300 files for each database, and every test has its own.
    /// It is <see cref="Path"/> where there is no room in memory.
    /// </summary>
    public static string InMemory { get; }

    /// <summary>What the processes of tests take for the system's temporary folder: MSBuild leaves empty folders there.</summary>
    public static string Temporary { get; }

    /// <summary>Creates a folder in it.</summary>
    /// <param name="kind">What its name begins with.</param>
    public static string Create(string kind) => Create(Path, kind);

    /// <summary>Creates a folder in <see cref="InMemory"/>.</summary>
    /// <param name="kind">What its name begins with.</param>
    public static string CreateInMemory(string kind) => Create(InMemory, kind);

    private static string Create(string folder, string kind) =>
        Directory.CreateDirectory(System.IO.Path.Combine(folder, $"{kind}-{Guid.NewGuid().ToString("N")[..8]}")).FullName;

    private static string? FolderInMemory()
    {
        const string Shared = "/dev/shm";
        const long Enough = 4L << 30;
        var name = "migrationsbuild-tests-" + System.IO.Path.GetFileName(Path);
        return OperatingSystem.IsLinux() && Directory.Exists(Shared) && new DriveInfo(Shared).AvailableFreeSpace > Enough
            ? Directory.CreateDirectory(System.IO.Path.Combine(Shared, name)).FullName
            : null;
    }

    /// <summary>Ends the run: to be called once, last.</summary>
    public static void End()
    {
        BuildServer.Stop();
        CompilerServer.Stop();
        if (_guard is not null)
        {
            _guard.StandardInput.Close();
            _guard.WaitForExit(TimeSpan.FromMinutes(1));
        }
        else if (Environment.GetEnvironmentVariable("MIGRATIONSBUILD_TEST_KEEP") is null)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
