using System.IO.Compression;
using MigrationsBuild.Testing;
using MigrationsBuild.Tool.Setup;

namespace MigrationsBuild.Tool.Tests;

/// <summary>
/// A package source with an empty package of this version in place of MigrationsBuild. The projects of the tests have the targets without
/// it. All other packages come from the machine's usual folder and sources.
/// </summary>
internal sealed class PackageSource : IDisposable
{
    private readonly TestFolder _folder = new();

    public PackageSource()
    {
        using var package = ZipFile.Open(_folder[$"MigrationsBuild.{ToolVersion.Current}.nupkg"], ZipArchiveMode.Create);
        using var writer = new StreamWriter(package.CreateEntry("MigrationsBuild.nuspec").Open());
        writer.Write($"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata>
                <id>MigrationsBuild</id>
                <version>{ToolVersion.Current}</version>
                <authors>test</authors>
                <description>test</description>
                <developmentDependency>true</developmentDependency>
              </metadata>
            </package>
            """);
    }

    /// <summary>The environment for programs that restore packages.</summary>
    public Dictionary<string, string?> Environment => new()
    {
        ["NUGET_PACKAGES"] = _folder["packages"],
        ["RestoreFallbackFolders"] = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
    };

    /// <summary>Adds the source to the configuration of a folder.</summary>
    public void Configure(TestFolder folder) => folder.Write(
        "NuGet.config", $"<configuration><packageSources><add key=\"run\" value=\"{_folder.Path}\" /></packageSources></configuration>\n");

    public void Dispose() => _folder.Dispose();
}
