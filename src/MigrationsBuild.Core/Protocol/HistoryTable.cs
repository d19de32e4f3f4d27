using MigrationsBuild.Sql;

namespace MigrationsBuild.Protocol;

/// <summary>EF Core's table of applied migrations, as the context configures it.</summary>
/// <param name="Schema">Its schema, or <see langword="null"/> for the connection's default.</param>
/// <param name="Name">Its name: <c>__EFMigrationsHistory</c> unless configured.</param>
/// <param name="IdColumn">The column of the migration's id.</param>
/// <param name="VersionColumn">The column of EF Core's version.</param>
/// <param name="CreateScript">EF Core's own SQL that creates the table if it doesn't exist.</param>
public sealed record HistoryTable(string? Schema, string Name, string IdColumn, string VersionColumn, string CreateScript)
{
    /// <summary>How its provider writes scripts; <see langword="null"/> for the databases that the runner knows.</summary>
    public ScriptForm? Form { get; init; }

    /// <summary>
    /// How the application's own history repository takes out any migration, with <see cref="ScriptForm.Id"/> where its id goes;
    /// <see langword="null"/> if EF Core's own way will do.
    /// </summary>
    public string? DeleteScript { get; init; }

    /// <summary>
    /// What of the application's own history repository the runner can't do, as a sentence; <see langword="null"/> if there is nothing.
    /// </summary>
    public string? Unsupported { get; init; }

    /// <summary>Whether the scripts of the application's own history repository hold the moment at which they were written.</summary>
    public bool HasNonDeterministicScripts { get; init; }

    /// <summary>Schema and name as the approvals file has them.</summary>
    public string FullName => Schema is null ? Name : $"{Schema}.{Name}";

    /// <summary>Schema and name as SQL has them.</summary>
    public string SqlName => Beside(Name);

    /// <summary>The name of a table beside this one, as SQL has it.</summary>
    /// <param name="table">The table's name.</param>
    public string Beside(string table) => Schema is null ? SqlText.Quote(table) : $"{SqlText.Quote(Schema)}.{SqlText.Quote(table)}";

    /// <summary>SQL that says that a migration is applied.</summary>
    /// <param name="id">The migration.</param>
    /// <param name="efVersion">The version of EF Core that it is written by.</param>
    public string Insert(string id, string efVersion) => Form is not null
        ? ScriptForm.Fill(Form.Insert, id, efVersion)
        : $"INSERT INTO {SqlName} ({SqlText.Quote(IdColumn)}, {SqlText.Quote(VersionColumn)}) VALUES ({SqlText.Literal(id)}, {SqlText.Literal(efVersion)})";

    /// <summary>SQL that says that a migration isn't applied any more.</summary>
    /// <param name="id">The migration.</param>
    public string Delete(string id) => Form is not null
        ? ScriptForm.Fill(Form.Delete, id)
        : $"DELETE FROM {SqlName} WHERE {SqlText.Quote(IdColumn)} = {SqlText.Literal(id)}";
}
