using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint.Rules;

/// <summary>A column that is added in the same migration in which another one is dropped.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Column">The column.</param>
/// <param name="IsSameName">Whether it has the table and the name of the dropped column.</param>
internal readonly record struct RenameCandidate(ObjectName Table, ColumnDefinition Column, bool IsSameName)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Table}.{ObjectName.Quote(Column.Name)}";
}

/// <summary>Finds the additions that may be the new name of something that a migration drops.</summary>
/// <param name="migration">The migration.</param>
internal sealed class RenameCandidates(LintedMigration migration)
{
    private readonly List<(ObjectName Table, ColumnDefinition Column)> _added =
    [
        .. migration.Actions<AddColumn>().Select(added => (added.Table, added.Action.Column)),
        .. migration.Rebuilds.Added(migration.Before),
    ];

    private readonly List<CreateTable> _created =
    [
        .. migration.All<CreateTable>().Select(created => created.Meaning).Where(created => !TableRebuilds.IsCopy(created.Table)),
    ];

    private readonly List<(ObjectName Table, string Column)> _dropped =
    [
        .. migration.Actions<DropColumn>().Select(dropped => (dropped.Table, dropped.Action.Column)),
    ];

    /// <summary>The column that may be the new one of a dropped column.</summary>
    /// <param name="table">The table before the drop.</param>
    /// <param name="column">The dropped column.</param>
    public RenameCandidate? Of(KnownTable table, string column)
    {
        var old = table.Find(column)?.Definition;
        var added = _added.Where(candidate => candidate.Table == table.Name).Select(candidate => candidate.Column).ToList();
        if (added.Find(candidate => candidate.Name == column) is { } same)
            return new RenameCandidate(table.Name, same, IsSameName: true);
        var dropped = _dropped.Count(other => other.Table == table.Name) + migration.Rebuilds.Dropped(table).Count();
        var isOnly = added.Count == 1 && dropped == 1;
        var best = added
            .Where(candidate => IsLike(old, column, candidate, isOnly))
            .OrderByDescending(candidate => NameSimilarity.Of(column, candidate.Name))
            .FirstOrDefault();
        if (best is not null)
            return new RenameCandidate(table.Name, best, IsSameName: false);
        return Moved(table, column, old);
    }

    /// <summary>The table that may be the new one of a dropped table.</summary>
    public ObjectName? Of(KnownTable table)
    {
        var like = _created.Where(created => created.Table != table.Name && IsLike(table, created)).ToList();
        return like.Count == 1 ? like[0].Table : null;
    }

    private static bool IsLike(ColumnDefinition? old, string name, ColumnDefinition added, bool isOnly)
    {
        var similarity = NameSimilarity.Of(name, added.Name);
        var isSameFamily = old is null || TypeFamily.Of(old.Type) == TypeFamily.Of(added.Type);
        return isSameFamily ? similarity >= 0.3 || (isOnly && old is not null) : similarity >= 0.7;
    }

    /// <summary>A column of the same name and type in another table. Keys have the same name in many tables.</summary>
    private RenameCandidate? Moved(KnownTable table, string column, ColumnDefinition? old)
    {
        if (old is null || table.Key.Contains(column) || column.Equals("id", StringComparison.OrdinalIgnoreCase))
            return null;
        var others = _added.Concat(_created.SelectMany(created => created.Columns.Select(added => (created.Table, Column: added))));
        foreach (var (other, added) in others)
        {
            if (other != table.Name && added.Name == column && TypeFamily.Of(added.Type) == TypeFamily.Of(old.Type))
                return new RenameCandidate(other, added, IsSameName: false);
        }

        return null;
    }

    /// <summary>Whether at least 60 % of the columns have the same name and the same type.</summary>
    private static bool IsLike(KnownTable table, CreateTable created)
    {
        if (table.Columns.Count == 0 || created.Columns.Count == 0)
            return !table.IsKnown && NameSimilarity.Of(table.Name.Name, created.Table.Name) >= 0.5;
        var same = created.Columns.Count(column => table.Find(column.Name) is { } old
            && TypeFamily.Of(old.Definition.Type) == TypeFamily.Of(column.Type));
        return same >= 0.6 * Math.Max(table.Columns.Count, created.Columns.Count);
    }
}
