using MigrationsBuild.Runner.Catalogs;
using static MigrationsBuild.Runner.Catalogs.ScriptStage;

namespace MigrationsBuild.Runner.Databases.PostgreSql.Definitions;

/// <summary>Tables, views and materialized views.</summary>
internal static class TableStatements
{
    private const string Parent = "parent ";

    public static ChangeForm FormOf(CatalogObject from, CatalogObject to) => from.Kind switch
    {
        "table" => from["partitioned"] == to["partitioned"] ? ChangeForm.InPlace : ChangeForm.NotWritable,
        // A view in use can only get further columns.
        "view" => $"{to["#columns"]},".StartsWith($"{from["#columns"]},", StringComparison.Ordinal)
            ? ChangeForm.InPlace
            : ChangeForm.Replacement,
        "materialized view" => from["body"] == to["body"] && from["options"] == to["options"]
            ? ChangeForm.InPlace
            : ChangeForm.Replacement,
        _ => ChangeForm.NotWritable,
    };

    public static IEnumerable<ScriptStatement> Create(CatalogObject one, IReadOnlyList<CatalogObject> columns)
    {
        var options = one["options"] is { } with ? " " + with : "";
        if (one.Kind != "table")
        {
            var create = one.Kind == "view" ? "CREATE OR REPLACE VIEW" : "CREATE MATERIALIZED VIEW IF NOT EXISTS";
            yield return new(Creation, $"{create} {one.Name}{options} AS\n{one["body"]!.TrimEnd(';', ' ', '\n')}");
        }
        else
        {
            var unlogged = one["persistence"] is { } persistence ? persistence + " " : "";
            var parts = string.Join(",", columns.Select(column => $"\n    {ColumnStatements.Definition(column)}"));
            var partitioned = one["partitioned"] is { } key ? " " + key : "";
            yield return new(
                Creation,
                $"CREATE {unlogged}TABLE IF NOT EXISTS {one.Name} ({parts}{(parts.Length > 0 ? "\n" : "")}){partitioned}{options}");
        }

        foreach (var statement in Complete(null, one).Concat(columns.SelectMany(column => ColumnStatements.Complete(null, column))))
            yield return statement;
    }

    public static IEnumerable<ScriptStatement> Drop(CatalogObject one) =>
        [new(Removal, $"DROP {one.Kind.ToUpperInvariant()} IF EXISTS {one.Name}")];

    public static IEnumerable<ScriptStatement> Alter(CatalogObject from, CatalogObject to)
    {
        if (to.Kind == "view")
        {
            foreach (var statement in Create(to, []).Where(statement => statement.Stage == Creation))
                yield return statement;
        }
        else if (to.Kind == "table")
        {
            if (from["persistence"] != to["persistence"])
                yield return new(Creation, $"ALTER TABLE {to.Name} SET {to["persistence"] ?? "LOGGED"}");
            foreach (var clause in StorageOptions.Changes(from["options"], to["options"]))
                yield return new(Creation, $"ALTER TABLE {to.Name} {clause}");
            if (Parents(from) != Parents(to))
            {
                foreach (var parent in ParentsOf(from))
                    yield return Detach(from, parent);
            }
        }

        foreach (var statement in Complete(from, to))
            yield return statement;
    }

    private static IEnumerable<ScriptStatement> Complete(CatalogObject? from, CatalogObject to)
    {
        if (from is null || Parents(from) != Parents(to))
        {
            foreach (var parent in ParentsOf(to))
                yield return Attach(to, parent);
        }

        if (from?["replica identity"] != to["replica identity"])
            yield return new(Completion, $"ALTER TABLE {to.Name} {to["replica identity"] ?? "REPLICA IDENTITY DEFAULT"}");
        if (from?["row security"] != to["row security"])
            yield return new(Completion, $"ALTER TABLE {to.Name} {to["row security"] ?? "DISABLE ROW LEVEL SECURITY"}");
        if (from?["forced"] != to["forced"])
            yield return new(Completion, $"ALTER TABLE {to.Name} {to["forced"] ?? "NO FORCE ROW LEVEL SECURITY"}");
        if (from?["comment"] != to["comment"])
            yield return new(Completion, PostgreSqlObjects.Comment(to.Kind.ToUpperInvariant(), to.Name, to));
    }

    private static ScriptStatement Attach(CatalogObject one, string parent) => Guarded.Unless(
        Completion,
        Link(one, parent),
        one["bound"] is { } bound
            ? $"ALTER TABLE {parent} ATTACH PARTITION {one.Name} {bound}"
            : $"ALTER TABLE {one.Name} INHERIT {parent}");

    private static ScriptStatement Detach(CatalogObject one, string parent) => Guarded.If(
        Removal,
        Link(one, parent),
        one["bound"] is not null
            ? $"ALTER TABLE {parent} DETACH PARTITION {one.Name}"
            : $"ALTER TABLE {one.Name} NO INHERIT {parent}");

    private static string Link(CatalogObject one, string parent) =>
        $"FROM pg_catalog.pg_inherits WHERE inhrelid = {Guarded.Class(one.Name)} AND inhparent = {Guarded.Class(parent)}";

    private static string Parents(CatalogObject one) => string.Join('\n', ParentsOf(one).Append(one["bound"]));

    /// <summary>The names of the tables of which it is a partition, or whose columns it inherits.</summary>
    private static IEnumerable<string> ParentsOf(CatalogObject one) => one.Parts
        .Where(part => part.Key.StartsWith(Parent, StringComparison.Ordinal))
        .Select(part => part.Value[((one["bound"] is null ? "INHERITS " : "PARTITION OF ").Length)..]);
}
