namespace MigrationsBuild.Tasks.Reports;

/// <summary>Paths for readers on other machines: relative to the repository, or to the project if it is in no repository.</summary>
/// <param name="root">The absolute path of the folder that paths are relative to.</param>
internal sealed class SourcePaths(string root)
{
    private readonly string _root = root.TrimEnd('/', '\\') + Path.DirectorySeparatorChar;

    /// <summary>The folder as a URI that ends with a slash.</summary>
    public string RootUri => new Uri(_root).AbsoluteUri;

    /// <summary>Paths relative to the repository that contains a folder, or to the folder if it is in no repository.</summary>
    /// <param name="folder">An absolute path.</param>
    public static SourcePaths Of(string folder)
    {
        for (var above = folder; above is not null; above = Path.GetDirectoryName(above))
        {
            // In a linked work tree and in a submodule, .git is a file.
            var git = Path.Combine(above, ".git");
            if (Directory.Exists(git) || File.Exists(git))
                return new SourcePaths(above);
        }

        return new SourcePaths(folder);
    }

    /// <summary>The relative path with slashes; <see langword="null"/> if the path is not below the root.</summary>
    /// <param name="path">An absolute path.</param>
    public string? Below(string path) =>
        path.StartsWith(_root, StringComparison.Ordinal) ? path.Substring(_root.Length).Replace('\\', '/') : null;

    /// <summary>The relative path, or the absolute path if it is not below the root.</summary>
    /// <param name="path">An absolute path.</param>
    public string Show(string path) => Below(path) ?? path;
}
