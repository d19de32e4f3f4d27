using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MigrationsBuild.Worker.Model;

/// <summary>
/// Distinguishes the changes of an upgrade of EF Core or its provider from those of the user. A change is the upgrade's if the property is
/// the same, its type and default are not configured, and a convention now maps it differently.
/// </summary>
/// <param name="before">The model of the snapshot.</param>
/// <param name="after">The model of the code.</param>
/// <param name="isUpgrade">Whether another major version wrote the snapshot.</param>
internal sealed class UpgradeChanges(IRelationalModel? before, IRelationalModel after, bool isUpgrade)
{
    /// <summary>Whether an operation comes from the upgrade.</summary>
    public bool Contains(MigrationOperation operation) => isUpgrade && operation switch
    {
        AlterColumnOperation o => IsMappedDifferently(o),
        AlterDatabaseOperation or AlterTableOperation => true,
        RenameIndexOperation o => IsNamedByConvention(o),
        _ => false,
    };

    private bool IsMappedDifferently(AlterColumnOperation operation)
    {
        var oldColumn = operation.OldColumn;
        if (operation.IsNullable != oldColumn.IsNullable
            || operation.MaxLength != oldColumn.MaxLength
            || operation.ComputedColumnSql != oldColumn.ComputedColumnSql)
        {
            return false;
        }

        var (old, current) = (PropertyOf(before, operation), PropertyOf(after, operation));
        return old is not null
            && current is IConventionProperty convention
            && old.Name == current.Name
            && old.ClrType == current.ClrType
            && IsByConvention(convention.GetColumnTypeConfigurationSource())
            && IsByConvention(convention.GetDefaultValueConfigurationSource())
            && IsByConvention(convention.GetDefaultValueSqlConfigurationSource())
            && IsByConvention(convention.GetValueConverterConfigurationSource());
    }

    private bool IsNamedByConvention(RenameIndexOperation operation)
    {
        var table = operation.Table is null ? null : after.FindTable(operation.Table, operation.Schema);
        var index = table?.Indexes.FirstOrDefault(index => index.Name == operation.NewName);
        return index?.MappedIndexes.All(IsNamedByConvention) == true;
    }

    private static bool IsNamedByConvention(IIndex mapped) =>
        mapped is IConventionIndex convention && IsByConvention(convention.GetDatabaseNameConfigurationSource());

    private static IProperty? PropertyOf(IRelationalModel? model, AlterColumnOperation operation)
    {
        var column = model?.FindTable(operation.Table, operation.Schema)?.FindColumn(operation.Name);
        return column?.PropertyMappings.Select(mapping => mapping.Property).FirstOrDefault();
    }

    private static bool IsByConvention(ConfigurationSource? source) => source is null or ConfigurationSource.Convention;
}
