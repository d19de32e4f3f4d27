using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MigrationsBuild.Worker.Model;

/// <summary>Finds the classes and properties that operations change.</summary>
/// <param name="before">The model of the snapshot; <see langword="null"/> without migrations.</param>
/// <param name="after">The model of the code.</param>
/// <param name="operations">All operations. The subject of an operation on a new table is the table's class.</param>
internal sealed class OperationSubjects(IRelationalModel? before, IRelationalModel after, IReadOnlyList<MigrationOperation> operations)
{
    private static readonly OperationSubject _context = new(null, null);
    private static readonly Type _propertyBag = typeof(Dictionary<string, object>);

    /// <summary>The subject of an operation.</summary>
    public OperationSubject Of(MigrationOperation operation) => operation switch
    {
        CreateTableOperation o => OfTable(o.Schema, o.Name),
        DropTableOperation o => OfTable(o.Schema, o.Name),
        AlterTableOperation o => OfTable(o.Schema, o.Name),
        RenameTableOperation o => OfTable(o.NewSchema ?? o.Schema, o.NewName ?? o.Name),
        AddColumnOperation o => OfColumn(o.Schema, o.Table, o.Name),
        AlterColumnOperation o => OfColumn(o.Schema, o.Table, o.Name),
        DropColumnOperation o => OfDroppedColumn(o),
        RenameColumnOperation o => OfColumn(o.Schema, o.Table, o.NewName),
        CreateIndexOperation o => OfColumns(o.Schema, o.Table, o.Columns),
        DropIndexOperation o => OfDroppedIndex(o),
        AddForeignKeyOperation o => OfColumns(o.Schema, o.Table, o.Columns),
        DropForeignKeyOperation o => OfDroppedForeignKey(o),
        AddUniqueConstraintOperation o => OfColumns(o.Schema, o.Table, o.Columns),
        ITableMigrationOperation o => OfTable(o.Schema, o.Table),
        _ => _context,
    };

    private OperationSubject OfTable(string? schema, string? name)
    {
        if (ClassOf(Find(after, schema, name)) is { } subject)
            return subject;
        var entityName = Find(before, schema, name)?.EntityTypeMappings.Select(mapping => mapping.TypeBase.Name).FirstOrDefault();
        return ByName(entityName);
    }

    /// <summary>The class of a table, the navigation of a join table, or the name of an entity without a class.</summary>
    private static OperationSubject? ClassOf(ITable? table)
    {
        foreach (var type in table?.EntityTypeMappings.Select(mapping => mapping.TypeBase) ?? [])
        {
            if (type.ClrType != _propertyBag)
                return new OperationSubject(type.ClrType, null);
            return NavigationOver(type) is { } navigation
                ? new OperationSubject(navigation.DeclaringEntityType.ClrType, navigation.PropertyInfo)
                : new OperationSubject(null, null, type.Name);
        }

        return null;
    }

    private static ISkipNavigation? NavigationOver(ITypeBase join) => (join as IEntityType)?.GetForeignKeys()
        .SelectMany(key => key.GetReferencingSkipNavigations())
        .FirstOrDefault(navigation => navigation.PropertyInfo is not null);

    private OperationSubject OfColumns(string? schema, string table, string[]? columns) =>
        columns is [var column] && !IsNew(schema, table) ? OfColumn(schema, table, column) : OfTable(schema, table);

    private bool IsNew(string? schema, string table) =>
        operations.OfType<CreateTableOperation>().Any(created => created.Name == table && created.Schema == schema);

    /// <summary>The subject of a column: its property.</summary>
    public OperationSubject OfColumn(string? schema, string table, string name)
    {
        foreach (var property in Find(after, schema, table)?.FindColumn(name)?.PropertyMappings.Select(mapping => mapping.Property) ?? [])
        {
            if (MemberOf(property) is { } member)
                return new OperationSubject(member.DeclaringType, member);
            if (OfTable(schema, table) is { Name: { } entity } subject)
                return subject with { Name = $"{entity}.{property.Name}" };
        }

        return ContainerOf(schema, table, name) ?? OfTable(schema, table);
    }

