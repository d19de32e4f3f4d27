namespace MigrationsBuild.Runner.Catalogs;

/// <summary>The differences between the objects of a model and those that migrations produce, by what they mean.</summary>
/// <param name="all">The differences; what the model says is expected.</param>
internal sealed class ModelComparison(IReadOnlyList<CatalogDifference> all)
{
    /// <summary>The kinds of objects whose presence changes what the application can write.</summary>
    private static readonly HashSet<string> _strict =
        ["column", "primary key", "unique constraint", "foreign key", "check constraint", "exclusion constraint"];

    /// <summary>
    /// Additional objects that migrations have created with SQL of their own. A model of EF Core has no views, functions or triggers, and
    /// not every index and table.
    /// </summary>
    public IReadOnlyList<CatalogDifference> Known { get; } = [.. all.Where(IsUnknownToModels)];

    /// <summary>
    /// Columns that differ only in a default. EF Core needs a default to add a required column to a table with rows, and leaves it there.
    /// </summary>
    public IReadOnlyList<CatalogDifference> Defaults { get; } = [.. all.Where(IsKeptDefault)];

    /// <summary>All other differences.</summary>
    public IReadOnlyList<CatalogDifference> Differences { get; } =
        [.. all.Where(difference => !IsUnknownToModels(difference) && !IsKeptDefault(difference))];

    private static bool IsUnknownToModels(CatalogDifference difference) =>
        difference.Expected is null && !_strict.Contains(difference.Object.Kind);

    /// <summary>Whether a difference is a column that only has an additional default.</summary>
    public static bool IsKeptDefault(CatalogDifference difference) =>
        difference is { Expected: { Kind: "column" } expected, Actual: { } actual }
        && !expected.Definition.Contains(" DEFAULT ", StringComparison.Ordinal)
        && actual.Definition.StartsWith(expected.Definition.Split('\n')[0] + " DEFAULT ", StringComparison.Ordinal);
}
