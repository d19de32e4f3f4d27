using System.Text;
using MigrationsBuild.Designers;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Messages;

namespace MigrationsBuild.Tasks.Designers;

/// <summary>
/// The Designer files of a project, and which of them are compiled without the entities of their models. It is stored below <c>obj</c>
/// with stamps, so that a build reads only the files that have changed.
/// </summary>
/// <param name="stateFolder">The package's own folder below the project's <c>obj</c>.</param>
internal sealed class DesignerList(string stateFolder)
{
    private const string Head = "selection";

    /// <summary>The file that stores the list. It is rewritten if any Designer file changes.</summary>
    public string FilePath => Path.Combine(stateFolder, "designers");

    /// <summary>The stored list.</summary>
    /// <exception cref="MigrationsException">
    /// It is missing or damaged. Without it, SQL would be generated from models that have no entities.
    /// </exception>
    public IReadOnlyList<ListedDesigner> Read()
    {
        if (Stored is { } stored)
            return stored;
        // The next build would otherwise read only its head.
        if (File.Exists(FilePath))
            File.Delete(FilePath);
        throw new MigrationsException(
            DiagnosticCodes.ModelNotCompiled,
            $"{FilePath} can't be read, so it is unknown which Designer files are compiled. To write the file again, run: dotnet build");
    }

    private IReadOnlyList<ListedDesigner>? Stored
    {
        get
        {
            var messages = MessageFile.ReadIfPresent(FilePath);
            if (messages.Count == 0 || messages[0].Name != Head || messages[0].Number("count") != messages.Count - 1)
                return null;
            var all = messages.Skip(1).Select(ListedDesigner.TryRead).ToList();
            return all.Contains(null) ? null : [.. all.OfType<ListedDesigner>()];
        }
    }

    /// <summary>Selects the Designer files. If one has changed, also writes the list and the generated files.</summary>
    /// <param name="paths">The absolute paths of the Designer files that the project compiles.</param>
    /// <exception cref="IOException">A file can't be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public SelectedDesigners Select(IEnumerable<string> paths)
    {
        var files = paths.Distinct().Select(path => new StampedFile(path, StampOf(path))).ToList();
        return SelectUnchanged(files) ?? Update(files);
    }

    /// <summary>
    /// The selection of the last build; <see langword="null"/> if something has changed. The names of the generated files show which ones
    /// they are, because reading the list takes several times as long.
    /// </summary>
    private SelectedDesigners? SelectUnchanged(IReadOnlyList<StampedFile> files)
    {
        if (MessageFile.ReadIfPresent(FilePath, count: 1).FirstOrDefault() is not { Name: Head } head)
            return null;
        var pathOf = GeneratedPaths();
        var generated = files.ToDictionary(file => file.Path, file => pathOf(file.Path));
        var present = new HashSet<string>(generated.Values.Select(path => Path.GetDirectoryName(path)!).Distinct()
            .Where(Directory.Exists)
            .SelectMany(Directory.GetFiles));
        foreach (var file in files.Where(file => !present.Contains(generated[file.Path])))
            generated.Remove(file.Path);
        return head["state"] == StateOf(files, generated) ? new(generated, head.Has("may-name-own-types")) : null;
    }

    private SelectedDesigners Update(IReadOnlyList<StampedFile> files)
    {
        var stored = (Stored ?? []).ToDictionary(listed => listed.Path);
        var all = files.Select(file => Describe(file, stored)).ToList();
        var without = new HashSet<DesignerFile>(DesignerFile.WithoutEntities(all.Select(listed => listed.File).OfType<DesignerFile>()));
        var pathOf = GeneratedPaths();
        var result = all.ConvertAll(listed => listed.File is { } file && without.Contains(file)
            ? listed with { Generated = pathOf(listed.Path) }
            : listed with { Generated = "" });
        var generated = result.Where(listed => listed.Generated.Length > 0).ToList();
        foreach (var listed in generated)
        {
            if (!stored.TryGetValue(listed.Path, out var known) || known != listed || !File.Exists(listed.Generated))
                FileTransaction.WriteFile(listed.Generated, DesignerFile.ReadSource(listed.Path)!.WithoutEntities());
        }

        foreach (var former in stored.Values.Select(listed => listed.Generated).Except(result.Select(listed => listed.Generated)))
            File.Delete(former);
        var selected = new SelectedDesigners(
            generated.ToDictionary(listed => listed.Path, listed => listed.Generated),
            generated.Exists(listed => listed.File!.MayNameOwnTypes));
        var head = new MessageLine(Head)
            .With("state", StateOf(files, selected.Generated))
            .With("may-name-own-types", selected.MayNameOwnTypes)
            .With("count", result.Count);
        MessageFile.Write(FilePath, result.Select(listed => listed.ToMessage()).Prepend(head));
        return selected;
    }

