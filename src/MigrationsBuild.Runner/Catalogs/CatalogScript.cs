namespace MigrationsBuild.Runner.Catalogs;

/// <summary>
/// The statements that turn one catalog into another, in an order that works. An object that a statement can't change in place is dropped
/// and created again, and so are the objects that need it.
/// </summary>
internal sealed class CatalogScript
{
    private readonly IObjectStatements _objects;
    private readonly Catalog _from;
    private readonly Catalog _to;
    private readonly ILookup<string, CatalogObject> _columns;
    private readonly HashSet<ObjectKey> _dropped = [];
    private readonly Dictionary<ObjectKey, HashSet<ObjectKey>> _altered = [];

    /// <param name="from">The catalog before the script.</param>
    /// <param name="to">The catalog after the script.</param>
    /// <param name="objects">Writes the statements of an object.</param>
    public CatalogScript(Catalog from, Catalog to, IObjectStatements objects)
    {
        (_from, _to, _objects) = (from, to, objects);
        _columns = ColumnsOf(to);
        var changes = from.AllDifferencesTo(to).ToLookup(objects.FormOf);
        // The parts of a new table are created with it.
        NotWritable =
        [
            .. changes[ChangeForm.NotWritable].Where(change => change.Object.Owner is not { Length: > 0 } owner
                || (from.FindWhole(owner) is not null && to.FindWhole(owner) is not null)),
        ];
        var replaced = changes[ChangeForm.Replacement].Where(change => change.Expected is not null);
        _dropped.UnionWith(replaced.Select(change => change.Object.Key));
        foreach (var change in changes[ChangeForm.InPlace])
            _altered[change.Object.Key] = [];
        while (Spread())
        {
        }

        var statements = Write();
        Statements = [.. statements.Select(statement => statement.Sql)];
        PlainStatements = [.. statements.Select(statement => statement.Plain)];
    }

    /// <summary>The statements, without semicolons.</summary>
    public IReadOnlyList<string> Statements { get; }

    /// <summary>The statements for a database that is certain to have the first catalog.</summary>
    public IReadOnlyList<string> PlainStatements { get; }

    /// <summary>The differences for which there are no statements. What is expected here is the catalog before the script.</summary>
    public IReadOnlyList<CatalogDifference> NotWritable { get; }

    /// <summary>Finds the objects that need one that is dropped, or changed in a way that they don't allow.</summary>
    /// <returns>Whether there were any.</returns>
    private bool Spread()
    {
        var inTheWay = _altered
            .Where(pair => _objects.IsInTheWay(_from.Find(pair.Key)!, _to.Find(pair.Key)!, pair.Value))
            .Select(pair => pair.Key);
        var moving = _dropped.Concat(inTheWay).ToHashSet();
        var hasSpread = false;
        foreach (var one in _from.Objects.Where(one => !_dropped.Contains(one.Key)))
        {
            var lost = one.Needs.Where(moving.Contains).ToList();
            if (lost.Count == 0 || _to.Find(one.Key) is null)
                continue;
            if (_objects.Survives(one))
            {
                hasSpread |= !_altered.TryGetValue(one.Key, out var known) || !known.IsSupersetOf(lost);
                _altered[one.Key] = [.. known ?? [], .. lost];
            }
            else
            {
                _altered.Remove(one.Key);
                hasSpread |= _dropped.Add(one.Key);
            }
        }

        return hasSpread;
    }

    private List<ScriptStatement> Write()
    {
        var (changes, existing) = (new List<ScriptStatement>(), InOrder(_from));
        var positions = Enumerable.Range(0, existing.Count).ToDictionary(i => existing[i].Key);
        foreach (var one in existing.AsEnumerable().Reverse())
        {
            if (_dropped.Contains(one.Key) && !IsDroppedWithOwner(one, positions))
                changes.AddRange(_objects.Drop(one, isReplaced: _to.Find(one.Key) is not null));
            else if (_altered.TryGetValue(one.Key, out var lost))
                changes.AddRange(Alter(one, lost).Where(statement => statement.Stage == ScriptStage.Removal));
        }

        foreach (var one in InOrder(_to))
        {
            if (_from.Find(one.Key) is { } before && _altered.TryGetValue(one.Key, out var lost))
                changes.AddRange(Alter(before, lost).Where(statement => statement.Stage != ScriptStage.Removal));
            else if (IsCreated(one) && !IsCreatedWithOwner(one))
                changes.AddRange(_objects.Create(one, [.. _columns[one.Name]]));
        }

        var settings = changes.Where(statement => statement.Stage == ScriptStage.Preparation).Distinct();
        var others = changes.Where(statement => statement.Stage != ScriptStage.Preparation);
        return [.. settings, .. others.OrderBy(statement => statement.Stage)];
    }

    private IEnumerable<ScriptStatement> Alter(CatalogObject from, IReadOnlyCollection<ObjectKey> lost) =>
        _objects.Alter(from, _to.Find(from.Key)!, lost);

    private bool IsCreated(CatalogObject one) => (_from.Find(one.Key) is null || _dropped.Contains(one.Key))
        && !NotWritable.Any(change => change.Object.Key == one.Key || (change.Expected is null && change.Object.Name == one.Owner));

    private bool IsCreatedWithOwner(CatalogObject one) =>
        one.Kind == "column" && OwnerOf(_to, one) is { } owner && _from.Find(owner.Key) is null;

    /// <summary>
    /// A table is dropped with its parts. A part that needs another object, such as the function of a trigger, is dropped before if that
    /// object is dropped before the table. Privileges disappear with their object.
    /// </summary>
    private bool IsDroppedWithOwner(CatalogObject one, Dictionary<ObjectKey, int> positions) =>
        (one.Kind == "privileges" && one.Needs.Any(_dropped.Contains))
        || OwnerOf(_from, one) is { } owner && _dropped.Contains(owner.Key) && !one.Needs.Any(need =>
            _dropped.Contains(need) && positions[need] > positions[owner.Key] && _from.Find(need)!.Whole != owner.Name);

    private static ILookup<string, CatalogObject> ColumnsOf(Catalog catalog) =>
        catalog.Objects.Where(one => one.Kind == "column").ToLookup(one => one.Owner);

    private static CatalogObject? OwnerOf(Catalog catalog, CatalogObject one) =>
        one.Owner.Length == 0 ? null : catalog.FindWhole(one.Owner);

    /// <summary>The objects by kind and name, each after those that it needs.</summary>
    private static List<CatalogObject> InOrder(Catalog catalog)
    {
        var (ordered, visited) = (new List<CatalogObject>(), new HashSet<ObjectKey>());
        var columns = ColumnsOf(catalog);
        void Visit(CatalogObject one)
        {
            if (!visited.Add(one.Key))
                return;
            // A new table is created with its columns.
            var needs = one.Needs.Concat(one.Owner.Length == 0 ? columns[one.Name].SelectMany(column => column.Needs) : []);
            if (one.Kind != "sequence" && OwnerOf(catalog, one) is { } owner)
                needs = needs.Prepend(owner.Key);
            var found = needs.Select(catalog.Find).OfType<CatalogObject>();
            foreach (var need in found.OrderBy(need => need.Rank).ThenBy(need => need.Name, StringComparer.Ordinal))
                Visit(need);
            ordered.Add(one);
        }

        foreach (var one in catalog.Objects.OrderBy(one => one.Rank))
            Visit(one);
        return ordered;
    }
}
