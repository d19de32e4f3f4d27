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

    private IReadOnlyList<ListedDesigner>? Stored => MessageFile.TryReadRecords<ListedDesigner>(FilePath);

    /// <summary>Computes the list, and writes it and the generated files.</summary>
    /// <param name="paths">The absolute paths of the Designer files that the project compiles.</param>
    /// <exception cref="IOException">A file can't be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public IReadOnlyList<ListedDesigner> Update(IEnumerable<string> paths)
    {
        var before = Stored;
        var stored = (before ?? []).ToDictionary(listed => listed.Path);
        var all = paths.Distinct().Select(path => Describe(path, stored)).ToList();
        var without = new HashSet<DesignerFile>(DesignerFile.WithoutEntities(all.Select(listed => listed.File).OfType<DesignerFile>()));
        // Files of several folders may have the same name.
        var folders = without.Select(file => Path.GetDirectoryName(file.Path)!).Distinct()
            .ToDictionary(folder => folder, folder => Path.Combine(stateFolder, "Designers", Fingerprint.Of(folder)));
        var result = all.ConvertAll(listed => listed.File is { } file && without.Contains(file)
            ? listed with { Generated = Path.Combine(folders[Path.GetDirectoryName(file.Path)!], Path.GetFileName(file.Path)) }
            : listed);
        foreach (var listed in result.Where(listed => listed.Generated.Length > 0))
        {
            if (!stored.TryGetValue(listed.Path, out var known) || known != listed || !File.Exists(listed.Generated))
                FileTransaction.WriteFile(listed.Generated, DesignerFile.ReadSource(listed.Path)!.WithoutEntities());
        }

        foreach (var path in stored.Values.Select(listed => listed.Generated).Except(result.Select(listed => listed.Generated)))
            File.Delete(path);
        // In an unchanged build there is nothing to write. A damaged list is replaced.
        if (before is null || !result.SequenceEqual(before))
            MessageFile.Write(FilePath, result.Select(listed => new MessageLine("designer").WithRecord(listed)));
        return result;
    }

    private static ListedDesigner Describe(string path, Dictionary<string, ListedDesigner> stored)
    {
        var stamp = FileStamp.Of(path) + "|" + FileStamp.Of(DesignerFile.MigrationPath(path));
        var isKnown = stored.TryGetValue(path, out var before) && before.Stamp == stamp;
        return new ListedDesigner(path, stamp, isKnown ? before!.File : DesignerFile.Read(path), Generated: "");
    }
}

/// <summary>A Designer file of a project.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Stamp">Size and time of the file and of its migration.</param>
/// <param name="File">Its content; <see langword="null"/> if it isn't as EF Core writes it.</param>
/// <param name="Generated">The path of the file that is compiled instead; empty if the Designer file itself is compiled.</param>
internal sealed record ListedDesigner(string Path, string Stamp, DesignerFile? File, string Generated);
