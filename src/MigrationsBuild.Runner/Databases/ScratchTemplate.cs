using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases;

/// <summary>The properties that a scratch database has in common with the database for which it stands.</summary>
/// <param name="Encoding">The encoding.</param>
/// <param name="Collation">The collation.</param>
/// <param name="CharacterType">The character classification.</param>
/// <param name="Schema">The schema in which new tables are created; <see langword="null"/> if there is none.</param>
/// <param name="Extensions">The extensions, each with its schema; <see langword="null"/> if it creates the schema itself.</param>
internal sealed record ScratchTemplate(
    string Encoding, string Collation, string CharacterType, string? Schema, IReadOnlyList<(string Name, string? Schema)> Extensions)
{
    /// <summary>The statement that creates the database.</summary>
    /// <param name="name">Its name.</param>
    public string CreateStatement(string name) =>
        $"CREATE DATABASE {SqlText.Quote(name)} TEMPLATE template0 ENCODING {SqlText.Literal(Encoding)} "
        + $"LC_COLLATE {SqlText.Literal(Collation)} LC_CTYPE {SqlText.Literal(CharacterType)}";

    /// <summary>The template without the schemas and extensions that migrations create.</summary>
    /// <param name="created">The names of these schemas and extensions.</param>
    public ScratchTemplate Without(IReadOnlySet<string> created) => this with
    {
        Schema = Schema is { } schema && created.Contains(schema) ? null : Schema,
        Extensions = [.. Extensions.Where(extension => !created.Contains(extension.Name))],
    };

    /// <summary>The statements that create the schemas and the extensions. Not every server has each extension.</summary>
    public IEnumerable<string> Statements =>
    [
        .. Extensions.Select(extension => extension.Schema).Append(Schema).OfType<string>().Distinct()
            .Select(schema => $"CREATE SCHEMA IF NOT EXISTS {SqlText.Quote(schema)}"),
        .. Extensions.Select(extension => $"CREATE EXTENSION IF NOT EXISTS {SqlText.Quote(extension.Name)}"
            + $"{(extension.Schema is { } schema ? $" SCHEMA {SqlText.Quote(schema)}" : "")} CASCADE"),
    ];
}
