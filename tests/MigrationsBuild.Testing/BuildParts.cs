using System.IO.Compression;
using System.Runtime.InteropServices;

namespace MigrationsBuild.Testing;

/// <summary>The assemblies that the builds of generated projects use.</summary>
/// <param name="Tasks">The tasks.</param>
/// <param name="Worker">The worker.</param>
/// <param name="Runner">The runner.</param>
public sealed record BuildParts(string Tasks, string Worker, string Runner)
{
    /// <summary>The native runner; empty if there is none.</summary>
    public string NativeRunner { get; init; } = "";

    /// <summary>How a build starts the runner.</summary>
    public string[] RunnerCommand =>
        NativeRunner.Length > 0 ? [NativeRunner, "--request", "-"] : [Dotnet.Path, "exec", Runner, "--request", "-"];

    /// <summary>Those that new projects get: by default, images of the parts that the build of this repository has just built.</summary>
    public static BuildParts Current { get; set; } = new(
        Repository.Part("MigrationsBuild.Tasks"),
        Repository.Part("MigrationsBuild.Worker"),
        Repository.Runner);

    /// <summary>Packs the package and returns its parts for this system, as users have them.</summary>
    public static BuildParts Pack()
    {
        var folder = RunFolder.Create("packed");
        var result = Dotnet.Run(
            Repository.Root,
            ["pack", "nuget", "--no-build", "-c", Repository.Configuration, "-p:PackageVersion=0.0.0-packed", "-o", folder]);
        if (result.ExitCode != 0)
            throw new InvalidOperationException(result.ToString());
        ZipFile.ExtractToDirectory(Path.Combine(folder, "MigrationsBuild.0.0.0-packed.nupkg"), folder);
        var native = Path.Combine(folder, "tools/native", RuntimeInformation.RuntimeIdentifier, "MigrationsBuild.Runner.Native");
        if (!OperatingSystem.IsWindows() && File.Exists(native))
            File.SetUnixFileMode(native, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var images = Path.Combine(folder, "tools/ready-to-run", RuntimeInformation.RuntimeIdentifier);
        return new BuildParts(
            Path.Combine(images, "tasks/MigrationsBuild.Tasks.dll"),
            Path.Combine(folder, "tools/worker/MigrationsBuild.Worker.dll"),
            Path.Combine(images, "runner/MigrationsBuild.Runner.dll"))
        {
            NativeRunner = File.Exists(native) ? native : "",
        };
    }
}
