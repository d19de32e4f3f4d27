namespace MigrationsBuild.Runner.Catalogs;

/// <summary>
/// The privileges that an object's owner has in one of two databases. A comparison leaves them out in both, because the role that runs the
/// migrations owns the objects, and need not be the same in both.
/// </summary>
/// <param name="catalogs">The objects of the databases.</param>
internal sealed class OwnerPrivileges(params IEnumerable<Catalog> catalogs)
{
    private readonly HashSet<(string? On, string? Schema, string? Creator, string? Role)> _owners =
        [.. catalogs.SelectMany(catalog => catalog.Objects).Where(IsOfOwner).Select(Key)];

    /// <summary>Whether an object is such privileges.</summary>
    public bool Contains(CatalogObject one) => IsOfOwner(one) || (one.Kind == "privileges" && _owners.Contains(Key(one)));

    private static bool IsOfOwner(CatalogObject one) => one["#owner"] is not null;

    /// <summary>The owner of a table has all privileges on its columns as well, so the column doesn't count.</summary>
    private static (string? On, string? Schema, string? Creator, string? Role) Key(CatalogObject one) =>
        (one["#on"], one["#schema"], one["#creator"], one["#role"]);
}
