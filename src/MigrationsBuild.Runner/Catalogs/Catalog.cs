namespace MigrationsBuild.Runner.Catalogs;

/// <summary>The objects of a database at one moment.</summary>
internal sealed class Catalog
{
    private readonly Dictionary<(string Kind, string Name), CatalogObject> _objects = [];

    /// <param name="objects">The objects. Of two with the same kind and name, the first one counts.</param>
    public Catalog(IEnumerable<CatalogObject> objects)
    {
        foreach (var one in objects)
            _objects.TryAdd((one.Kind, one.Name), one);
    }

    /// <summary>The objects, in the order in which they were read.</summary>
    public IEnumerable<CatalogObject> Objects => _objects.Values;

    /// <summary>The catalog without some objects, and without what belongs to them.</summary>
    /// <param name="isLeftOut">Whether to leave out an object.</param>
    public Catalog Without(Func<CatalogObject, bool> isLeftOut) => new(Objects.Where(one => !isLeftOut(one)));

    /// <summary>
    /// How another catalog differs from this one, by kind and name. The parts of a missing or additional table aren't listed.
    /// </summary>
    /// <param name="actual">The other catalog.</param>
    public IReadOnlyList<CatalogDifference> DifferencesTo(Catalog actual)
    {
        var all = _objects.Keys.Concat(actual._objects.Keys).Distinct()
            .Select(key => new CatalogDifference(_objects.GetValueOrDefault(key), actual._objects.GetValueOrDefault(key)))
            .Where(difference => difference.Expected?.Definition != difference.Actual?.Definition)
            .ToList();
        var whole = all.Where(difference => difference.Expected is null || difference.Actual is null)
            .Where(difference => difference.Object.Owner.Length == 0)
            .Select(difference => difference.Object.Name)
            .ToHashSet();
        return
        [
            .. all.Where(difference => !whole.Contains(difference.Object.Owner))
                .OrderBy(difference => difference.Object.Whole, StringComparer.Ordinal)
                .ThenBy(difference => difference.Object.Owner.Length > 0)
                .ThenBy(difference => difference.Object.Kind, StringComparer.Ordinal)
                .ThenBy(difference => difference.Object.Name, StringComparer.Ordinal),
        ];
    }
}
