using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>
/// Generates ids with the timestamp of an existing draft, so that a draft that is generated again keeps its position and its file names.
/// </summary>
internal sealed class FixedTimestampIdGenerator(string id) : IMigrationsIdGenerator
{
    /// <inheritdoc/>
    public string GenerateId(string name) => id[..(id.IndexOf('_') + 1)] + name;

    /// <inheritdoc/>
    public string GetName(string id) => id[(id.IndexOf('_') + 1)..];

    /// <inheritdoc/>
    public bool IsValidId(string value) => value.IndexOf('_') == 14;
}
