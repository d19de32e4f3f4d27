using System.IO.Compression;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Package.Tests;

/// <summary>
/// The package as it is built now, in a feed and a package folder of this run's own, under a version that no cache knows. Everything
/// else comes from the machine's usual package folder and feeds.
/// </summary>
internal sealed class PackageFeed
{
    private static readonly Lazy<PackageFeed> _shared = new(() => new PackageFeed());

    private PackageFeed()
    {
        Folder = RunFolder.Create("feed");
        Version = $"0.0.0-t{DateTime.UtcNow.Ticks}";
        var result = Dotnet.Run(Repository.Root, ["pack", "nuget", "--no-build", "-c", Repository.Configuration, $"-p:PackageVersion={Version}", "-o", Folder]);
        if (result.ExitCode != 0)
            throw new InvalidOperationException(result.ToString());
    }

    public static PackageFeed Shared => _shared.Value;

    public string Folder { get; }

    public string Version { get; }

    /// <summary>The files in the package, but for those that NuGet adds.</summary>
    public IReadOnlyList<string> Files
    {
        get
        {
            using var package = ZipFile.OpenRead(Path.Combine(Folder, $"MigrationsBuild.{Version}.nupkg"));
            return [.. package.Entries.Select(entry => entry.FullName).Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml").Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>What a consumer's processes need to find it.</summary>
    public Dictionary<string, string?> Environment => new()
    {
        ["NUGET_PACKAGES"] = Path.Combine(Folder, "packages"),
        ["RestoreFallbackFolders"] = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
    };

    /// <summary>Writes the configuration that names the feed, beside the machine's own.</summary>
    public void Configure(TestFolder folder) => folder.Write(
        "NuGet.config", $"<configuration><packageSources><add key=\"run\" value=\"{Folder}\" /></packageSources></configuration>");

    public static void Cleanup()
    {
        if (_shared.IsValueCreated)
            Directory.Delete(_shared.Value.Folder, recursive: true);
    }
}
