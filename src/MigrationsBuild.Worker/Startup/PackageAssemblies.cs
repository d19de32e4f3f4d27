using System.Text.Json;

namespace MigrationsBuild.Worker.Startup;

/// <summary>The assemblies that the runtime finds by their names, and that no project of the application builds.</summary>
internal static class PackageAssemblies
{
    /// <summary>The simple names of those assemblies: those of frameworks and packages.</summary>
    /// <param name="application">The path of the application's assembly, in the output folder.</param>
    public static IReadOnlySet<string> Of(string application)
    {
        // The host resolves symbolic links, so it may spell the folder in another way.
        var folders = new[] { application, DepsFile }.Select(path => Path.GetDirectoryName(path)).ToHashSet();
        var files = FilesOfPackages();
        return Known("TRUSTED_PLATFORM_ASSEMBLIES", Path.PathSeparator)
            .Where(path => !folders.Contains(Path.GetDirectoryName(path)) || files.Contains(Path.GetFileName(path)))
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .ToHashSet();
    }

    /// <summary>The application's deps.json, which is the first one that the host has read; empty if there is none.</summary>
    private static string DepsFile => Known("APP_CONTEXT_DEPS_FILES", ';').FirstOrDefault() ?? "";

    /// <summary>The names of the files of packages.</summary>
    private static HashSet<string> FilesOfPackages()
    {
        if (!File.Exists(DepsFile))
            return [];
        using var deps = JsonDocument.Parse(File.ReadAllBytes(DepsFile));
        var packages = deps.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() is "package" or "runtimepack")
            .Select(library => library.Name)
            .ToHashSet();
        return deps.RootElement.GetProperty("targets").EnumerateObject()
            .SelectMany(target => target.Value.EnumerateObject())
            .Where(library => packages.Contains(library.Name))
            .SelectMany(library => library.Value.EnumerateObject())
            .Where(assets => assets.Name is "runtime" or "runtimeTargets")
            .SelectMany(assets => assets.Value.EnumerateObject())
            .Select(asset => Path.GetFileName(asset.Name))
            .ToHashSet();
    }

    private static string[] Known(string property, char separator) =>
        (AppContext.GetData(property) as string)?.Split(separator, StringSplitOptions.RemoveEmptyEntries) ?? [];
}
