using System.Text.RegularExpressions;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Review;

/// <summary>What the C# files of migrations tell without being compiled.</summary>
internal static class MigrationSource
{
    /// <summary>Whether a file has the name of a migration's.</summary>
    /// <param name="path">The file.</param>
    public static bool HasMigrationName(string path) => Regex.IsMatch(Path.GetFileNameWithoutExtension(path), "^[0-9]{14}_[^.]+$");

    /// <summary>Whether a file, or its Designer file, has the attributes that make a migration of it.</summary>
    /// <param name="path">The file.</param>
    public static bool HasAttributes(string path) =>
        TextsOf(new MigrationReport(Path.GetFileNameWithoutExtension(path), path, "", Emission: null))
            .Any(text => text.Contains($"\"{Path.GetFileNameWithoutExtension(path)}\"") && Regex.IsMatch(text, @"\bDbContext(?:Attribute)?\s*\("));

    /// <summary>Whether a file is a migration of a context.</summary>
    /// <param name="path">The file.</param>
    /// <param name="context">The context's name without namespace.</param>
    public static bool IsOf(string path, string context)
    {
        var id = Path.GetFileNameWithoutExtension(path);
        return TextsOf(new MigrationReport(id, path, "", Emission: null)).Any(text => text.Contains($"\"{id}\"") && BelongsTo(text, context));
    }

    /// <summary>Whether a text has the attribute that ties a migration or a snapshot to a context.</summary>
    /// <param name="text">The text of a C#, F# or Visual Basic file.</param>
    /// <param name="context">The context's name without namespace.</param>
    public static bool BelongsTo(string text, string context) =>
        Regex.IsMatch(text, $@"DbContext(?:Attribute)?\s*\(\s*(?:typeof|GetType)\s*[(<]\s*[\w.:]*?\b{Regex.Escape(context)}\s*[)>]");

    /// <summary>EF Core puts the attributes of a migration into its Designer file; without one they are in the other.</summary>
    /// <param name="migration">The migration.</param>
    public static IEnumerable<string> TextsOf(MigrationReport migration) =>
        new[] { migration.Designer, migration.Source }.Where(File.Exists).Select(File.ReadAllText);
}
