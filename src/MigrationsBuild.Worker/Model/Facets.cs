using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MigrationsBuild.Worker.Model;

/// <summary>Says what of a thing an operation changes: its facets, and the provider's annotations.</summary>
internal static class Facets
{
    private const string Enum = "Npgsql:Enum:";
    private const string Extension = "Npgsql:PostgresExtension:";

    /// <summary>The differences: <c>type text to character varying(100), default ""</c>.</summary>
    public static string Between(IReadOnlyAnnotatable before, IReadOnlyAnnotatable after, params (string Name, object? Before, object? After)[] facets)
    {
        var annotations = Names(before, after).Select(name => (name, before.FindAnnotation(name)?.Value, after.FindAnnotation(name)?.Value));
        var text = string.Join(", ", facets.Concat(annotations).Select(facet => Difference(facet.Item1, facet.Item2, facet.Item3)).OfType<string>());
        return text.Length == 0 ? "what the provider keeps of it" : text;
    }

    /// <summary>The provider's annotations of a new thing, as the end of a sentence.</summary>
    public static string Of(IReadOnlyAnnotatable element) => string.Concat(element.GetAnnotations()
        .Where(annotation => annotation.Value is not (null or false))
        .Select(annotation => annotation.Name == "Npgsql:CreatedConcurrently" ? ", concurrently, outside a transaction" : $", {annotation.Name} {Show(annotation.Value)}"));

    /// <summary>The database as a whole: collation, and PostgreSQL's enums and extensions.</summary>
    public static string OfDatabase(AlterDatabaseOperation operation)
    {
        var changes = Names(operation.OldDatabase, operation)
            .Select(name => (Name: name, Before: operation.OldDatabase.FindAnnotation(name)?.Value, After: operation.FindAnnotation(name)?.Value))
            .Where(change => !Equals(change.Before, change.After))
            .Select(change => change.Name.StartsWith(Enum, StringComparison.Ordinal) ? OfEnum(change.Name[Enum.Length..], change.Before, change.After)
                : change.Name.StartsWith(Extension, StringComparison.Ordinal) ? $"{(change.After is null ? "drops" : change.Before is null ? "adds" : "changes")} extension {change.Name[Extension.Length..]}"
                : $"changes the database: {Difference(change.Name, change.Before, change.After)}");
        var collation = Difference("collation", operation.OldDatabase.Collation, operation.Collation);
        var all = changes.Concat(collation is null ? [] : [$"changes the database: {collation}"]).ToList();
        return all.Count == 0 ? "changes the database" : string.Join("; ", all);
    }

    private static string OfEnum(string name, object? before, object? after) =>
        after is null ? $"drops enum {name}"
        : before is null ? $"adds enum {name} ({after})"
        : $"changes enum {name}: {string.Join(", ", Labels(after).Except(Labels(before)).Select(label => $"adds {label}").Concat(Labels(before).Except(Labels(after)).Select(label => $"removes {label}")))}";

    private static string[] Labels(object value) => value.ToString()!.Split(',');

    private static IEnumerable<string> Names(IReadOnlyAnnotatable before, IReadOnlyAnnotatable after) =>
        before.GetAnnotations().Concat(after.GetAnnotations()).Select(annotation => annotation.Name).Distinct();

    private static string? Difference(string name, object? before, object? after) =>
        Equals(before, after) ? null
        : before is null ? $"{name} {Show(after)}"
        : after is null ? $"no {name}, was {Show(before)}"
        : $"{name} {Show(before)} to {Show(after)}";

    private static string Show(object? value) => value is string { Length: 0 } ? "\"\"" : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
