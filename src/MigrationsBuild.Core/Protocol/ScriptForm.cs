namespace MigrationsBuild.Protocol;

/// <summary>What a provider whose database no runner knows writes around migrations in a script.</summary>
/// <param name="Begin">What begins a transaction.</param>
/// <param name="Commit">What ends it.</param>
/// <param name="BatchTerminator">What ends a batch, alone on its line: SQL Server's <c>GO</c>. Mostly empty.</param>
/// <param name="Insert">What says that a migration is applied, with <see cref="Id"/> and <see cref="Version"/> where those go.</param>
/// <param name="Delete">What says that a migration isn't applied any more, with <see cref="Id"/> where that goes.</param>
public sealed record ScriptForm(string Begin, string Commit, string BatchTerminator, string Insert, string Delete)
{
    /// <summary>Stands for a migration's id.</summary>
    public const string Id = "{id}";

    /// <summary>Stands for the version of EF Core.</summary>
    public const string Version = "{version}";

    /// <summary>A text with the values in their places.</summary>
    /// <param name="text"><see cref="Insert"/> or <see cref="Delete"/>.</param>
    /// <param name="id">The migration.</param>
    /// <param name="version">The version of EF Core.</param>
    public static string Fill(string text, string id, string version = "") =>
        text.Replace(Id, id.Replace("'", "''")).Replace(Version, version);
}
