using System.Text;

namespace MigrationsBuild.Files;

/// <summary>
/// Writes and deletes of several files that happen together or not at all: each new content is first written whole beside its
/// place; only then are the files exchanged, and put back if one can't be.
/// </summary>
/// <remarks>A process that is killed between two exchanges leaves whole files, though not all of them.</remarks>
public sealed class FileTransaction
{
    private const int Attempts = 20;

    private readonly List<(string Path, byte[]? Content)> _changes = [];

    /// <summary>The files that <see cref="Commit()"/> writes, in the order they were named.</summary>
    public IEnumerable<string> Written => _changes.Where(change => change.Content is not null).Select(change => change.Path);

    /// <summary>The files that <see cref="Commit()"/> deletes.</summary>
    public IEnumerable<string> Deleted => _changes.Where(change => change.Content is null).Select(change => change.Path);

    /// <summary>Has a file written as UTF-8, its folder made if need be. A file that already holds exactly this stays untouched.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="text">The whole content.</param>
    /// <param name="byteOrderMark">Whether the file begins with one, as EF Core 8 to 10 write theirs.</param>
    public void Write(string path, string text, bool byteOrderMark = false)
    {
        var content = (byteOrderMark ? new UTF8Encoding(true).GetPreamble() : []).Concat(SourceText.Utf8.GetBytes(text)).ToArray();
        Forget(path);
        if (!Holds(path, content))
            _changes.Add((path, content));
    }

    /// <summary>Has a file deleted, if it exists. Of several changes of a file the last one counts.</summary>
    /// <param name="path">Absolute path.</param>
    public void Delete(string path)
    {
        Forget(path);
        if (File.Exists(path))
            _changes.Add((path, null));
    }

    private void Forget(string path) => _changes.RemoveAll(change => change.Path == path);

    /// <summary>Makes the changes.</summary>
    /// <exception cref="IOException">A file can't be written; all is as before.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Commit() => Commit(() => { });

    /// <summary>Makes the changes, if they pass a check.</summary>
    /// <param name="check">Runs when they are made. If it throws, all is as before.</param>
    /// <exception cref="IOException">A file can't be written; all is as before.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Commit(Action check)
    {
        var undo = new Stack<Action>();
        var finish = new List<Action>();
        try
        {
            var staged = _changes.ConvertAll(change => (change.Path, New: change.Content is null ? null : Stage(change.Path, change.Content, undo)));
            foreach (var (path, @new) in staged)
                Exchange(path, @new, undo, finish);
            check();
        }
        catch
        {
            while (undo.Count > 0)
                undo.Pop()();
            throw;
        }

        finish.ForEach(action => action());
    }

    private static string Stage(string path, byte[] content, Stack<Action> undo)
    {
        CreateFolder(Path.GetDirectoryName(path)!, undo);
        var staged = path + "." + Guid.NewGuid().ToString("N").Substring(0, 8) + ".tmp";
        undo.Push(() => File.Delete(staged));
        File.WriteAllBytes(staged, content);
        return staged;
    }

    private static void CreateFolder(string folder, Stack<Action> undo)
    {
        if (Directory.Exists(folder))
            return;
        if (Path.GetDirectoryName(folder) is { } parent)
            CreateFolder(parent, undo);
        Directory.CreateDirectory(folder);
        undo.Push(() => RemoveIfEmpty(folder));
    }

    /// <summary>Another writer may have put something into it.</summary>
    private static void RemoveIfEmpty(string folder)
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (IOException)
        {
        }
    }

    private static void Exchange(string path, string? @new, Stack<Action> undo, List<Action> finish)
    {
        if (!File.Exists(path))
        {
            File.Move(@new!, path);
            undo.Push(() => File.Delete(path));
            return;
        }

        var old = path + "." + Guid.NewGuid().ToString("N").Substring(0, 8) + ".old.tmp";
        if (@new is null)
        {
            File.Move(path, old);
            undo.Push(() => File.Move(old, path));
        }
        else
        {
            // One rename, so that a reader sees the old content or the new one, never none.
            File.Replace(@new, path, old);
            undo.Push(() => File.Replace(old, path, null));
        }

        finish.Add(() => File.Delete(old));
    }

    /// <summary>
    /// Writes one file atomically: of several writers at once the last one counts, and a reader sees one content or the other.
    /// </summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="text">The whole content, written as UTF-8. A file that already holds exactly this stays untouched.</param>
    /// <exception cref="IOException">It can't be written; the file is as before.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static void WriteFile(string path, string text)
    {
        var content = SourceText.Utf8.GetBytes(text);
        if (Holds(path, content))
            return;
        var undo = new Stack<Action>();
        try
        {
            Put(Stage(path, content, undo), path);
        }
        catch
        {
            while (undo.Count > 0)
                undo.Pop()();
            throw;
        }
    }

    private static bool Holds(string path, byte[] content)
    {
        try
        {
            return File.Exists(path) && File.ReadAllBytes(path).SequenceEqual(content);
        }
        catch (IOException)
        {
            // Another writer has just removed it, or, on Windows, holds it open.
            return false;
        }
    }

    private static void Put(string staged, string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (File.Exists(path))
                    File.Replace(staged, path, null);
                else
                    File.Move(staged, path);
                return;
            }
            catch (Exception failure) when (
                failure is IOException or UnauthorizedAccessException && attempt < Attempts && !Directory.Exists(path))
            {
                // Between the two another writer has made or removed it; on Windows a reader may hold it open.
                Thread.Sleep(attempt);
            }
        }
    }
}
