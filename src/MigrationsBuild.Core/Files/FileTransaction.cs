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
    /// <exception cref="RestoreException">A change can't be undone.</exception>
    /// <exception cref="IOException">A file can't be written; nothing was changed.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Commit(Action check)
    {
        var undo = new Stack<UndoStep>();
        var copies = new List<string>();
        try
        {
            var staged = _changes.ConvertAll(
                change => (change.Path, New: change.Content is null ? null : Stage(change.Path, change.Content, undo)));
            foreach (var (path, @new) in staged)
                Retry(path, () => Exchange(path, @new, undo, copies));
            check();
        }
        catch (Exception failure)
        {
            Undo(undo, failure);
            throw;
        }

        foreach (var copy in copies)
            Try(() => File.Delete(copy));
    }

    /// <summary>Undoes all steps, even if one of them fails.</summary>
    /// <exception cref="RestoreException">A file can't be restored.</exception>
    private static void Undo(Stack<UndoStep> steps, Exception cause)
    {
        var left = steps.Where(step => !Try(step.Run)).Select(step => step.Left).OfType<string>().ToList();
        if (left.Count > 0)
            throw new RestoreException(left, cause);
    }

    /// <summary>Runs a step whose failure changes nothing about the result.</summary>
    /// <returns>Whether it succeeded.</returns>
    private static bool Try(Action step)
    {
        try
        {
            step();
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Stage(string path, byte[] content, Stack<UndoStep> undo)
    {
        CreateFolder(Path.GetDirectoryName(path)!, undo);
        var staged = path + "." + Guid.NewGuid().ToString("N").Substring(0, 8) + ".tmp";
        undo.Push(new UndoStep(() => File.Delete(staged)));
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

    private static void CreateFolder(string folder, Stack<UndoStep> undo)
    {
        if (Directory.Exists(folder))
            return;
        if (Path.GetDirectoryName(folder) is { } parent)
            CreateFolder(parent, undo);
        Directory.CreateDirectory(folder);
        // It fails if another process has written to the folder in the meantime.
        undo.Push(new UndoStep(() => Directory.Delete(folder)));
    }

    private static void Exchange(string path, string? @new, Stack<UndoStep> undo, List<string> copies)
    {
        if (!File.Exists(path))
        {
            if (@new is null)
                return;
            File.Move(@new, path);
            undo.Push(new UndoStep(() => File.Delete(path), path));
            return;
        }

        var old = path + "." + Guid.NewGuid().ToString("N").Substring(0, 8) + ".old.tmp";
        if (@new is null)
        {
            File.Move(path, old);
            undo.Push(new UndoStep(() => Retry(path, () => File.Move(old, path)), old));
        }
        else
        {
            // A single rename, so that a reader always sees either the old or the new content.
            File.Replace(@new, path, old);
            undo.Push(new UndoStep(() => Retry(path, () => File.Replace(old, path, null)), old));
        }

        copies.Add(old);
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
        var undo = new Stack<UndoStep>();
        try
        {
            var staged = Stage(path, content, undo);
            Retry(path, () => Put(staged, path));
        }
        catch (Exception failure)
        {
            Undo(undo, failure);
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
        if (File.Exists(path))
            File.Replace(staged, path, null);
        else
            File.Move(staged, path);
    }

    /// <summary>
    /// Repeats a step that fails because another process has created or removed the file at the same time, or, on Windows, has it open.
    /// </summary>
    private static void Retry(string path, Action step)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                step();
                return;
            }
            catch (Exception failure) when (
                failure is IOException or UnauthorizedAccessException && attempt < Attempts && !Directory.Exists(path))
            {
                Thread.Sleep(attempt);
            }
        }
    }

    /// <summary>A step that undoes a change.</summary>
    /// <param name="Run">The step.</param>
    /// <param name="Left">The file that is left if the step fails; <see langword="null"/> if it doesn't matter.</param>
    private sealed record UndoStep(Action Run, string? Left = null);
}
