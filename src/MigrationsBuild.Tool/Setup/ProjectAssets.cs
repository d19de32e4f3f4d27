using System.Text.Json;

namespace MigrationsBuild.Tool.Setup;

/// <summary>The packages of a restored project, from its <c>project.assets.json</c>.</summary>
/// <param name="Packages">All packages, for all target frameworks.</param>
/// <param name="Referenced">The ids of the packages that the project itself references, for each target framework.</param>
internal sealed record ProjectAssets(
    IReadOnlyList<(string Id, string Version)> Packages, IReadOnlyList<IReadOnlyCollection<string>> Referenced)
{
    /// <summary>Whether the project itself references a package, for all target frameworks.</summary>
    public bool IsReferenced(string id) => Referenced.All(ids => ids.Contains(id, StringComparer.OrdinalIgnoreCase));

    /// <summary>Reads a file.</summary>
    public static ProjectAssets Read(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var packages = json.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package")
            .Select(library => library.Name.Split('/'))
            .Select(parts => (parts[0], parts[1]));
        var referenced = json.RootElement.GetProperty("project").GetProperty("frameworks").EnumerateObject()
            .Select(framework => framework.Value.TryGetProperty("dependencies", out var dependencies)
                ? dependencies.EnumerateObject().Select(dependency => dependency.Name).ToList()
                : []);
        return new ProjectAssets([.. packages], [.. referenced]);
    }
}
