using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MigrationsBuild.Worker.Model;

/// <summary>
/// A change of the database as a whole. EF Core has one operation for all of them: the collation, the provider's options for new databases,
/// and PostgreSQL's extensions, enums, ranges and collations.
/// </summary>
/// <param name="Verb"><c>adds</c>, <c>drops</c> or <c>changes</c>.</param>
/// <param name="Kind">The kind of object: <c>enum</c>; empty for the database itself.</param>
/// <param name="Name">The object's name, with its schema if it has one; for the database itself, the option that changes.</param>
/// <param name="Detail">The details, with their separator.</param>
internal sealed record DatabaseChange(string Verb, string Kind, string Name, string Detail)
{
    private static readonly (string Prefix, string Kind)[] _objects =
    [
        ("Npgsql:Enum:", "enum"),
        ("Npgsql:PostgresExtension:", "extension"),
        ("Npgsql:Range:", "range"),
        ("Npgsql:CollationDefinition:", "collation"),
    ];

    /// <summary>The changes of an operation.</summary>
    public static IEnumerable<DatabaseChange> Of(AlterDatabaseOperation operation)
    {
        var old = operation.OldDatabase;
        var objects = old.GetAnnotations().Concat(operation.GetAnnotations())
            .Select(annotation => annotation.Name)
            .Distinct()
            .Select(name => Object(name, old.FindAnnotation(name)?.Value?.ToString(), operation.FindAnnotation(name)?.Value?.ToString()))
            .OfType<DatabaseChange>();
        var settings = AnnotationDescriptions.Between(old, operation, IsObject)
            .Prepend(new OperationDetail("collation", old.Collation, operation.Collation))
            .Where(detail => detail.Difference is not null)
            .Select(detail => new DatabaseChange("changes", "", detail.Name, detail.Difference!));
        return objects.Concat(settings);
    }

    /// <inheritdoc/>
    public override string ToString() => Kind.Length == 0 ? $"changes the database: {Detail}" : $"{Verb} {Kind} {Name}{Detail}";

    private static bool IsObject(string annotation) =>
        Array.Exists(_objects, known => annotation.StartsWith(known.Prefix, StringComparison.Ordinal));

    private static DatabaseChange? Object(string annotation, string? before, string? after)
    {
        var (prefix, kind) = Array.Find(_objects, known => annotation.StartsWith(known.Prefix, StringComparison.Ordinal));
        if (prefix is null || before == after)
            return null;
        var verb = before is null ? "adds" : after is null ? "drops" : "changes";
        return new DatabaseChange(verb, kind, annotation[prefix.Length..], after is null ? "" : Describe(kind, before, after));
    }

    private static string Describe(string kind, string? before, string after) => kind switch
    {
        "enum" => before is null ? $" ({string.Join(", ", List(after))})" : $": {Labels([.. List(before)], [.. List(after)])}",
        "extension" => List(after).ElementAtOrDefault(2) is { Length: > 0 } version ? $" version {version}" : "",
        "collation" => $" ({Collation([.. List(after)])})",
        _ => $" ({string.Join(", ", List(after).Where(part => part.Length > 0))})",
    };

    /// <summary>The annotation has <c>LC_COLLATE</c>, <c>LC_CTYPE</c>, the provider, and whether the collation is deterministic.</summary>
    private static string Collation(string[] parts) => string.Join(", ", new[]
    {
        parts.ElementAtOrDefault(0) ?? "",
        parts.ElementAtOrDefault(1) is { Length: > 0 } characters && characters != parts[0] ? $"characters of {characters}" : "",
        parts.ElementAtOrDefault(2) is { Length: > 0 } provider ? $"provider {provider}" : "",
        parts.ElementAtOrDefault(3) is "False" ? "not deterministic" : "",
    }.Where(part => part.Length > 0));

    private static string Labels(string[] before, string[] after)
    {
        List<string> changes =
            [.. after.Except(before).Select(label => $"adds {label}"), .. before.Except(after).Select(label => $"removes {label}")];
        return changes.Count > 0 ? string.Join(", ", changes) : $"order {string.Join(", ", before)} to {string.Join(", ", after)}";
    }

    private static IEnumerable<string> List(string text) => text.Split(',').Select(part => part.Trim());
}
