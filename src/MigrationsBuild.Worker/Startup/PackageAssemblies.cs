using System.Text.Json;

namespace MigrationsBuild.Worker.Startup;

/// <summary>The assemblies that the runtime finds by their names, and that no project of the application builds.</summary>
internal static class PackageAssemblies
{
    /// <summary>The simple names of those assemblies: those of frameworks and packages.</summary>
    /// <param name="application">The path of the application's assembly, in the output folder.</param>
    public static IReadOnlySet<string> Of(string application)
    {
        var folder = Path.GetDirectoryName(application)!;
        var files = FilesOfPackages();
        return Known("TRUSTED_PLATFORM_ASSEMBLIES", Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) != folder || files.Contains(Path.GetFileName(path)))
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .ToHashSet();
    }

    /// <summary>The names of the files of packages, by the application's deps.json: the first one that the host has read.</summary>
    private static HashSet<string> FilesOfPackages()
    {
        if (Known("APP_CONTEXT_DEPS_FILES", ';').FirstOrDefault() is not { } path || !File.Exists(path))
            return [];
        using var deps = JsonDocument.Parse(File.ReadAllBytes(path));
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
