using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MigrationsBuild.Worker.Model;

/// <summary>
/// Tells the changes that an upgrade of EF Core or its provider makes from those of the user: a column whose property is the same, and
/// whose type or default nobody has configured, is mapped differently by convention.
/// </summary>
/// <param name="before">What the migrations say.</param>
/// <param name="after">What the model says.</param>
/// <param name="isUpgrade">Whether another major version wrote the snapshot.</param>
internal sealed class UpgradeChanges(IRelationalModel? before, IRelationalModel after, bool isUpgrade)
{
    /// <summary>Whether an operation is the upgrade's.</summary>
    public bool Contains(MigrationOperation operation) => isUpgrade && operation switch
    {
        AlterColumnOperation o => IsMappedDifferently(o),
        AlterDatabaseOperation or AlterTableOperation => true,
        RenameIndexOperation o => IsNamedByConvention(o),
        _ => false,
    };

    private bool IsMappedDifferently(AlterColumnOperation operation)
    {
        if (operation.IsNullable != operation.OldColumn.IsNullable || operation.MaxLength != operation.OldColumn.MaxLength || operation.ComputedColumnSql != operation.OldColumn.ComputedColumnSql)
            return false;
        var (old, @new) = (PropertyOf(before, operation), PropertyOf(after, operation));
        return old is not null && @new is IConventionProperty convention
            && old.Name == @new.Name && old.ClrType == @new.ClrType
            && IsByConvention(convention.GetColumnTypeConfigurationSource())
            && IsByConvention(convention.GetDefaultValueConfigurationSource())
            && IsByConvention(convention.GetDefaultValueSqlConfigurationSource())
            && IsByConvention(convention.GetValueConverterConfigurationSource());
    }

    private bool IsNamedByConvention(RenameIndexOperation operation) =>
        operation.Table is not null && after.FindTable(operation.Table, operation.Schema)?.Indexes.FirstOrDefault(index => index.Name == operation.NewName) is { } index
        && index.MappedIndexes.All(mapped => mapped is IConventionIndex convention && IsByConvention(convention.GetDatabaseNameConfigurationSource()));

    private static IProperty? PropertyOf(IRelationalModel? model, AlterColumnOperation operation) =>
        model?.FindTable(operation.Table, operation.Schema)?.FindColumn(operation.Name)?.PropertyMappings.Select(mapping => mapping.Property).FirstOrDefault();

    private static bool IsByConvention(ConfigurationSource? source) => source is null or ConfigurationSource.Convention;
}
