using MigrationsBuild.Protocol;
using MigrationsBuild.Revisions;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>The build's migrations compared with the history.</summary>
/// <param name="Manifest">The build's migrations.</param>
/// <param name="Applied">The ids of the context's migrations that the database has: see <see cref="SquashedHistory"/>.</param>
/// <param name="IsDevelopment">Whether it is a development database.</param>
internal sealed record DatabaseState(Manifest Manifest, IReadOnlyList<string> Applied, bool IsDevelopment)
{
    /// <summary>All ids in the history, including those of other contexts.</summary>
    public IReadOnlyList<string> Rows { get; init; } = Applied;

    /// <summary>The squashed migrations whose rows the history doesn't have.</summary>
    public SquashedHistory Squashed { get; init; } = new(Applied);

    private readonly HashSet<string> _applied = new(Applied, MigrationId.Equality);

    /// <summary>The build's migrations in order.</summary>
    public MigrationChain Chain { get; } = new(
        Manifest.Migrations.Select(migration => migration.Id), Applied, "is applied, and this build doesn't have it");

    /// <summary>The applied migrations in order, whether this build has them or not.</summary>
    public MigrationChain AppliedChain { get; } = new(Applied, Manifest.Migrations.Select(migration => migration.Id), "isn't applied");

    /// <summary>The newest of the build's migrations that is applied, as a position in <see cref="Chain"/>.</summary>
    public int Current =>
        Enumerable.Range(0, Chain.Ids.Count).LastOrDefault(position => IsApplied(Chain.Ids[position]), MigrationChain.Base);

    /// <summary>The name of <see cref="Current"/>, for people.</summary>
    public string CurrentName => Chain.NameAt(Current) + (Current == Chain.Head ? " (head)" : "");

    /// <summary>The build's migrations that aren't applied, oldest first.</summary>
    public IReadOnlyList<ManifestMigration> Pending =>
    [
        .. Manifest.Migrations.Where(migration => !IsApplied(migration.Id)).OrderBy(migration => migration.Id, MigrationId.Order),
    ];

    /// <summary>The newest applied migration, whether this build has it or not; <c>base</c> without one.</summary>
    public string Newest => Applied.Count > 0 ? Applied[^1] : "base";

    /// <summary>The pending migrations that are older than an applied one, even if this build doesn't have that one.</summary>
    public IReadOnlyList<ManifestMigration> Holes =>
        Applied.Count == 0 ? [] : [.. Pending.Where(migration => MigrationId.Order.Compare(migration.Id, Applied[^1]) < 0)];

    /// <summary>The applied migrations that this build doesn't have.</summary>
    public IReadOnlyList<string> Unknown => [.. Applied.Where(id => Chain.Find(id) is null)];

    /// <summary>Whether all unknown migrations are newer than this build's: a newer build has migrated the database.</summary>
    public bool IsAhead => Unknown.Count > 0 && !IsDiverged;

    /// <summary>Whether an unknown migration is older than one of this build's, or belongs to a squash.</summary>
    public bool IsDiverged => Squashed.Incomplete is not null || Chain.Head != MigrationChain.Base
        && Unknown.Any(id => MigrationId.Order.Compare(id, Chain.Ids[Chain.Head]) < 0);

    /// <summary>The database after some migrations were reverted.</summary>
    public DatabaseState Without(IEnumerable<string> ids)
    {
        var reverted = ids.ToHashSet(MigrationId.Equality);
        return reverted.Count == 0 ? this : new DatabaseState(Manifest, [.. Applied.Where(id => !reverted.Contains(id))], IsDevelopment)
        {
            Rows = [.. Rows.Where(id => !reverted.Contains(id))],
            Squashed = Squashed,
        };
    }

    /// <summary>Whether a migration is in the history.</summary>
    public bool IsApplied(string id) => _applied.Contains(id);

    /// <summary>A migration of the build.</summary>
    public ManifestMigration Find(string id) => Manifest.Find(id);
}
