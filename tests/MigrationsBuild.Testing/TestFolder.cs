namespace MigrationsBuild.Testing;

/// <summary>A folder of a test's own, outside the repository, so that nothing of the repository's build leaks in.</summary>
public sealed class TestFolder : IDisposable
{
    /// <summary>A new folder.</summary>
    /// <param name="name">The folder's name; tests of odd paths give one.</param>
    public TestFolder(string name = "App")
    {
        Run = System.IO.Path.Combine(RunFolder.Path, Guid.NewGuid().ToString("N")[..12]);
        Path = System.IO.Path.Combine(Run, name);
        Directory.CreateDirectory(Path);
        foreach (var (file, text) in _isolation)
            File.WriteAllText(System.IO.Path.Combine(Run, file), text);
    }

    private static readonly (string File, string Text)[] _isolation =
    [
        ("Directory.Build.props", "<Project />"),
        ("Directory.Build.targets", "<Project />"),
        ("Directory.Packages.props", "<Project />"),
        (".editorconfig", "root = true\n"),
    ];

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The folder above it, which holds nothing else of interest.</summary>
    public string Run { get; }

    /// <summary>The absolute path of a file in it.</summary>
    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    /// <summary>Writes a file.</summary>
    public TestFolder Write(string relative, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[relative])!);
        File.WriteAllText(this[relative], text);
        return this;
    }

    /// <summary>Reads a file.</summary>
    public string Read(string relative) => File.ReadAllText(this[relative]);

    /// <summary>Replaces a piece of a file's text, which must be there.</summary>
    public TestFolder Replace(string relative, string old, string @new)
    {
        var text = Read(relative);
        if (!text.Contains(old, StringComparison.Ordinal))
            throw new InvalidOperationException($"{relative} doesn't contain \"{old}\".");
        return Write(relative, text.Replace(old, @new, StringComparison.Ordinal));
    }

    /// <summary>The one file that matches, by its path relative to the folder.</summary>
    public string Find(string folder, string pattern) =>
        System.IO.Path.GetRelativePath(Path, Directory.GetFiles(this[folder], pattern).Single());

    /// <summary>All files below it and their texts, but for build outputs: two of them compare a source tree before and after.</summary>
    public IReadOnlyDictionary<string, string> Sources() => Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
        .Select(file => System.IO.Path.GetRelativePath(Path, file))
        .Where(file => file.Split('/', '\\')[0] is not ("bin" or "obj") && !file.EndsWith(".binlog", StringComparison.Ordinal))
        .ToDictionary(file => file, Read);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable("MIGRATIONSBUILD_TEST_KEEP") is null)
            Directory.Delete(Run, recursive: true);
    }
}
