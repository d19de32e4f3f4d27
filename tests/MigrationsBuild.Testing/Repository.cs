using System.Reflection;
using System.Runtime.InteropServices;

namespace MigrationsBuild.Testing;

/// <summary>This repository, and what its build has made.</summary>
public static class Repository
{
    /// <summary>The folder of the images that <c>MigrationsBuild.Images</c> builds.</summary>
    private static readonly string _images =
        $"{Metadata("RepositoryRoot")}tests/MigrationsBuild.Images/obj/{Metadata("Configuration")}/net10.0/ready-to-run/"
        + $"{RuntimeInformation.RuntimeIdentifier}/";

    /// <summary>Its folder.</summary>
    public static string Root { get; } = Metadata("RepositoryRoot");

    /// <summary>The configuration that the tests were built in.</summary>
    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>The image of one of our assemblies. Its other files are in the same folder.</summary>
    /// <param name="project">Its name: <c>MigrationsBuild.Worker</c>.</param>
    public static string Part(string project) => $"{_images}parts/{project}/{project}.dll";

    /// <summary>The runner's assembly.</summary>
    public static string Runner => Part("MigrationsBuild.Runner");

    /// <summary>
    /// The folder of the images of EF Core and its providers, which <c>UsePackageImages.targets</c> puts into generated projects.
    /// </summary>
    /// <remarks>The benchmarks set another folder, because users have the packages' assemblies.</remarks>
    public static string PackageImages { get; set; } = _images + "packages/";

    /// <summary>What the build wrote into this assembly under a name.</summary>
    /// <param name="key">The name.</param>
    internal static string Metadata(string key) => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;

    /// <summary>Puts the runner into a folder, as a publish does, without the natives of SQLite.</summary>
    /// <param name="folder">The folder.</param>
    public static void CopyRunner(TestFolder folder)
    {
        var libraries = Directory.GetFiles(Path.GetDirectoryName(Runner)!, "*.dll");
        foreach (var file in libraries.Append(Path.ChangeExtension(Runner, ".runtimeconfig.json")))
            File.Copy(file, folder[Path.GetFileName(file)]);
    }
}
