namespace MigrationsBuild.Tasks.Reports;

/// <summary>Paths as who reads a report elsewhere knows them: relative to the repository, or, outside of one, to the project.</summary>
/// <param name="root">The folder that they are relative to, absolute.</param>
internal sealed class SourcePaths(string root)
{
    private readonly string _root = root.TrimEnd('/', '\\') + Path.DirectorySeparatorChar;

    /// <summary>The folder as a URI that ends with a slash.</summary>
    public string RootUri => new Uri(_root).AbsoluteUri;

    /// <summary>Paths relative to the repository that a folder lies in; to the folder itself if it lies in none.</summary>
    /// <param name="folder">The project's folder, absolute.</param>
    public static SourcePaths Of(string folder)
    {
        for (var above = folder; above is not null; above = Path.GetDirectoryName(above))
        {
            // A file in a work tree of its own, or in a submodule.
            var git = Path.Combine(above, ".git");
            if (Directory.Exists(git) || File.Exists(git))
                return new SourcePaths(above);
        }

        return new SourcePaths(folder);
    }

    /// <summary>The path below the root with slashes; <see langword="null"/> if it isn't below it.</summary>
    /// <param name="path">An absolute path.</param>
    public string? Below(string path) => path.StartsWith(_root, StringComparison.Ordinal) ? path.Substring(_root.Length).Replace('\\', '/') : null;

    /// <summary>The path as people read it.</summary>
    /// <param name="path">An absolute path.</param>
    public string Show(string path) => Below(path) ?? path;
}
