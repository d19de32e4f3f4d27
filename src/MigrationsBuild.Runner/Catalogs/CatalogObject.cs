namespace MigrationsBuild.Runner.Catalogs;

/// <summary>An object of a database.</summary>
/// <param name="Kind">The kind, as in SQL: <c>table</c>, <c>column</c>, <c>foreign key</c>.</param>
/// <param name="Name">Its name, with the schema and the table that it belongs to, quoted where SQL needs it.</param>
/// <param name="Definition">Its definition as SQL. Two objects are the same if their definitions are equal.</param>
internal sealed record CatalogObject(string Kind, string Name, string Definition)
{
    /// <summary>The table or view that it belongs to; empty if it is one itself, or belongs to none.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The name of the whole that it is or belongs to.</summary>
    public string Whole => Owner.Length > 0 ? Owner : Name;

    /// <summary>The position of its kind in a script that creates objects.</summary>
    public int Rank { get; init; }

    /// <summary>The parts of its definition that statements can set one by one, and other facts that statements need, by name.</summary>
    public IReadOnlyDictionary<string, string> Parts { get; init; } = new Dictionary<string, string>();

    /// <summary>The objects without which it can't exist, as the database records them.</summary>
    public IReadOnlyList<ObjectKey> Needs { get; init; } = [];

    /// <summary>The key of the object in its catalog.</summary>
    public ObjectKey Key => new(Kind, Name);

    /// <summary>Its name without the table that it belongs to.</summary>
    public string LocalName =>
        Owner.Length > 0 && Name.StartsWith(Owner + ".", StringComparison.Ordinal) ? Name[(Owner.Length + 1)..] : Name;

    /// <summary>A part of the object; <see langword="null"/> if it doesn't have it.</summary>
    /// <param name="part">The name of the part.</param>
    public string? this[string part] => Parts.GetValueOrDefault(part);
}

/// <summary>The key of an object in a catalog.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
internal sealed record ObjectKey(string Kind, string Name);
