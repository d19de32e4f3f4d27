using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>
/// A history as the build sees it: a database that has all migrations that a squashed one replaces has the squashed one.
/// </summary>
/// <param name="Applied">The ids of the migrations that the database has, oldest first. Replaced ones are left out.</param>
internal sealed record SquashedHistory(IReadOnlyList<string> Applied)
{
    /// <summary>The squashed migrations that the history doesn't have yet, each with the rows that it takes the place of.</summary>
    public IReadOnlyList<Squash> Unrecorded { get; private init; } = [];

    /// <summary>A squash of which the database has some migrations, and not all; <see langword="null"/> if there is none.</summary>
    public IncompleteSquash? Incomplete { get; private init; }

    /// <summary>Reads a history.</summary>
    /// <param name="manifest">The build's migrations. One that replaces a squashed migration replaces its migrations as well.</param>
    /// <param name="applied">The ids of the context's migrations in the history.</param>
    /// <param name="unfinished">The migrations that an earlier run has left half-way.</param>
    public static SquashedHistory Of(Manifest manifest, IReadOnlyList<string> applied, IReadOnlyCollection<string> unfinished)
    {
        if (manifest.Squashes.Count == 0)
            return new SquashedHistory(applied);
        var rows = applied.Distinct(MigrationId.Equality).ToDictionary(id => id, id => new List<string> { id }, MigrationId.Equality);
        var isHalfway = unfinished.ToHashSet(MigrationId.Equality).Contains;
        // A squash may complete another one, so that one more round is needed.
        for (var before = -1; before != rows.Count;)
        {
            before = rows.Count;
            foreach (var squash in manifest.Squashes.Where(squash => !rows.ContainsKey(squash.Id)))
            {
                if (!squash.Replaced.All(rows.ContainsKey) || squash.Replaced.Any(isHalfway))
                    continue;
                List<string> own = [.. squash.Replaced.SelectMany(id => rows[id])];
                foreach (var id in squash.Replaced)
                    rows.Remove(id);
                rows[squash.Id] = own;
            }
        }

        var ids = manifest.Migrations.Select(migration => migration.Id).ToHashSet(MigrationId.Equality);
        bool IsSquash(string id, List<string> own) => own is not [var row] || !MigrationId.Equality.Equals(row, id);
        return new SquashedHistory(
            [.. rows.SelectMany(pair => ids.Contains(pair.Key) ? [pair.Key] : pair.Value).Order(MigrationId.Order)])
        {
            Unrecorded =
            [
                .. rows.Where(pair => ids.Contains(pair.Key) && IsSquash(pair.Key, pair.Value))
                    .Select(pair => new Squash(pair.Key, pair.Value)),
            ],
            Incomplete = manifest.Squashes
                .Where(squash => !rows.ContainsKey(squash.Id) && squash.Replaced.Any(id => rows.ContainsKey(id) || isHalfway(id)))
                .Select(squash => new IncompleteSquash(squash, squash.Replaced.LastOrDefault(rows.ContainsKey))
                {
                    Missing = [.. squash.Replaced.Where(id => !rows.ContainsKey(id))],
                    Halfway = squash.Replaced.FirstOrDefault(isHalfway),
                })
                .FirstOrDefault(),
        };
    }
}

/// <summary>A squash that a database can't take part in.</summary>
/// <param name="Squash">The squashed migration and what it replaces.</param>
/// <param name="Newest">The newest replaced migration that the database has; <see langword="null"/> for none.</param>
internal sealed record IncompleteSquash(Squash Squash, string? Newest)
{
    /// <summary>The replaced migrations that the database lacks.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>A replaced migration that an earlier run has left half-way; <see langword="null"/> for none.</summary>
    public string? Halfway { get; init; }
}