    /// <summary>The class that had the property. Of an owned type that is the owned class, and not its owner.</summary>
    private OperationSubject OfDroppedColumn(DropColumnOperation operation)
    {
        var column = Find(before, operation.Schema, operation.Table)?.FindColumn(operation.Name);
        var owner = column?.PropertyMappings.Select(mapping => mapping.Property.DeclaringType.Name).FirstOrDefault();
        return ByName(owner) is { Entity: not null } subject ? subject : OfTable(operation.Schema, operation.Table);
    }

    /// <summary>An index that is dropped and created again has the subject of the new index.</summary>
    private OperationSubject OfDroppedIndex(DropIndexOperation operation)
    {
        var created = operations.OfType<CreateIndexOperation>().FirstOrDefault(other =>
            other.Name == operation.Name && other.Table == operation.Table && other.Schema == operation.Schema);
        return created is null ? OfTable(operation.Schema, operation.Table) : Of(created);
    }

    private OperationSubject OfDroppedForeignKey(DropForeignKeyOperation operation)
    {
        var added = operations.OfType<AddForeignKeyOperation>().FirstOrDefault(other =>
            other.Name == operation.Name && other.Table == operation.Table && other.Schema == operation.Schema);
        return added is null ? OfTable(operation.Schema, operation.Table) : Of(added);
    }

    /// <summary>The property; for a foreign key without a property, the navigation.</summary>
    private static MemberInfo? MemberOf(IProperty property)
    {
        if (property.PropertyInfo is { } info && !property.IsIndexerProperty())
            return info;
        return property.FieldInfo ?? (MemberInfo?)property.GetContainingForeignKeys()
            .Select(key => InfoOf(key.DependentToPrincipal) ?? InfoOf(key.PrincipalToDependent))
            .FirstOrDefault(navigation => navigation is not null);
    }

    /// <summary>The property of a navigation. A property bag has only its indexer.</summary>
    private static PropertyInfo? InfoOf(INavigation? navigation) =>
        navigation?.IsIndexerProperty() == false ? navigation.PropertyInfo : null;

    /// <summary>A JSON column is mapped to no property, but to an owned object or, since EF Core 10, a complex one.</summary>
    private OperationSubject? ContainerOf(string? schema, string table, string name)
    {
        var holders = after.Model.GetEntityTypes()
            .Where(entity => entity.GetTableName() == table && entity.GetSchema() == schema)
            .ToList();
        var owned = holders.SelectMany(entity => entity.GetReferencingForeignKeys())
            .Where(key => key.IsOwnership && IsContainer(key.DeclaringEntityType, name))
            .Select(key => key.PrincipalToDependent?.PropertyInfo);
        var complex = holders.SelectMany(entity => entity.GetComplexProperties())
            .Where(property => IsContainer(property.ComplexType, name))
            .Select(property => property.PropertyInfo);
        var member = owned.Concat(complex).FirstOrDefault(info => info is not null);
        return member is null ? null : new OperationSubject(member.DeclaringType, member);
    }

    private static bool IsContainer(IReadOnlyAnnotatable type, string column) =>
        type.FindAnnotation("Relational:ContainerColumnName")?.Value as string == column;

    private static ITable? Find(IRelationalModel? model, string? schema, string? name) =>
        name is null ? null : model?.FindTable(name, schema);

    /// <summary>A snapshot has only the names of its entities. Such a class may still be in the model, in another table.</summary>
    private OperationSubject ByName(string? entityName) =>
        after.Model.GetEntityTypes().FirstOrDefault(entity => entity.Name == entityName)?.ClrType is { } type && type != _propertyBag
            ? new OperationSubject(type, null)
            : _context;
}
