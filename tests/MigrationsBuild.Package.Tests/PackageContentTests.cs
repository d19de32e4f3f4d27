using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Package.Tests;

[TestClass]
public class PackageContentTests
{
    [TestMethod]
    public void The_package_holds_these_files()
    {
        string[] systems =
            ["linux-arm64", "linux-musl-arm64", "linux-musl-x64", "linux-x64", "osx-arm64", "osx-x64", "win-arm64", "win-x64"];
        // A package that is not a release has images only for the system on which it was made.
        var own = RuntimeInformation.RuntimeIdentifier;
        var images = $"tools/ready-to-run/{own}";
        string[] runner =
        [
            "Microsoft.Data.Sqlite.dll",
            "Microsoft.Extensions.DependencyInjection.Abstractions.dll",
            "Microsoft.Extensions.Logging.Abstractions.dll",
            "MigrationsBuild.Core.dll",
            "MigrationsBuild.Runner.deps.json",
            "MigrationsBuild.Runner.dll",
            "MigrationsBuild.Runner.runtimeconfig.json",
            "Npgsql.dll",
            "SQLitePCLRaw.batteries_v2.dll",
            "SQLitePCLRaw.core.dll",
            "SQLitePCLRaw.provider.e_sqlite3.dll",
            "System.CommandLine.dll",
            "System.Diagnostics.DiagnosticSource.dll",
        ];
        string[] expected =
        [
            "LICENSE",
            "MigrationsBuild.nuspec",
            "README.md",
            "THIRD-PARTY-NOTICES.txt",
            "build/MigrationsBuild.props",
            "build/MigrationsBuild.targets",
            "buildMultiTargeting/MigrationsBuild.props",
            "buildMultiTargeting/MigrationsBuild.targets",
            "icon.png",
            "tasks/MigrationsBuild.Core.dll",
            "tasks/MigrationsBuild.Tasks.dll",
            $"{images}/tasks/MigrationsBuild.Core.dll",
            $"{images}/tasks/MigrationsBuild.Tasks.dll",
            .. runner.Select(file => $"{images}/runner/{file}"),
            $"{images}/runner/{SqliteOf(own)}",
            .. runner.Select(file => $"tools/runner/{file}"),
            .. systems.Select(system => $"tools/runner/{SqliteOf(system)}"),
            .. PackageFeed.Shared.HasNativeRunner
                ? new[] { PackageFeed.NativeRunner, $"tools/native/{own}/{Path.GetFileName(SqliteOf(own))}" }
                : [],
            "tools/worker/MigrationsBuild.Worker.dll",
        ];

        var files = PackageFeed.Shared.Files("MigrationsBuild");

        CollectionAssert.AreEqual(
            expected.Order(StringComparer.Ordinal).ToArray(),
            files.Where(file => !file.StartsWith("docs/codes/", StringComparison.Ordinal)).ToArray());
        Assert.Contains("docs/codes/MIG1001.md", files);
    }

    [TestMethod]
    [DataRow("tasks/MigrationsBuild.Core.dll")]
    [DataRow("tasks/MigrationsBuild.Tasks.dll")]
    [DataRow("runner/MigrationsBuild.Runner.dll")]
    [DataRow("runner/Npgsql.dll")]
    public void An_image_has_code_that_was_compiled_ahead_of_time_and_is_otherwise_the_portable_assembly(string file)
    {
        using var image = Read($"tools/ready-to-run/{RuntimeInformation.RuntimeIdentifier}/{file}");
        using var portable = Read(file.StartsWith("tasks/", StringComparison.Ordinal) ? file : $"tools/{file}");

        Assert.AreNotEqual(0, image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
        Assert.AreEqual(0, portable.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
        Assert.AreEqual(ModuleOf(portable), ModuleOf(image));
    }

    [TestMethod]
    public void The_package_of_a_build_server_has_the_native_runner()
    {
        if (Environment.GetEnvironmentVariable("CI") is null or "" or "false" or "0")
            Assert.Inconclusive("Compiling it takes more than a minute, so only build servers do.");

        Assert.IsTrue(PackageFeed.Shared.HasNativeRunner);
    }

    [TestMethod]
    public void A_build_uses_the_images_of_its_system_and_a_publish_the_portable_runner()
    {
        using var folder = new TestFolder("unpacked");
        PackageFeed.Shared.Unpack("MigrationsBuild", folder.Path);
        folder.Write("build/any.proj", "<Project><Import Project=\"MigrationsBuild.props\" /></Project>");
        IReadOnlyList<string> Parts()
        {
            string[] names =
            [
                "_MigrationsBuildTasksAssembly", "_MigrationsBuildRunnerAssembly", "_MigrationsBuildPortableRunner",
                "_MigrationsBuildNativeRunner",
            ];
            var result = Dotnet.Run(folder.Path, ["msbuild", "build/any.proj", $"-getProperty:{string.Join(',', names)}"]);
            using var properties = JsonDocument.Parse(result.Output);
            return [.. names.Select(name => properties.RootElement.GetProperty("Properties").GetProperty(name).GetString()!)
                .Select(path => path.Length == 0 ? "" : Path.GetRelativePath(folder.Path, Path.GetFullPath(path)))];
        }

        var images = $"tools/ready-to-run/{RuntimeInformation.RuntimeIdentifier}";
        const string runner = "runner/MigrationsBuild.Runner.dll";
        string[] portable = ["tasks/MigrationsBuild.Tasks.dll", $"tools/{runner}", $"tools/{runner}", ""];
        folder.Write(PackageFeed.NativeRunner, "a program");

        CollectionAssert.AreEqual(
            new[] { $"{images}/tasks/MigrationsBuild.Tasks.dll", $"{images}/{runner}", portable[2], PackageFeed.NativeRunner },
            Parts().ToArray());
        Directory.Move(folder[images], folder["tools/ready-to-run/another-system"]);
        Directory.Move(folder["tools/native"], folder["tools/native-of-another-system"]);
        CollectionAssert.AreEqual(portable, Parts().ToArray());
    }

    private static PEReader Read(string file) => new(new MemoryStream(PackageFeed.Shared.ReadBytes("MigrationsBuild", file)));

    private static Guid ModuleOf(PEReader reader)
    {
        var metadata = reader.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    private static string SqliteOf(string system)
    {
        var name = system.Split('-')[0] switch { "win" => "e_sqlite3.dll", "osx" => "libe_sqlite3.dylib", _ => "libe_sqlite3.so" };
        return $"runtimes/{system}/native/{name}";
    }
}
