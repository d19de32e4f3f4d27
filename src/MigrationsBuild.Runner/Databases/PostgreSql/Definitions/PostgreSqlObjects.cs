using System.Text.RegularExpressions;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;
using static MigrationsBuild.Runner.Catalogs.ScriptStage;

namespace MigrationsBuild.Runner.Databases.PostgreSql.Definitions;

/// <summary>
/// Writes the statements of PostgreSQL's objects from the parts that <see cref="SchemaReader"/> reads. All of them can be in a transaction.
/// </summary>
internal sealed partial class PostgreSqlObjects : IObjectStatements
{
    private static readonly HashSet<string> _types = ["enum", "domain", "type"];
    private static readonly HashSet<string> _tables = ["table", "view", "materialized view", "foreign table"];

    /// <inheritdoc/>
    public ChangeForm FormOf(CatalogDifference change)
    {
        if (change.Object.Kind == "foreign table" || (change.Actual?["invalid"] is not null && change.Expected?["invalid"] is null))
            return ChangeForm.NotWritable;
        if (change is not { Expected: { } from, Actual: { } to })
            return ChangeForm.Replacement;
        return from.Kind switch
        {
            "column" => ColumnStatements.FormOf(from, to),
            "schema" or "sequence" or "extension" or "privileges" => ChangeForm.InPlace,
            "function" or "procedure" => from["#signature"] == to["#signature"] ? ChangeForm.InPlace : ChangeForm.Replacement,
            var kind when _types.Contains(kind) => TypeStatements.FormOf(from, to),
            var kind when _tables.Contains(kind) => TableStatements.FormOf(from, to),
            _ => from["body"] == to["body"] && from["invalid"] == to["invalid"] ? ChangeForm.InPlace : ChangeForm.Replacement,
        };
    }

    /// <inheritdoc/>
    public IEnumerable<string> Roles(CatalogObject one) => PrivilegeStatements.Roles(one);

    /// <inheritdoc/>
    public bool Survives(CatalogObject one) => one.Kind is "table" or "sequence" || (one.Kind == "column" && one["generated"] is null);

    /// <inheritdoc/>
    public bool IsInTheWay(CatalogObject from, CatalogObject to, IReadOnlyCollection<ObjectKey> lost) =>
        from.Kind == "column" && ColumnStatements.IsConverted(from, to, lost);

    /// <inheritdoc/>
    public IEnumerable<ScriptStatement> Create(CatalogObject one, IReadOnlyList<CatalogObject> columns) => one.Kind switch
    {
        _ when _tables.Contains(one.Kind) => TableStatements.Create(one, columns),
        "column" => ColumnStatements.Create(one),
        "privileges" => PrivilegeStatements.Change(null, one),
        // A trigger or a foreign key of a partition comes from its parent.
        "trigger" or "foreign key" when one["#inherited"] is not null => [],
        "function" or "procedure" => [.. CreateRoutine(one), .. Complete(null, one)],
        _ when _types.Contains(one.Kind) => [.. TypeStatements.Create(one), .. Complete(null, one)],
        _ => [CreateStatement(one), .. Complete(null, one)],
    };

