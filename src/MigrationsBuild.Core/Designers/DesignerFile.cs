using System.Text;
using MigrationsBuild.Files;
using MigrationsBuild.Revisions;

namespace MigrationsBuild.Designers;

/// <summary>A Designer file that EF Core has written.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Id">The id of its migration.</param>
/// <param name="ClassName">The full name of the migration's class.</param>
/// <param name="Context">The context: its name in the attribute, after the namespace of the file.</param>
/// <param name="MayNeedModel">Whether EF Core may need its model, and the one before it, to apply the migration.</param>
/// <param name="MayNameOwnTypes">Whether its model may name types of the project.</param>
/// <param name="Database">The database of the context.</param>
public sealed record DesignerFile(
    string Path, string Id, string ClassName, string Context, bool MayNeedModel, bool MayNameOwnTypes, ModelDatabase Database)
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The path of a C# file that the project compiles.</param>
    /// <returns>The file; <see langword="null"/> if it is not a Designer file as EF Core writes it.</returns>
    /// <exception cref="IOException">It can't be read.</exception>
    public static DesignerFile? Read(string path)
    {
        if (ReadSource(path) is not { } source)
            return null;
        var migration = MigrationPath(path);
        var mayNeedModel = !File.Exists(migration) || MigrationOperations.MayNeedModel(File.ReadAllText(migration), source.Database);
        return new DesignerFile(
            path,
            source.Id,
            source.ClassName,
            $"{source.Namespace}|{source.Context}",
            mayNeedModel,
            source.MayNameOwnTypes,
            source.Database);
    }

    /// <summary>Reads the source of a file.</summary>
    /// <returns>The source; <see langword="null"/> if it is not a Designer file as EF Core writes it.</returns>
    /// <exception cref="IOException">It can't be read.</exception>
    public static DesignerSource? ReadSource(string path)
    {
        try
        {
            var text = SourceText.Utf8.GetString(File.ReadAllBytes(path));
            return DesignerSource.Parse(text.Length > 0 && text[0] == '\uFEFF' ? text.Substring(1) : text);
        }
        catch (DecoderFallbackException)
        {
            // The compiler reads it in the machine's encoding.
            return null;
        }
    }

    /// <summary>Whether a path has the name of a Designer file.</summary>
    public static bool HasName(string path) => path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>The path of the migration that a Designer file belongs to.</summary>
    public static string MigrationPath(string path) => path.Substring(0, path.Length - Ending.Length) + ".cs";

    /// <summary>
    /// The files whose models needn't be compiled: all but those of the newest two migrations of each context, and those that EF Core
    /// may need. EF Core's tool re-creates the snapshot from the second newest when it removes the newest, and the SQL that reverts a
    /// migration needs the model before it.
    /// </summary>
    /// <param name="files">The Designer files of a project.</param>
    public static IReadOnlyList<DesignerFile> WithoutEntities(IEnumerable<DesignerFile> files)
    {
        var result = new List<DesignerFile>();
        foreach (var migrations in files.GroupBy(file => file.Context))
        {
            var ordered = migrations.OrderBy(file => file.Id, MigrationId.Order).ToList();
            for (var i = 0; i < ordered.Count - 2; i++)
            {
                if (!ordered[i].MayNeedModel && !ordered[i + 1].MayNeedModel)
                    result.Add(ordered[i]);
            }
        }

        return result;
    }

    private const string Ending = ".Designer.cs";
}
