using System.Text;

namespace MigrationsBuild.Files;

/// <summary>
/// Writes and deletes of several files that happen together or not at all. Each new content is first written to a temporary file in the
/// same folder. Then the files are exchanged, and restored if an exchange fails.
/// </summary>
/// <remarks>A process that is killed between two exchanges leaves complete files, but some of them are the old ones.</remarks>
public sealed class FileTransaction
{
    private const int Attempts = 20;

    private readonly List<(string Path, byte[]? Content)> _changes = [];

    /// <summary>The files that <see cref="Commit()"/> writes, in the order in which they were added.</summary>
    public IEnumerable<string> Written => _changes.Where(change => change.Content is not null).Select(change => change.Path);

    /// <summary>The files that <see cref="Commit()"/> deletes.</summary>
    public IEnumerable<string> Deleted => _changes.Where(change => change.Content is null).Select(change => change.Path);

    /// <summary>Adds a write in UTF-8, which creates a missing folder. A file that already has this content stays untouched.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="text">The whole content.</param>
    /// <param name="byteOrderMark">Whether the file begins with a byte order mark, as the files of EF Core 8 to 10 do.</param>
    public void Write(string path, string text, bool byteOrderMark = false)
    {
        var content = (byteOrderMark ? new UTF8Encoding(true).GetPreamble() : []).Concat(SourceText.Utf8.GetBytes(text)).ToArray();
        Forget(path);
        if (!Holds(path, content))
            _changes.Add((path, content));
    }

    /// <summary>Adds the deletion of a file, if it exists. Of several changes of a file the last one counts.</summary>
    /// <param name="path">Absolute path.</param>
    public void Delete(string path)
    {
        Forget(path);
        if (File.Exists(path))
            _changes.Add((path, null));
    }

    private void Forget(string path) => _changes.RemoveAll(change => change.Path == path);

    /// <summary>Makes the changes.</summary>
    /// <exception cref="IOException">A file can't be written; nothing was changed.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Commit() => Commit(() => { });

    /// <summary>Makes the changes, if they pass a check.</summary>
    /// <param name="check">Runs after the changes. If it throws, they are undone.</param>
    /// <exception cref="IOException">A file can't be written; nothing was changed.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Commit(Action check)
    {
        var undo = new Stack<Action>();
        var finish = new List<Action>();
        try
        {
            var staged = _changes.ConvertAll(
                change => (change.Path, New: change.Content is null ? null : Stage(change.Path, change.Content, undo)));
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
        try
        {
            File.WriteAllBytes(staged, content);
        }
        catch (ArgumentOutOfRangeException failure)
        {
            // .NET reports a limit of the file size like a wrong argument.
            throw new IOException($"{path} can't be written: {failure.Message}", failure);
        }

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

    /// <summary>Deletes a folder, unless another process has written to it in the meantime.</summary>
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
            // A single rename, so that a reader always sees either the old or the new content.
            File.Replace(@new, path, old);
            undo.Push(() => File.Replace(old, path, null));
        }

        finish.Add(() => File.Delete(old));
    }

    /// <summary>
    /// Writes one file atomically: a reader sees either the old or the new content, and of several concurrent writers the last one counts.
    /// </summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="text">The whole content, written as UTF-8. A file that already has this content stays untouched.</param>
    /// <exception cref="IOException">It can't be written; the file wasn't changed.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static void WriteFile(string path, string text) => WriteFile(path, SourceText.Utf8.GetBytes(text));

    /// <inheritdoc cref="WriteFile(string, string)"/>
    /// <param name="content">The whole content. A file that already has it stays untouched.</param>
    public static void WriteFile(string path, byte[] content)
    {
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
            // Another process has just removed it or, on Windows, has it open.
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
                // Another process has created or removed it since File.Exists, or, on Windows, has it open.
                Thread.Sleep(attempt);
            }
        }
    }
}