    /// <inheritdoc/>
    public IEnumerable<ScriptStatement> Alter(CatalogObject from, CatalogObject to, IReadOnlyCollection<ObjectKey> lost) => from.Kind switch
    {
        "column" => ColumnStatements.Alter(from, to, lost),
        "privileges" => PrivilegeStatements.Change(from, to),
        _ when _tables.Contains(from.Kind) => TableStatements.Alter(from, to),
        _ when _types.Contains(from.Kind) => [.. TypeStatements.Alter(from, to), .. Complete(from, to)],
        "sequence" when $"{from["type"]} {from["options"]}" != $"{to["type"]} {to["options"]}" =>
            [new(Creation, $"ALTER SEQUENCE {to.Name} {SequenceOptions(to)}"), .. Complete(from, to)],
        "extension" => [new(Creation, $"ALTER EXTENSION {to.Name} SET SCHEMA {to["#schema"]}")],
        "function" or "procedure" when from["body"] != to["body"] => [.. CreateRoutine(to), .. Complete(from, to)],
        _ => Complete(from, to),
    };

    /// <inheritdoc/>
    public IEnumerable<ScriptStatement> Drop(CatalogObject one, bool isReplaced) => one.Kind switch
    {
        "column" => ColumnStatements.Drop(one),
        "privileges" => PrivilegeStatements.Change(one, null),
        _ when _tables.Contains(one.Kind) => TableStatements.Drop(one),
        "trigger" or "foreign key" when one["#inherited"] is not null => [],
        "trigger" or "policy" or "rule" =>
            [new(Removal, $"DROP {one.Kind.ToUpperInvariant()} IF EXISTS {one.LocalName} ON {one.Owner}")],
        _ when _types.Contains(one.Kind) => TypeStatements.Drop(one, isReplaced),
        _ when IsConstraint(one) =>
            [new(StageOfDrop(one), $"ALTER TABLE IF EXISTS {one.Owner} DROP CONSTRAINT IF EXISTS {one.LocalName}")],
        _ => [new(Removal, $"DROP {Word(one)} IF EXISTS {one.Name}")],
    };

    private static ScriptStatement CreateStatement(CatalogObject one) => one.Kind switch
    {
        "sequence" => new(Creation, $"CREATE SEQUENCE IF NOT EXISTS {one.Name} {SequenceOptions(one)}"),
        "schema" or "extension" => new(Creation, First().Replace(one["body"]!, "$& IF NOT EXISTS")),
        // An index of a partitioned table is created on its partitions as well.
        "index" => new(
            Creation,
            First().Replace(one["body"]!, "$& IF NOT EXISTS")
                .Replace($" ON ONLY {one.Owner} ", $" ON {one.Owner} ", StringComparison.Ordinal)),
        "rule" => new(Creation, "CREATE OR REPLACE" + one["body"]!["CREATE".Length..].TrimEnd(';')),
        "trigger" => Unless(one, "pg_trigger", "tgrelid", "tgname", one["body"]!),
        "policy" => Unless(one, "pg_policy", "polrelid", "polname", $"CREATE POLICY {one.LocalName} ON {one.Owner} AS {one["body"]}"),
        _ => Unless(one, "pg_constraint", "conrelid", "conname", $"ALTER TABLE {one.Owner} ADD CONSTRAINT {one.LocalName} {one["body"]}"),
    };

    /// <summary>The body of a function may name objects that are created after it.</summary>
    private static IEnumerable<ScriptStatement> CreateRoutine(CatalogObject one) =>
        [new(Preparation, "SET check_function_bodies = off"), new(Creation, one["body"]!.TrimEnd('\n'))];

    private static ScriptStatement Unless(CatalogObject one, string catalog, string owner, string name, string sql) => Guarded.Unless(
        Creation,
        $"FROM pg_catalog.{catalog} WHERE {owner} = {Guarded.Class(one.Owner)} AND {Guarded.Named(name, one.LocalName)}",
        sql);

    /// <summary>The statements for everything that isn't in the one that creates the object.</summary>
    private static IEnumerable<ScriptStatement> Complete(CatalogObject? from, CatalogObject to)
    {
        if (from?["owned"] != to["owned"])
            yield return new(Completion, $"ALTER SEQUENCE {to.Name} {to["owned"] ?? "OWNED BY NONE"}");
        if (from?["enabled"] != to["enabled"])
            yield return new(Completion, $"ALTER TABLE {to.Owner} {to["enabled"] ?? "ENABLE"} {Word(to)} {to.LocalName}");
        if (from?["clustered"] != to["clustered"])
        {
            var index = SqlText.Quote(ObjectName.Parse(to.Name).Name);
            yield return new(
                Completion, $"ALTER TABLE {to.Owner} {(to["clustered"] is null ? "SET WITHOUT CLUSTER" : $"CLUSTER ON {index}")}");
        }

        if (from?["comment"] != to["comment"])
        {
            var (word, name) = IsConstraint(to) ? ("CONSTRAINT", $"{to.LocalName} ON {to.Owner}")
                : to.Kind is "trigger" or "policy" or "rule" ? (Word(to), $"{to.LocalName} ON {to.Owner}")
                : (Word(to), to.Name);
            yield return new(Completion, Comment(word, name, to));
        }
    }

    /// <summary>The statement that sets or removes a comment.</summary>
    /// <param name="word">The kind of the object in SQL.</param>
    /// <param name="name">Its name in the statement.</param>
    /// <param name="one">The object.</param>
    public static string Comment(string word, string name, CatalogObject one) =>
        $"COMMENT ON {word} {name} IS {SqlText.Literal(one["comment"])}";

    /// <summary>When a part of a table is dropped. An inherited part can be dropped only after that of the parent.</summary>
    public static ScriptStage StageOfDrop(CatalogObject one) => one["#inherited"] is null ? Removal : Creation;

    private static string SequenceOptions(CatalogObject one) =>
        $"{one["type"]} {one["options"]}{(one["options"]!.EndsWith(" CYCLE", StringComparison.Ordinal) ? "" : " NO CYCLE")}";

    private static bool IsConstraint(CatalogObject one) => one.Kind is "primary key" or "foreign key" || one.Kind.EndsWith(" constraint");

    private static string Word(CatalogObject one) => one.Kind is "enum" ? "TYPE" : one.Kind.ToUpperInvariant();

    /// <summary>The words before the name that <c>CREATE</c> gives an object.</summary>
    [GeneratedRegex("^CREATE (SCHEMA|EXTENSION|(UNIQUE )?INDEX)")]
    private static partial Regex First();
}
