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
    /// <summary>The file that stores the list. It is rewritten if any Designer file changes.</summary>
    public string FilePath => Path.Combine(stateFolder, "designers");

    /// <summary>The stored list; empty if there is none.</summary>
    /// <exception cref="MigrationsException">
    /// It is damaged. Without it, SQL would be generated from models that have no entities.
    /// </exception>
    public IReadOnlyList<ListedDesigner> Read() => Stored ?? throw new MigrationsException(
        DiagnosticCodes.ModelNotCompiled,
        $"{FilePath} can't be read, so it is unknown which Designer files are compiled. To write the file again, run: dotnet build");

    private IReadOnlyList<ListedDesigner>? Stored
    {
        get
        {
            var all = MessageFile.ReadIfPresent(FilePath).Select(ListedDesigner.TryRead).ToList();
            return all.Contains(null) ? null : [.. all.OfType<ListedDesigner>()];
        }
    }

    /// <summary>Computes the list, and writes it and the generated files.</summary>
    /// <param name="paths">The absolute paths of the Designer files that the project compiles.</param>
    /// <exception cref="IOException">A file can't be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public IReadOnlyList<ListedDesigner> Update(IEnumerable<string> paths)
    {
        var before = Stored;
        var stored = (before ?? []).ToDictionary(listed => listed.Path);
        var all = paths.Distinct().Select(path => Describe(path, stored)).ToList();
        if (before is not null && all.SequenceEqual(before) && HasAllGenerated(all))
            return before;
        var without = new HashSet<DesignerFile>(DesignerFile.WithoutEntities(all.Select(listed => listed.File).OfType<DesignerFile>()));
        // Files of several folders may have the same name.
        var folders = without.Select(file => Path.GetDirectoryName(file.Path)!).Distinct()
            .ToDictionary(folder => folder, folder => Path.Combine(stateFolder, "Designers", Fingerprint.Of(folder)));
        var result = all.ConvertAll(listed => listed.File is { } file && without.Contains(file)
            ? listed with { Generated = Path.Combine(folders[Path.GetDirectoryName(file.Path)!], Path.GetFileName(file.Path)) }
            : listed with { Generated = "" });
        foreach (var listed in result.Where(listed => listed.Generated.Length > 0))
        {
            if (!stored.TryGetValue(listed.Path, out var known) || known != listed || !File.Exists(listed.Generated))
                FileTransaction.WriteFile(listed.Generated, DesignerFile.ReadSource(listed.Path)!.WithoutEntities());
        }

        foreach (var path in stored.Values.Select(listed => listed.Generated).Except(result.Select(listed => listed.Generated)))
            File.Delete(path);
        MessageFile.Write(FilePath, result.Select(listed => listed.ToMessage()));
        return result;
    }

    private static ListedDesigner Describe(string path, Dictionary<string, ListedDesigner> stored)
    {
        var stamp = FileStamp.Of(path) + "|" + FileStamp.Of(DesignerFile.MigrationPath(path));
        return stored.TryGetValue(path, out var before) && before.Stamp == stamp
            ? before
            : new ListedDesigner(path, stamp, DesignerFile.Read(path), Generated: "");
    }

    private static bool HasAllGenerated(IEnumerable<ListedDesigner> designers)
    {
        // Looking for each file would take several times as long.
        var generated = new HashSet<string>(designers.Select(listed => listed.Generated).Where(path => path.Length > 0));
        foreach (var folder in generated.Select(path => Path.GetDirectoryName(path)!).Distinct().Where(Directory.Exists).ToList())
            generated.ExceptWith(Directory.GetFiles(folder));
        return generated.Count == 0;
    }
}

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
