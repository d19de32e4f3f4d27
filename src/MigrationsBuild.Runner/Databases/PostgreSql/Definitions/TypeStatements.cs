using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;
using static MigrationsBuild.Runner.Catalogs.ScriptStage;

namespace MigrationsBuild.Runner.Databases.PostgreSql.Definitions;

/// <summary>Enums, domains and composite types.</summary>
internal static class TypeStatements
{
    private const string Constraint = "constraint ";
    private const string Attribute = "#attribute ";

    public static ChangeForm FormOf(CatalogObject from, CatalogObject to) => from.Kind switch
    {
        "enum" => AddedLabels(from, to) is null ? ChangeForm.Replacement : ChangeForm.InPlace,
        "domain" => from["body"] == to["body"] ? ChangeForm.InPlace : ChangeForm.NotWritable,
        _ => ChangeForm.InPlace,
    };

    public static IEnumerable<ScriptStatement> Create(CatalogObject one)
    {
        var sql = one.Kind == "domain"
            ? $"CREATE DOMAIN {one.Name} AS " + string.Join(' ', one.Parts.Where(part => part.Key != "comment").Select(part => part.Value))
            : $"CREATE TYPE {one.Name} AS {one["body"]}";
        yield return Guarded.Unless(Creation, $"WHERE pg_catalog.to_regtype({SqlText.Literal(one.Name)}) IS NOT NULL", sql);
    }

    public static IEnumerable<ScriptStatement> Drop(CatalogObject one, bool isReplaced)
    {
        if (one.Kind == "enum" && isReplaced)
        {
            var labels = $"ARRAY[{string.Join(", ", Labels(one))}]";
            yield return Guarded.If(
                Removal,
                $"FROM pg_catalog.pg_enum WHERE enumtypid = {SqlText.Literal(one.Name)}::pg_catalog.regtype "
                + $"HAVING pg_catalog.array_agg(enumlabel::pg_catalog.text ORDER BY enumsortorder) = {labels}",
                $"ALTER TYPE {one.Name} RENAME TO {SqlText.Quote(FormerName(one))}");
            // Until then columns have its values.
            yield return new(Completion, $"DROP TYPE IF EXISTS {Former(one)}");
        }
        else
        {
            yield return new(Removal, $"DROP {(one.Kind == "domain" ? "DOMAIN" : "TYPE")} IF EXISTS {one.Name}");
        }
    }

    public static IEnumerable<ScriptStatement> Alter(CatalogObject from, CatalogObject to) => from.Kind switch
    {
        "enum" => AddedLabels(from, to)!.Select(label => new ScriptStatement(Creation, $"ALTER TYPE {to.Name} ADD VALUE {label}")),
        "domain" => AlterDomain(from, to),
        _ => AlterAttributes(from, to),
    };

    private static IEnumerable<ScriptStatement> AlterDomain(CatalogObject from, CatalogObject to)
    {
        if (from["default"] != to["default"])
            yield return new(Creation, $"ALTER DOMAIN {to.Name} {(to["default"] is { } value ? $"SET {value}" : "DROP DEFAULT")}");
        foreach (var name in Changed(from, to, Constraint))
            yield return new(Removal, $"ALTER DOMAIN {from.Name} DROP CONSTRAINT IF EXISTS {name}");
        foreach (var name in Changed(to, from, Constraint))
        {
            yield return Guarded.Unless(
                Creation,
                $"FROM pg_catalog.pg_constraint WHERE contypid = {SqlText.Literal(to.Name)}::pg_catalog.regtype "
                + $"AND {Guarded.Named("conname", name)}",
                $"ALTER DOMAIN {to.Name} ADD {to[Constraint + name]}");
        }

        if (from["not null"] != to["not null"])
            yield return new(Creation, $"ALTER DOMAIN {to.Name} {(to["not null"] is null ? "DROP" : "SET")} NOT NULL");
    }

    private static IEnumerable<ScriptStatement> AlterAttributes(CatalogObject from, CatalogObject to)
    {
        foreach (var name in Changed(from, to, Attribute).Where(name => to[Attribute + name] is null))
            yield return new(Creation, $"ALTER TYPE {to.Name} DROP ATTRIBUTE IF EXISTS {name}");
        foreach (var name in Changed(to, from, Attribute))
        {
            var type = to[Attribute + name];
            yield return from[Attribute + name] is not null
                ? new(Creation, $"ALTER TYPE {to.Name} ALTER ATTRIBUTE {name} TYPE {type}")
                : Guarded.Unless(
                    Creation,
                    $"FROM pg_catalog.pg_attribute WHERE attrelid = {Guarded.Class(to.Name)} AND {Guarded.Named("attname", name)}",
                    $"ALTER TYPE {to.Name} ADD ATTRIBUTE {name} {type}");
        }
    }

    /// <summary>The names of parts that another object doesn't have, or not with this text.</summary>
    private static IEnumerable<string> Changed(CatalogObject one, CatalogObject other, string prefix) => one.Parts
        .Where(part => part.Key.StartsWith(prefix, StringComparison.Ordinal) && other[part.Key] != part.Value)
        .Select(part => part.Key[prefix.Length..]);

    /// <summary>The clauses that add labels; <see langword="null"/> if labels are missing or have another order.</summary>
    private static List<string>? AddedLabels(CatalogObject from, CatalogObject to)
    {
        var (old, added) = (Labels(from), new List<string>());
        var next = 0;
        foreach (var label in Labels(to))
        {
            if (next < old.Count && old[next] == label)
                next++;
            else
                added.Add($"IF NOT EXISTS {label}{(next < old.Count ? $" BEFORE {old[next]}" : "")}");
        }

        return next == old.Count ? added : null;
    }

    private static List<string> Labels(CatalogObject one) =>
    [
        .. SqlLexer.Tokenize(one["body"]!, SqlDialect.PostgreSql)
            .Where(token => token.Kind is SqlTokenKind.Literal or SqlTokenKind.EscapeLiteral)
            .Select(token => token.In(one["body"]!)),
    ];

    private static string Former(CatalogObject one) =>
        $"{SqlText.Quote(ObjectName.Parse(one.Name).Schema ?? "public")}.{SqlText.Quote(FormerName(one))}";

    private static string FormerName(CatalogObject one) => ObjectName.Parse(one.Name).Name + "_former";
}
