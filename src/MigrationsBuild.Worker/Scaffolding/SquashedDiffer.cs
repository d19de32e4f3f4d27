using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>
/// A comparison of an empty model with another one, whose operations create what many migrations have created: the columns are in the same
/// order, with the same defaults, and the statements that these migrations contain in addition follow.
/// </summary>
/// <param name="differ">The comparison.</param>
/// <param name="columns">The columns after these migrations.</param>
/// <param name="up">The statements that follow, in their order.</param>
/// <param name="down">The statements that revert them.</param>
internal sealed class SquashedDiffer(
    IMigrationsModelDiffer differ, ColumnHistory columns, IReadOnlyList<SqlOperation> up, IReadOnlyList<SqlOperation> down)
    : IMigrationsModelDiffer
{
    /// <inheritdoc/>
    public bool HasDifferences(IRelationalModel? source, IRelationalModel? target) => differ.HasDifferences(source, target);

    /// <inheritdoc/>
    public IReadOnlyList<MigrationOperation> GetDifferences(IRelationalModel? source, IRelationalModel? target)
    {
        var operations = differ.GetDifferences(source, target);
        if (target is null || !target.Tables.Any())
            return [.. down, .. operations];
        foreach (var table in operations.OfType<CreateTableOperation>())
            columns.Arrange(table);
        return [.. operations, .. up];
    }
}
