using MigrationsBuild.Files;

namespace MigrationsBuild.Messages;

/// <summary>
/// Hashes of source files, stored with the size and time of each file: a project has many large Designer files, which hardly ever change.
/// </summary>
internal sealed class HashCache
{
    private readonly string _path;
    private readonly Dictionary<string, (string Stamp, string Hash)> _known = [];
    private readonly Dictionary<string, (string Stamp, string Hash)> _used = [];

    /// <summary>The cache of a project.</summary>
    /// <param name="path">The file of the cache; if it can't be read, the cache is empty.</param>
    public HashCache(string path)
    {
        _path = path;
        foreach (var message in MessageFile.ReadIfPresent(path))
            _known[message["file"]] = (message["stamp"], message["hash"]);
    }

    /// <summary>The hash of a file: see <see cref="ContentHash.OfSource"/>.</summary>
    /// <param name="file">Absolute path of a file, which may not exist.</param>
    public string Of(string file)
    {
        var stamp = FileStamp.Of(file);
        var entry = _known.TryGetValue(file, out var known) && known.Stamp == stamp ? known : (stamp, ContentHash.OfSource(file));
        _used[file] = entry;
        return entry.Item2;
    }

    /// <summary>Writes the hashes that were read to the file.</summary>
    public void Save() => MessageFile.Write(_path, _used.Select(entry => new MessageLine("source")
        .With("file", entry.Key)
        .With("stamp", entry.Value.Stamp)
        .With("hash", entry.Value.Hash)));
}
