using System.IO.Compression;
using System.Runtime.InteropServices;
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
        var result = Dotnet.Run(
            Repository.Root,
            ["pack", "nuget", "--no-build", "-c", Repository.Configuration, $"-p:PackageVersion={Version}", "-o", Folder],
            // As the build before it, so that the package of a build server has the native runner.
            new Dictionary<string, string?> { ["CI"] = System.Environment.GetEnvironmentVariable("CI") });
        if (result.ExitCode != 0)
            throw new InvalidOperationException(result.ToString());
    }

    public static PackageFeed Shared => _shared.Value;

    public string Folder { get; }

    public string Version { get; }

    /// <summary>The native runner of this system, in the package. Only packages of build servers and releases have it.</summary>
    public static string NativeRunner { get; } = $"tools/native/{RuntimeInformation.RuntimeIdentifier}/MigrationsBuild.Runner.Native"
        + (OperatingSystem.IsWindows() ? ".exe" : "");

    /// <summary>Whether the package has the native runner.</summary>
    public bool HasNativeRunner => Files("MigrationsBuild").Contains(NativeRunner);

    /// <summary>The files in a package, but for those that NuGet adds.</summary>
    /// <param name="package"><c>MigrationsBuild</c> or <c>MigrationsBuild.Tool</c>.</param>
    public IReadOnlyList<string> Files(string package)
    {
        using var archive = Open(package);
        return [.. archive.Entries.Select(entry => entry.FullName).Where(name => !IsOfNuGet(name)).Order(StringComparer.Ordinal)];
    }

    /// <summary>The text of a file in a package.</summary>
    /// <param name="package"><c>MigrationsBuild</c> or <c>MigrationsBuild.Tool</c>.</param>
    /// <param name="file">Its name in the package.</param>
    public string Read(string package, string file)
    {
        using var reader = new StreamReader(new MemoryStream(ReadBytes(package, file)));
        return reader.ReadToEnd();
    }

    /// <summary>The content of a file in a package.</summary>
    /// <param name="package"><c>MigrationsBuild</c> or <c>MigrationsBuild.Tool</c>.</param>
    /// <param name="file">Its name in the package.</param>
    public byte[] ReadBytes(string package, string file)
    {
        using var archive = Open(package);
        var entry = archive.GetEntry(file) ?? throw new FileNotFoundException($"{file} isn't in {package}.");
        using var content = new MemoryStream();
        using var stream = entry.Open();
        stream.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Extracts a package.</summary>
    /// <param name="package"><c>MigrationsBuild</c> or <c>MigrationsBuild.Tool</c>.</param>
    /// <param name="folder">The folder to write to.</param>
    public void Unpack(string package, string folder)
    {
        using var archive = Open(package);
        archive.ExtractToDirectory(folder);
    }

    /// <summary>Copies MigrationsBuild under another version: the version of its assemblies, which the tool of this run asks for.</summary>
    /// <param name="version">The version.</param>
    /// <param name="folder">The folder to write to.</param>
    public void CopyAs(string version, string folder)
    {
        var copy = Path.Combine(folder, $"MigrationsBuild.{version}.nupkg");
        var description = Read("MigrationsBuild", "MigrationsBuild.nuspec").Replace(
            $"<version>{Version}</version>", $"<version>{version}</version>", StringComparison.Ordinal);
        File.Copy(Path.Combine(Folder, $"MigrationsBuild.{Version}.nupkg"), copy);
        using var archive = ZipFile.Open(copy, ZipArchiveMode.Update);
        archive.GetEntry("MigrationsBuild.nuspec")!.Delete();
        using var writer = new StreamWriter(archive.CreateEntry("MigrationsBuild.nuspec").Open());
        writer.Write(description);
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

    private ZipArchive Open(string package) => ZipFile.OpenRead(Path.Combine(Folder, $"{package}.{Version}.nupkg"));

    private static bool IsOfNuGet(string file) => file == "[Content_Types].xml"
        || file.StartsWith("_rels/", StringComparison.Ordinal) || file.StartsWith("package/", StringComparison.Ordinal);
}
