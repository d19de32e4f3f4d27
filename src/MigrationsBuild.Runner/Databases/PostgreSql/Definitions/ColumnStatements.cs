using MigrationsBuild.Runner.Catalogs;
using static MigrationsBuild.Runner.Catalogs.ScriptStage;

namespace MigrationsBuild.Runner.Databases.PostgreSql.Definitions;

/// <summary>The columns of tables.</summary>
internal static class ColumnStatements
{
    /// <summary>A generated column has no values of its own, so it is created again. Other columns keep their values.</summary>
    public static ChangeForm FormOf(CatalogObject from, CatalogObject to) =>
        to["generated"] is not null && (from["generated"] != to["generated"] || Type(from) != Type(to))
            ? ChangeForm.Replacement
            : ChangeForm.InPlace;

    /// <summary>The column as in <c>CREATE TABLE</c>.</summary>
    public static string Definition(CatalogObject one) => string.Join(' ', new[]
    {
        one.LocalName, Type(one), one["generated"], one["identity"], IdentityOptions(one), one["default"], one["not null"],
    }.OfType<string>());

    /// <summary>The column of an existing table. An inherited one is created with that of the parent.</summary>
    public static IEnumerable<ScriptStatement> Create(CatalogObject one)
    {
        if (one["#inherited"] is null)
            yield return new(Creation, $"ALTER TABLE {one.Owner} ADD COLUMN IF NOT EXISTS {Definition(one)}");
        foreach (var statement in Complete(null, one))
            yield return statement;
    }

    public static IEnumerable<ScriptStatement> Drop(CatalogObject one) =>
    [
        new(
            PostgreSqlObjects.StageOfDrop(one),
            $"ALTER TABLE IF EXISTS {one.Owner} DROP COLUMN IF EXISTS {one.LocalName}"),
    ];

    /// <summary>Whether the values of the column get another type, also one of the same name.</summary>
    public static bool IsConverted(CatalogObject from, CatalogObject to, IEnumerable<ObjectKey> lost) =>
        Type(from) != Type(to) || lost.Any(IsEnum);

    private static bool IsEnum(ObjectKey key) => key.Kind == "enum";

    public static IEnumerable<ScriptStatement> Alter(CatalogObject from, CatalogObject to, IReadOnlyCollection<ObjectKey> lost)
    {
        var alter = $"ALTER TABLE {to.Owner} ALTER COLUMN {to.LocalName}";
        var isConverted = IsConverted(from, to, lost) && to["#inherited"] is null;
        var losesDefault = from["default"] is not null && (isConverted || lost.Count > 0 || to["default"] is null);
        if (losesDefault)
            yield return new(Removal, $"{alter} DROP DEFAULT");
        if (from["generated"] is not null && to["generated"] is null)
            yield return new(Creation, $"{alter} DROP EXPRESSION IF EXISTS");
        if (isConverted)
        {
            // There is no cast between two enums.
            var value = lost.Any(IsEnum) ? $"{to.LocalName}::text" : to.LocalName;
            yield return new(Creation, $"{alter} TYPE {Type(to)} USING {value}::{to["type"]}");
        }

        if (from["identity"] is not null && to["identity"] is null)
            yield return new(Creation, $"{alter} DROP IDENTITY IF EXISTS");
        if (from["not null"] != to["not null"])
            yield return new(Creation, $"{alter} {(to["not null"] is null ? "DROP" : "SET")} NOT NULL");
        foreach (var statement in AlterIdentity(alter, from, to))
            yield return statement;
        if (to["default"] is { } @default && (losesDefault || from["default"] != @default))
            yield return new(Creation, $"{alter} SET {@default}");
        foreach (var statement in Complete(from, to))
            yield return statement;
    }

    /// <summary>The statements for everything that isn't in <see cref="Definition"/>.</summary>
    /// <param name="from">The column as it is; <see langword="null"/> for a new one.</param>
    /// <param name="to">The column as it will be.</param>
    public static IEnumerable<ScriptStatement> Complete(CatalogObject? from, CatalogObject to)
    {
        var alter = $"ALTER TABLE {to.Owner} ALTER COLUMN {to.LocalName}";
        if (from?["storage"] != to["storage"])
            yield return new(Completion, $"{alter} SET {to["storage"] ?? "STORAGE EXTENDED"}");
        foreach (var clause in StorageOptions.Changes(from?["options"], to["options"]))
            yield return new(Completion, $"{alter} {clause}");
        if (from?["comment"] != to["comment"])
            yield return new(Completion, PostgreSqlObjects.Comment("COLUMN", to.Name, to));
    }

    private static IEnumerable<ScriptStatement> AlterIdentity(string alter, CatalogObject from, CatalogObject to)
    {
        if (to["identity"] is not { } identity)
            yield break;
        if (from["identity"] is null)
        {
            yield return Guarded.Unless(
                Creation,
                $"FROM pg_catalog.pg_attribute WHERE attrelid = {Guarded.Class(to.Owner)} "
                + $"AND {Guarded.Named("attname", to.LocalName)} AND attidentity <> ''",
                $"{alter} ADD {identity} {IdentityOptions(to)}");
        }
        else if (from["identity"] != identity)
        {
            yield return new(Creation, $"{alter} SET {identity.Replace(" AS IDENTITY", "")}");
        }

        if (from["identity"] is not null && from["identity options"] != to["identity options"])
        {
            var words = to["identity options"]!.Split(' ');
            var options = words.Where(word => word != "CYCLE").Chunk(2).Select(pair => $"SET {pair[0]} {pair[1]}");
            yield return new(Creation, $"{alter} {string.Join(' ', options)} SET {(words.Contains("CYCLE") ? "CYCLE" : "NO CYCLE")}");
        }
    }

    /// <summary>The options of the identity. Its sequence keeps its name if the table was renamed.</summary>
    private static string? IdentityOptions(CatalogObject one)
    {
        var name = one["#sequence"] is { } sequence ? $"SEQUENCE NAME {sequence} " : "";
        return one["identity options"] is { } options ? $"({name}{options})" : null;
    }

    private static string Type(CatalogObject one) => one["collation"] is { } collation ? $"{one["type"]} {collation}" : one["type"]!;
}
