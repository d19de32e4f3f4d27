using System.Text.RegularExpressions;
using MigrationsBuild.Contexts;
using MigrationsBuild.Revisions;

namespace MigrationsBuild.Review;

/// <summary>Facts about migrations that their C# files contain, without a compilation.</summary>
public static class MigrationSource
{
    /// <summary>Whether a file is named after the id of a migration.</summary>
    public static bool HasMigrationName(string path) => MigrationId.HasTimestamp(Path.GetFileNameWithoutExtension(path));

    /// <summary>Whether a file, or its Designer file, has the attributes of a migration.</summary>
    public static bool HasAttributes(string path) => TextsWithId(path).Any(text => Regex.IsMatch(text, @"\bDbContext(?:Attribute)?\s*\("));

    /// <summary>Whether a file is a migration of a context.</summary>
    /// <param name="path">The file.</param>
    /// <param name="context">The context's name without namespace.</param>
    public static bool IsOf(string path, string context) => TextsWithId(path).Any(text => BelongsTo(text, context));

    /// <summary>Whether a text has the attribute that assigns a migration or a snapshot to a context.</summary>
    /// <param name="text">The text of a C#, F# or Visual Basic file.</param>
    /// <param name="context">The context's name without namespace.</param>
    public static bool BelongsTo(string text, string context) =>
        Regex.IsMatch(text, $@"DbContext(?:Attribute)?\s*\(\s*(?:typeof|GetType)\s*[(<]\s*[\w.:]*?\b{Regex.Escape(context)}\s*[()<>]");

    /// <summary>The texts of the Designer file, in which EF Core writes the attributes of a migration, and of the C# file.</summary>
    public static IEnumerable<string> TextsOf(MigrationReport migration) =>
        new[] { migration.Designer, migration.Source }.Where(File.Exists).Select(File.ReadAllText);

    private static IEnumerable<string> TextsWithId(string path)
    {
        var id = Path.GetFileNameWithoutExtension(path);
        return TextsOf(new MigrationReport(id, path, "", Emission: null)).Where(text => text.Contains($"\"{id}\""));
    }
}
