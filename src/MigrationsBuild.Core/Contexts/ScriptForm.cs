
namespace MigrationsBuild.Contexts;

/// <summary>The SQL that a provider writes around migrations in a script, for a database that the runner doesn't support.</summary>
/// <param name="Begin">The statement that begins a transaction.</param>
/// <param name="Commit">The statement that commits it.</param>
/// <param name="BatchTerminator">The line that ends a batch, such as SQL Server's <c>GO</c>; empty for most providers.</param>
/// <param name="Insert">Records that a migration is applied, with the placeholders <see cref="Id"/> and <see cref="Version"/>.</param>
/// <param name="Delete">Removes that record, with the placeholder <see cref="Id"/>.</param>
public sealed record ScriptForm(string Begin, string Commit, string BatchTerminator, string Insert, string Delete)
{
    /// <summary>The placeholder for the id of a migration.</summary>
    public const string Id = "{id}";

    /// <summary>The placeholder for the version of EF Core.</summary>
    public const string Version = "{version}";

    /// <summary>A text with values for its placeholders.</summary>
    /// <param name="text"><see cref="Insert"/> or <see cref="Delete"/>.</param>
    /// <param name="id">The migration.</param>
    /// <param name="version">The version of EF Core.</param>
    public static string Fill(string text, string id, string version = "") =>
        text.Replace(Id, id.Replace("'", "''")).Replace(Version, version);
}
