using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases;

/// <summary>The properties that a scratch database has in common with the database for which it stands.</summary>
/// <param name="Encoding">The encoding.</param>
/// <param name="Collation">The collation.</param>
/// <param name="CharacterType">The character classification.</param>
/// <param name="Schema">The schema in which new tables are created; <see langword="null"/> if there is none.</param>
/// <param name="Extensions">The extensions, each with its schema.</param>
internal sealed record ScratchTemplate(
    string Encoding, string Collation, string CharacterType, string? Schema, IReadOnlyList<(string Name, string Schema)> Extensions)
{
    /// <summary>The statement that creates the database.</summary>
    /// <param name="name">Its name.</param>
    public string CreateStatement(string name) =>
        $"CREATE DATABASE {SqlText.Quote(name)} TEMPLATE template0 ENCODING {SqlText.Literal(Encoding)} "
        + $"LC_COLLATE {SqlText.Literal(Collation)} LC_CTYPE {SqlText.Literal(CharacterType)}";

    /// <summary>The template without the schemas and extensions that migrations create.</summary>
    /// <param name="creations">The statements of the migrations that create schemas and extensions.</param>
    public ScratchTemplate Without(IReadOnlyList<string> creations)
    {
        bool IsCreated(string name) => creations.Any(statement => statement.Contains(name, StringComparison.Ordinal));
        return this with
        {
            Schema = Schema is { } schema && IsCreated(schema) ? null : Schema,
            Extensions = [.. Extensions.Where(extension => !IsCreated(extension.Name))],
        };
    }

    /// <summary>The statements that create the schema and the extensions.</summary>
    public IEnumerable<string> Statements =>
    [
        .. Extensions.Select(extension => extension.Schema).Append(Schema).OfType<string>().Distinct()
            .Select(schema => $"CREATE SCHEMA IF NOT EXISTS {SqlText.Quote(schema)}"),
        .. Extensions.Select(extension =>
            $"CREATE EXTENSION IF NOT EXISTS {SqlText.Quote(extension.Name)} SCHEMA {SqlText.Quote(extension.Schema)} CASCADE"),
    ];
}
