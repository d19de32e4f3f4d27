namespace MigrationsBuild.Contexts;

/// <summary>What the models say about the tables that a migration's SQL names. The lint needs it, because SQL names no old types.</summary>
/// <param name="Before">The tables before the migration, as <c>CREATE</c> statements.</param>
/// <param name="After">The tables after the migration, as <c>CREATE</c> statements.</param>
/// <param name="EnumTexts">The columns of C# enums that the database stores as text: <c>"Orders"."State"</c>.</param>
/// <param name="Discriminators">The columns that tell which entity type a row has: <c>"Animals"."Discriminator"</c>.</param>
public sealed record SchemaFacts(
    string Before, string After, IReadOnlyList<string> EnumTexts, IReadOnlyList<string> Discriminators);
