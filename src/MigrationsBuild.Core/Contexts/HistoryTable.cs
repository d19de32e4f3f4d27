using MigrationsBuild.Sql;

namespace MigrationsBuild.Contexts;

/// <summary>EF Core's table of applied migrations, as the context configures it.</summary>
/// <param name="Schema">The schema; <see langword="null"/> for the default of the connection.</param>
/// <param name="Name">The name, by default <c>__EFMigrationsHistory</c>.</param>
/// <param name="IdColumn">The column of the migration's id.</param>
/// <param name="VersionColumn">The column of EF Core's version.</param>
/// <param name="CreateScript">The SQL of EF Core that creates the table if it doesn't exist.</param>
public sealed record HistoryTable(string? Schema, string Name, string IdColumn, string VersionColumn, string CreateScript)
{
    /// <summary>The form of the provider's scripts; <see langword="null"/> for the databases that the runner supports.</summary>
    public ScriptForm? Form { get; init; }

    /// <summary>
    /// The SQL by which a custom history repository removes any migration, with <see cref="ScriptForm.Id"/> in place of its id;
    /// <see langword="null"/> if EF Core's statement is used.
    /// </summary>
    public string? DeleteScript { get; init; }

    /// <summary>
    /// What the runner doesn't support of a custom history repository, as a sentence; <see langword="null"/> if it supports all of it.
    /// </summary>
    public string? Unsupported { get; init; }

    /// <summary>Whether a custom history repository generates different SQL each time, for example with the current time.</summary>
    public bool HasNonDeterministicScripts { get; init; }

    /// <summary>Schema and name, as they are in the approvals file.</summary>
    public string FullName => Schema is null ? Name : $"{Schema}.{Name}";

    /// <summary>Schema and name, quoted for SQL.</summary>
    public string SqlName => Beside(Name);

    /// <summary>The name of a table in the same schema, quoted for SQL.</summary>
    /// <param name="table">The table's name, without quotes.</param>
    public string Beside(string table) => Schema is null ? SqlText.Quote(table) : $"{SqlText.Quote(Schema)}.{SqlText.Quote(table)}";

    /// <summary>The SQL that records that a migration is applied.</summary>
    /// <param name="id">The migration.</param>
    /// <param name="efVersion">The version of EF Core to record.</param>
    public string Insert(string id, string efVersion) => Form is not null
        ? ScriptForm.Fill(Form.Insert, id, efVersion)
        : $"INSERT INTO {SqlName} ({SqlText.Quote(IdColumn)}, {SqlText.Quote(VersionColumn)}) "
          + $"VALUES ({SqlText.Literal(id)}, {SqlText.Literal(efVersion)})";

    /// <summary>The SQL that removes the record of a migration.</summary>
    /// <param name="id">The migration.</param>
    public string Delete(string id) => Form is not null
        ? ScriptForm.Fill(Form.Delete, id)
        : $"DELETE FROM {SqlName} WHERE {SqlText.Quote(IdColumn)} = {SqlText.Literal(id)}";
}
