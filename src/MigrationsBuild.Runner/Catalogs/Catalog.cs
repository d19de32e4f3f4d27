namespace MigrationsBuild.Runner.Catalogs;

/// <summary>The objects of a database at one moment.</summary>
internal sealed class Catalog
{
    private readonly Dictionary<ObjectKey, CatalogObject> _objects = [];
    private readonly Dictionary<string, CatalogObject> _wholes = [];

    /// <param name="objects">The objects. Of two with the same kind and name, the first one counts.</param>
    public Catalog(IEnumerable<CatalogObject> objects)
    {
        foreach (var one in objects)
        {
            if (_objects.TryAdd(one.Key, one) && one.Owner.Length == 0)
                _wholes.TryAdd(one.Name, one);
        }
    }

    /// <summary>The objects, in the order in which they were read.</summary>
    public IEnumerable<CatalogObject> Objects => _objects.Values;

    /// <summary>The catalog without some objects, and without what belongs to them.</summary>
    /// <param name="isLeftOut">Whether to leave out an object.</param>
    public Catalog Without(Func<CatalogObject, bool> isLeftOut) => new(Objects.Where(one => !isLeftOut(one)));

    /// <summary>The catalog after changes.</summary>
    /// <param name="changes">The changes; what is actual afterwards counts.</param>
    public Catalog With(IReadOnlyCollection<CatalogDifference> changes)
    {
        var changed = changes.Select(change => change.Object.Key).ToHashSet();
        return new(Objects.Where(one => !changed.Contains(one.Key))
            .Concat(changes.Select(change => change.Actual).OfType<CatalogObject>()));
    }

    /// <summary>A catalog without objects.</summary>
    public static Catalog Empty { get; } = new([]);

    /// <summary>An object; <see langword="null"/> if the catalog doesn't have it.</summary>
    public CatalogObject? Find(ObjectKey key) => _objects.GetValueOrDefault(key);

    /// <summary>The table, view or other object that belongs to no other one, by its name.</summary>
    public CatalogObject? FindWhole(string name) => _wholes.GetValueOrDefault(name);

    /// <summary>All objects in which another catalog differs from this one, by kind and name.</summary>
    /// <param name="actual">The other catalog.</param>
    public IReadOnlyList<CatalogDifference> AllDifferencesTo(Catalog actual) =>
    [
        .. _objects.Keys.Concat(actual._objects.Keys).Distinct()
            .Select(key => new CatalogDifference(Find(key), actual.Find(key)))
            .Where(difference => difference.Expected?.Definition != difference.Actual?.Definition),
    ];

    /// <summary>How another catalog differs from this one. The parts of a missing or additional table aren't listed.</summary>
    /// <param name="actual">The other catalog.</param>
    public IReadOnlyList<CatalogDifference> DifferencesTo(Catalog actual)
    {
        var all = AllDifferencesTo(actual);
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
