namespace MigrationsBuild.Tool.Setup;

/// <summary>A file to which <c>dotnet add package</c> may write: the project, or the file with the central versions.</summary>
/// <param name="path">The absolute path.</param>
/// <param name="git">The repository; <see langword="null"/> if there is none.</param>
internal sealed class PackagesFile(string path, GitFolder? git)
{
    private readonly bool _isRestorable = git?.CanRestore(path) == true;
    private readonly List<(string Id, string Version)> _packages = [];
    private byte[] _content = File.ReadAllBytes(path);

    /// <summary>The change; <see langword="null"/> if there is none.</summary>
    public FileChange? Change => _packages.Count == 0
        ? null
        : new FileChange(path, $"added {string.Join(" and ", _packages.Select(package => $"{package.Id} {package.Version}"))}")
        {
            IsRestorable = _isRestorable,
            Reverse = Reverse,
        };

    private IEnumerable<string> Ids => _packages.Select(package => package.Id);

    private string Reverse => Path.GetExtension(path) == ".props"
        ? $"remove the versions of {string.Join(" and ", Ids)} from {FileChange.Argument(path)}"
        : string.Join(" && ", Ids.Select(id => $"dotnet remove {FileChange.Argument(path)} package {id}"));

    /// <summary>Notes a package if its addition has changed the file. A command that fails may have written it as well.</summary>
    public void Note((string Id, string Version) package)
    {
        var content = File.ReadAllBytes(path);
        if (content.AsSpan().SequenceEqual(_content))
            return;
        _content = content;
        _packages.Add(package);
    }
}
