using System.Globalization;
using MigrationsBuild.Files;

namespace MigrationsBuild.Contexts;

/// <summary>What the models say about the tables that a migration's SQL names. The lint needs it, because SQL names no old types.</summary>
/// <param name="Before">The tables before the migration, as <c>CREATE</c> statements.</param>
/// <param name="After">The tables after the migration, as <c>CREATE</c> statements.</param>
/// <param name="EnumTexts">The columns of C# enums that the database stores as text: <c>"Orders"."State"</c>.</param>
/// <param name="Discriminators">The columns that tell which entity type a row has: <c>"Animals"."Discriminator"</c>.</param>
public sealed record SchemaFacts(
    string Before, string After, IReadOnlyList<string> EnumTexts, IReadOnlyList<string> Discriminators)
{
    /// <summary>The lines of the migration's C# that generate its statements: the hash of a statement, a blank, and the line.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>A line of <see cref="Lines"/>.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="line">The line, from 1.</param>
    public static string LineOf(string statement, int line) => $"{ContentHash.OfText(statement)} {line}";

    /// <summary>The line that generates a statement; <see langword="null"/> if none does, or if it isn't known.</summary>
    /// <param name="statement">The statement.</param>
    public int? FindLine(string statement)
    {
        var start = ContentHash.OfText(statement) + " ";
        return Lines.FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal)) is { } found
            ? int.Parse(found.Substring(start.Length), CultureInfo.InvariantCulture)
            : null;
    }
}
