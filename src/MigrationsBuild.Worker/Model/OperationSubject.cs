using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MigrationsBuild.Worker.Model;

/// <summary>What of the model an operation is about.</summary>
/// <param name="Entity">The class; <see langword="null"/> if the operation is about none that there is.</param>
/// <param name="Member">The property, if it is about one.</param>
internal sealed record OperationSubject(Type? Entity, MemberInfo? Member)
{
    /// <summary>The subject as a person calls it: <c>User.Avatar</c>, <c>User</c>.</summary>
    /// <param name="context">What an operation about no class is about.</param>
    public string NameIn(string context) => (Entity, Member) switch
    {
        (null, _) => context,
        (_, null) => ShortName(Entity),
        _ => $"{ShortName(Entity)}.{Member.Name}",
    };

    /// <summary>A class's name without namespace and type arguments.</summary>
    /// <param name="type">The class.</param>
    public static string ShortName(Type type) => type.Name.Split('`')[0];
}

/// <summary>Finds the subjects of operations in the models before and after.</summary>
/// <param name="before">What the migrations say; <see langword="null"/> without migrations.</param>
/// <param name="after">What the model says.</param>
internal sealed class OperationSubjects(IRelationalModel? before, IRelationalModel after)
{
    private static readonly OperationSubject _context = new(null, null);

    /// <summary>The subject of an operation.</summary>
    /// <param name="operation">The operation.</param>
    public OperationSubject Of(MigrationOperation operation) => operation switch
    {
        CreateTableOperation o => OfTable(o.Schema, o.Name),
        DropTableOperation o => OfTable(o.Schema, o.Name),
        AlterTableOperation o => OfTable(o.Schema, o.Name),
        RenameTableOperation o => OfTable(o.NewSchema ?? o.Schema, o.NewName ?? o.Name),
        AddColumnOperation o => OfColumn(o.Schema, o.Table, o.Name),
        AlterColumnOperation o => OfColumn(o.Schema, o.Table, o.Name),
        DropColumnOperation o => OfTable(o.Schema, o.Table),
        RenameColumnOperation o => OfColumn(o.Schema, o.Table, o.NewName),
        CreateIndexOperation o => OfColumns(o.Schema, o.Table, o.Columns),
        RenameIndexOperation o => OfTable(o.Schema, o.Table),
        DropIndexOperation o => OfTable(o.Schema, o.Table),
        AddForeignKeyOperation o => OfColumns(o.Schema, o.Table, o.Columns),
        AddUniqueConstraintOperation o => OfColumns(o.Schema, o.Table, o.Columns),
        ITableMigrationOperation o => OfTable(o.Schema, o.Table),
        _ => _context,
    };

    private OperationSubject OfTable(string? schema, string? name)
    {
        var entity = EntityOf(Find(after, schema, name)) ?? StillThere(EntityNameOf(Find(before, schema, name)));
        return entity is null ? _context : new OperationSubject(entity, null);
    }

    private OperationSubject OfColumns(string? schema, string table, string[]? columns) =>
        columns is [var column] ? OfColumn(schema, table, column) : OfTable(schema, table);

    private OperationSubject OfColumn(string? schema, string table, string name)
    {
        var column = Find(after, schema, table)?.FindColumn(name);
        foreach (var property in column?.PropertyMappings.Select(mapping => mapping.Property) ?? [])
        {
            if (MemberOf(property) is { } member)
                return new OperationSubject(property.DeclaringType.ClrType, member);
        }

        return ContainerOf(schema, table, name) ?? OfTable(schema, table);
    }

    /// <summary>The property; of a foreign key that has none, the navigation.</summary>
    private static MemberInfo? MemberOf(IProperty property) =>
        (MemberInfo?)property.PropertyInfo ?? (MemberInfo?)property.FieldInfo
        ?? property.GetContainingForeignKeys().Select(key => key.DependentToPrincipal?.PropertyInfo ?? key.PrincipalToDependent?.PropertyInfo).FirstOrDefault(info => info is not null);

    /// <summary>A column of JSON is no property's: it belongs to the navigation that it holds.</summary>
    private OperationSubject? ContainerOf(string? schema, string table, string name)
    {
        var owned = after.Model.GetEntityTypes().FirstOrDefault(entity =>
            entity.FindOwnership() is { PrincipalToDependent.PropertyInfo: not null } ownership
            && Annotation(entity, "Relational:ContainerColumnName") == name
            && ownership.PrincipalEntityType.GetTableName() == table && ownership.PrincipalEntityType.GetSchema() == schema);
        return owned?.FindOwnership() is { } found
            ? new OperationSubject(found.PrincipalEntityType.ClrType, found.PrincipalToDependent!.PropertyInfo)
            : null;
    }

    private static string? Annotation(IReadOnlyAnnotatable element, string name) => element.FindAnnotation(name)?.Value as string;

    private static ITable? Find(IRelationalModel? model, string? schema, string? name) => name is null ? null : model?.FindTable(name, schema);

    private static Type? EntityOf(ITable? table) => table?.EntityTypeMappings
        .Select(mapping => mapping.TypeBase.ClrType)
        .FirstOrDefault(type => type != typeof(Dictionary<string, object>));

    private static string? EntityNameOf(ITable? table) => table?.EntityTypeMappings.Select(mapping => mapping.TypeBase.Name).FirstOrDefault();

    /// <summary>A snapshot knows its entities by name only; the class may still be in the model, in another table.</summary>
    private Type? StillThere(string? entityName) => entityName is null ? null : after.Model.FindEntityType(entityName)?.ClrType;
}
