using MigrationsBuild.Files;

namespace MigrationsBuild.Messages;

/// <summary>A file or folder with the stamp that it had at some time.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Stamp">See <see cref="FileStamp.Of"/>.</param>
public sealed record StampedFile(string Path, string Stamp)
{
    private const string Field = "file";

    /// <summary>Whether it has another stamp now.</summary>
    public bool HasChanged => FileStamp.Of(Path) != Stamp;

    /// <summary>A file with the stamp that it has now.</summary>
    /// <param name="path">Its path.</param>
    public static StampedFile Now(string path) => new(path, FileStamp.Of(path));

    /// <summary>
    /// Writes files into messages, one for each folder. Every build reads these messages, and reading a message for each file would take
    /// several times as long.
    /// </summary>
    /// <param name="name">The messages' name.</param>
    /// <param name="files">The files.</param>
    public static IEnumerable<MessageLine> ToMessages(string name, IEnumerable<StampedFile> files)
    {
        foreach (var folder in files.GroupBy(file => FolderOf(file.Path)))
        {
            var message = new MessageLine(name).With("folder", folder.Key);
            foreach (var file in folder)
                message.With(Field, file.Stamp + " " + file.Path.Substring(folder.Key.Length));
            yield return message;
        }
    }

    /// <summary>Reads the files of a message that <see cref="ToMessages"/> has written.</summary>
    /// <param name="message">The message.</param>
    public static IEnumerable<StampedFile> Read(MessageLine message)
    {
        var folder = message["folder"];
        foreach (var field in message.Fields)
        {
            if (field.Name != Field)
                continue;
            var space = field.Value.IndexOf(' ');
            yield return new StampedFile(folder + field.Value.Substring(space + 1), field.Value.Substring(0, Math.Max(space, 0)));
        }
    }

    /// <summary>The path of the folder with its separator.</summary>
    private static string FolderOf(string path) => path.Substring(0, path.LastIndexOf(System.IO.Path.DirectorySeparatorChar) + 1);
}
