using MigrationsBuild.Sql;

namespace MigrationsBuild.Lint;

/// <summary>A migration to lint.</summary>
/// <param name="Up">The SQL that applies it.</param>
/// <param name="Dialect">The dialect of the SQL.</param>
public sealed record LintInput(string Up, SqlDialect Dialect)
{
    /// <summary>The SQL that reverts it; empty if there is none.</summary>
    public string Down { get; init; } = "";

    /// <summary>
    /// The tables before the migration, as <c>CREATE TABLE</c> and <c>CREATE INDEX</c> statements; empty if they aren't known. Tables
    /// that it doesn't use may be left out.
    /// </summary>
    public string Before { get; init; } = "";

    /// <summary>The tables after the migration, by the model.</summary>
    public string After { get; init; } = "";

    /// <summary>The columns of C# enums that the database stores as text: <c>"Orders"."State"</c>.</summary>
    public IReadOnlyList<string> EnumTexts { get; init; } = [];

    /// <summary>The columns that tell which entity type a row has: <c>"Animals"."Discriminator"</c>.</summary>
    public IReadOnlyList<string> Discriminators { get; init; } = [];

    /// <summary>The SQL of earlier migrations, newest first. It is read only if a rule needs it.</summary>
    public IEnumerable<string> Earlier { get; init; } = [];
}
