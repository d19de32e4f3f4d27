using System.Diagnostics;

namespace MigrationsBuild.Testing;

/// <summary>
/// The folder of one run of tests. All that tests write lies in it, and it goes with the run: a shell waits for the end of the test host,
/// however it comes, then stops the servers that still run in the folder, and on Linux every other process of the run, and removes it.
/// </summary>
public static class RunFolder
{
    /// <summary>Reads until the other end of the pipe is closed; Ctrl-C is the test host's to answer.</summary>
    private const string Script = """
        trap '' INT TERM HUP
        cat > /dev/null
        find "$0" -name postmaster.pid | while read -r file; do kill -QUIT "$(head -n 1 "$file")"; done
        grep -ls "TMPDIR=$0/tmp" /proc/[0-9]*/environ | cut -d / -f 3 | while read -r process; do kill -KILL "$process"; done
        if [ -z "$MIGRATIONSBUILD_TEST_KEEP" ]; then rm -rf "$0"; fi
        """;

    private static readonly Process? _guard;

    static RunFolder()
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "migrationsbuild-tests", Guid.NewGuid().ToString("N")[..8]);
        Temporary = Directory.CreateDirectory(System.IO.Path.Combine(Path, "tmp")).FullName;
        if (!OperatingSystem.IsWindows())
            _guard = Process.Start(new ProcessStartInfo("sh", ["-c", Script, Path]) { RedirectStandardInput = true, RedirectStandardError = true });
    }

    /// <summary>Where everything lies.</summary>
    public static string Path { get; }

    /// <summary>What the processes of tests take for the system's temporary folder: MSBuild leaves empty folders there.</summary>
    public static string Temporary { get; }

    /// <summary>Creates a folder in it.</summary>
    /// <param name="kind">What its name begins with.</param>
    public static string Create(string kind) => Directory.CreateDirectory(System.IO.Path.Combine(Path, $"{kind}-{Guid.NewGuid().ToString("N")[..8]}")).FullName;

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
