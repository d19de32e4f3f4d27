using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>A comparison of models whose operations block the application as little as possible: see <c>DbOnline</c>.</summary>
/// <param name="differ">The comparison.</param>
/// <param name="online">Converts its operations.</param>
internal sealed class OnlineDiffer(IMigrationsModelDiffer differ, OnlineOperations online) : IMigrationsModelDiffer
{
    /// <inheritdoc/>
    public bool HasDifferences(IRelationalModel? source, IRelationalModel? target) => differ.HasDifferences(source, target);

    /// <inheritdoc/>
    public IReadOnlyList<MigrationOperation> GetDifferences(IRelationalModel? source, IRelationalModel? target) =>
        online.Of(differ.GetDifferences(source, target), source, target);
}
