namespace MigrationsBuild.Package.Tests;

[TestClass]
public class PackageContentTests
{
    [TestMethod]
    public void The_package_holds_these_files()
    {
        string[] systems = ["linux-arm64", "linux-musl-arm64", "linux-musl-x64", "linux-x64", "osx-arm64", "osx-x64", "win-arm64", "win-x64"];
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
            "tools/runner/Microsoft.Data.Sqlite.dll",
            "tools/runner/Microsoft.Extensions.DependencyInjection.Abstractions.dll",
            "tools/runner/Microsoft.Extensions.Logging.Abstractions.dll",
            "tools/runner/MigrationsBuild.Core.dll",
            "tools/runner/MigrationsBuild.Runner.deps.json",
            "tools/runner/MigrationsBuild.Runner.dll",
            "tools/runner/MigrationsBuild.Runner.runtimeconfig.json",
            "tools/runner/Npgsql.dll",
            "tools/runner/SQLitePCLRaw.batteries_v2.dll",
            "tools/runner/SQLitePCLRaw.core.dll",
            "tools/runner/SQLitePCLRaw.provider.e_sqlite3.dll",
            "tools/runner/System.CommandLine.dll",
            "tools/runner/System.Diagnostics.DiagnosticSource.dll",
            .. systems.Select(system => $"tools/runner/runtimes/{system}/native/{(system.StartsWith("win", StringComparison.Ordinal) ? "e_sqlite3.dll" : system.StartsWith("osx", StringComparison.Ordinal) ? "libe_sqlite3.dylib" : "libe_sqlite3.so")}"),
            "tools/worker/MigrationsBuild.Worker.dll",
        ];

        var files = PackageFeed.Shared.Files("MigrationsBuild");

        CollectionAssert.AreEqual(expected.Order(StringComparer.Ordinal).ToArray(), files.Where(file => !file.StartsWith("docs/codes/", StringComparison.Ordinal)).ToArray());
        Assert.Contains("docs/codes/MIG1001.md", files);
    }
}
