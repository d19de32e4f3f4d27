using System.Globalization;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Files;

/// <summary>
/// Hashes of source files, remembered with their size and time: Designer files are large, many, and hardly ever change.
/// </summary>
public sealed class HashCache
{
    private readonly string _path;
    private readonly Dictionary<string, (string Stamp, string Hash)> _known = [];
    private readonly Dictionary<string, (string Stamp, string Hash)> _used = [];

    /// <summary>The cache of a project.</summary>
    /// <param name="path">Where it is kept; a file that can't be read is an empty cache.</param>
    public HashCache(string path)
    {
        _path = path;
        foreach (var message in MessageFile.ReadIfPresent(path))
            _known[message["file"]] = (message["stamp"], message["hash"]);
    }

    /// <summary>The hash of a file as <see cref="ContentHash.OfSource"/> gives it.</summary>
    /// <param name="file">Absolute path of a file, which may not exist.</param>
    public string Of(string file)
    {
        var info = new FileInfo(file);
        var stamp = info.Exists ? string.Format(CultureInfo.InvariantCulture, "{0}:{1}", info.Length, info.LastWriteTimeUtc.Ticks) : "-";
        var entry = _known.TryGetValue(file, out var known) && known.Stamp == stamp ? known : (stamp, ContentHash.OfSource(file));
        _used[file] = entry;
        return entry.Item2;
    }

    /// <summary>Keeps the hashes that were asked for.</summary>
    public void Save() =>
        MessageFile.Write(_path, _used.Select(entry => new MessageLine("source").With("file", entry.Key).With("stamp", entry.Value.Stamp).With("hash", entry.Value.Hash)));
}