    /// <summary>The function from a Designer file to its generated file. Files of several folders may have the same name.</summary>
    private Func<string, string> GeneratedPaths()
    {
        var folders = new Dictionary<string, string>();
        return path =>
        {
            var folder = Path.GetDirectoryName(path)!;
            if (!folders.TryGetValue(folder, out var generated))
                folders[folder] = generated = Path.Combine(stateFolder, "Designers", Fingerprint.Of(folder));
            return Path.Combine(generated, Path.GetFileName(path));
        };
    }

    private static string StateOf(IEnumerable<StampedFile> files, IReadOnlyDictionary<string, string> generated)
    {
        var state = new StringBuilder();
        foreach (var file in files)
            state.Append(file.Path).Append('|').Append(file.Stamp).Append(generated.ContainsKey(file.Path) ? "|generated\n" : "\n");
        return Fingerprint.Of(state.ToString());
    }

    private static ListedDesigner Describe(StampedFile file, Dictionary<string, ListedDesigner> stored) =>
        stored.TryGetValue(file.Path, out var before) && before.Stamp == file.Stamp
            ? before
            : new ListedDesigner(file.Path, file.Stamp, DesignerFile.Read(file.Path), Generated: "");

    private static string StampOf(string path) => FileStamp.Of(path) + "|" + FileStamp.Of(DesignerFile.MigrationPath(path));
}

/// <summary>The Designer files that aren't compiled.</summary>
/// <param name="Generated">The path of the file that is compiled instead, by the path of the Designer file.</param>
/// <param name="MayNameOwnTypes">Whether their models may name types of the project.</param>
internal sealed record SelectedDesigners(IReadOnlyDictionary<string, string> Generated, bool MayNameOwnTypes);

/// <summary>A Designer file of a project.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Stamp">Size and time of the file and of its migration.</param>
/// <param name="File">Its content; <see langword="null"/> if it isn't as EF Core writes it.</param>
/// <param name="Generated">The path of the file that is compiled instead; empty if the Designer file itself is compiled.</param>
internal sealed record ListedDesigner(string Path, string Stamp, DesignerFile? File, string Generated)
{
    // Not with RecordFields, which finds the properties by reflection: every build reads hundreds of these messages.

    private const string Message = "designer-file";

    /// <summary>The message that <see cref="TryRead"/> reads.</summary>
    public MessageLine ToMessage()
    {
        var message = new MessageLine(Message).With("path", Path).With("stamp", Stamp).With("generated", Generated);
        return File is null ? message : message
            .With("id", File.Id)
            .With("class", File.ClassName)
            .With("context", File.Context)
            .With("may-need-model", File.MayNeedModel)
            .With("may-name-own-types", File.MayNameOwnTypes)
            .With("database", File.Database.ToString());
    }

    /// <summary>Reads a message of <see cref="ToMessage"/>; <see langword="null"/> if it is damaged, or of another version.</summary>
    public static ListedDesigner? TryRead(MessageLine message)
    {
        if (message.Name != Message
            || message.Find("path") is not { } path
            || message.Find("stamp") is not { } stamp
            || message.Find("generated") is not { } generated)
        {
            return null;
        }

        if (message.Find("id") is not { } id)
            return generated.Length == 0 ? new ListedDesigner(path, stamp, File: null, generated) : null;
        return message.Find("class") is { } className
            && message.Find("context") is { } context
            && Enum.TryParse<ModelDatabase>(message["database"], out var database)
                ? new ListedDesigner(path, stamp, FileOf(), generated)
                : null;

        DesignerFile FileOf() => new(
            path, id, className, context, message.Has("may-need-model"), message.Has("may-name-own-types"), database);
    }
}
