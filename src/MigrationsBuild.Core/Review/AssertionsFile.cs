using MigrationsBuild.Files;

namespace MigrationsBuild.Review;

/// <summary>
/// The file <c>&lt;id&gt;.verify.sql</c> beside the SQL of a migration: assertions that <c>DbVerify</c> executes. It isn't approved, but an
/// outcome is valid only for the assertions with which it was found.
/// </summary>
public static class AssertionsFile
{
    /// <summary>The path of the file, which needn't exist.</summary>
    /// <param name="upPath">The path of the migration's SQL.</param>
    public static string PathOf(string upPath) => Path.ChangeExtension(upPath, ".verify.sql");

    /// <summary>The hash of the file; empty if there is none.</summary>
    /// <param name="upPath">The path of the migration's SQL.</param>
    public static string HashOf(string upPath) => File.Exists(PathOf(upPath)) ? ContentHash.OfSource(PathOf(upPath)) : "";
}
