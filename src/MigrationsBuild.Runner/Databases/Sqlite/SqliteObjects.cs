using System.Text.RegularExpressions;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Sql;
using static MigrationsBuild.Runner.Catalogs.ScriptStage;

namespace MigrationsBuild.Runner.Databases.Sqlite;

/// <summary>
/// Writes the statements of SQLite's objects. SQLite changes no constraint and no column of a table, and has no <c>IF NOT EXISTS</c> for
/// columns.
/// </summary>
internal sealed partial class SqliteObjects : IObjectStatements
{
    /// <summary>The part of an object that contains the statement that SQLite stores for it.</summary>
    public const string Sql = "sql";

    private static readonly List<string> _stored = ["table", "index", "view", "trigger"];

    /// <summary>The position of a kind in a script: SQLite looks up the names in views and triggers when they are used.</summary>
    public static int RankOf(string kind) => _stored.IndexOf(kind);

    /// <inheritdoc/>
    public ChangeForm FormOf(CatalogDifference change) => change.Object.Kind switch
    {
        "column" when change is { Expected: not null, Actual: null } || CanBeAdded(change) => ChangeForm.Replacement,
        "table" when change is { Expected: not null, Actual: not null } => ChangeForm.NotWritable,
        var kind => _stored.Contains(kind) ? ChangeForm.Replacement : ChangeForm.NotWritable,
    };

    /// <inheritdoc/>
    public IEnumerable<string> Roles(CatalogObject one) => [];

    /// <inheritdoc/>
    public bool Survives(CatalogObject one) => one.Kind != "trigger";

    /// <inheritdoc/>
    public bool IsInTheWay(CatalogObject from, CatalogObject to, IReadOnlyCollection<ObjectKey> lost) => false;

    /// <inheritdoc/>
    public IEnumerable<ScriptStatement> Create(CatalogObject one, IReadOnlyList<CatalogObject> columns) => one.Kind switch
    {
        "column" => [new(Creation, $"ALTER TABLE {Quoted(one.Owner)} ADD COLUMN {Quoted(one.LocalName)} {one.Definition}")],
        _ when _stored.Contains(one.Kind) => [new(Creation, First().Replace(one[Sql]!, "$1 IF NOT EXISTS", 1))],
        _ => [],
    };

    /// <inheritdoc/>
    public IEnumerable<ScriptStatement> Alter(CatalogObject from, CatalogObject to, IReadOnlyCollection<ObjectKey> lost) => [];

    /// <inheritdoc/>
    public IEnumerable<ScriptStatement> Drop(CatalogObject one, bool isReplaced) => one.Kind switch
    {
        "column" => [new(Removal, $"ALTER TABLE {Quoted(one.Owner)} DROP COLUMN {Quoted(one.LocalName)}")],
        _ when _stored.Contains(one.Kind) => [new(Removal, $"DROP {one.Kind.ToUpperInvariant()} IF EXISTS {Quoted(one.Name)}")],
        _ => [],
    };

    /// <summary>A name in quotes, because it may be a keyword.</summary>
    private static string Quoted(string name) => SqlText.Quote(SqlText.Unquote(name));

    /// <summary>Whether <c>ALTER TABLE</c> accepts a new column: existing rows need a value.</summary>
    private static bool CanBeAdded(CatalogDifference change) => change is { Expected: null, Actual.Definition: var definition }
        && !Computed().IsMatch(definition)
        && (!definition.Contains(" NOT NULL", StringComparison.Ordinal) || definition.Contains(" DEFAULT ", StringComparison.Ordinal));

    /// <summary>The words before the name of an object.</summary>
    [GeneratedRegex(
        @"^\s*(CREATE\s+(?:UNIQUE\s+|VIRTUAL\s+)?(?:TABLE|INDEX|VIEW|TRIGGER))(?:\s+IF\s+NOT\s+EXISTS)?", RegexOptions.IgnoreCase)]
    private static partial Regex First();

    [GeneratedRegex(" (STORED|VIRTUAL)\\b")]
    private static partial Regex Computed();
}
