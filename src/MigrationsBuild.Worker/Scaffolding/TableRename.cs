using System.Reflection;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>What a person says about a table that a draft drops, because its entity class was renamed together with it.</summary>
/// <param name="Table">The old name of the table, with its schema if one was given.</param>
/// <param name="NewName">The new name, with its schema if one was given.</param>
internal sealed record TableRename(string Table, string NewName)
{
    /// <summary>The answer for the way back.</summary>
    public TableRename Reverse => new(NewName, Table);

    /// <summary>Whether a name in an answer means a table.</summary>
    /// <param name="written">The name as a person writes it.</param>
    /// <param name="table">The table's name.</param>
    /// <param name="schema">The table's schema; <see langword="null"/> for the default one.</param>
    public static bool Means(string written, string table, string? schema) =>
        string.Equals(written, table, StringComparison.OrdinalIgnoreCase)
        || string.Equals(written, $"{schema ?? "public"}.{table}", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether an operation is this rename.</summary>
    public bool Is(RenameTableOperation operation) =>
        Means(Table, operation.Name, operation.Schema) && Means(NewName, operation.NewName ?? operation.Name, operation.NewSchema);

    /// <summary>
    /// Makes EF Core compare the two tables as one until the result is disposed. It pairs tables by their names, or by the names of their
    /// entity types. So the entity type of the source gets the name that it has in the target.
    /// </summary>
    /// <returns>
    /// <see langword="null"/> if one of the tables isn't in its model, or if one of the entity types is in both models.
    /// </returns>
    /// <exception cref="MigrationsException">The names of entity types can't be changed in this version of EF Core.</exception>
    public IDisposable? Pair(IRelationalModel source, IRelationalModel target)
    {
        if (EntityOf(source, Table) is not { } old || EntityOf(target, NewName) is not { } @new)
            return null;
        return source.Model.FindEntityType(@new.Name) is null && target.Model.FindEntityType(old.Name) is null
            ? new RenamedEntity(old, @new.Name)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Table}:{NewName}";

    /// <summary>The entity type that each row of a table belongs to, and not a derived or an owned one.</summary>
    private static IEntityType? EntityOf(IRelationalModel model, string written)
    {
        var table = model.Tables.FirstOrDefault(table => Means(written, table.Name, table.Schema));
        var types = table?.EntityTypeMappings.Select(mapping => mapping.TypeBase).OfType<IEntityType>().ToList() ?? [];
        return types.Find(type => !types.Contains(type.BaseType!) && !table!.GetRowInternalForeignKeys(type).Any());
    }

    private sealed class RenamedEntity : IDisposable
    {
        private readonly IEntityType _entity;
        private readonly string _oldName;

        public RenamedEntity(IEntityType entity, string name)
        {
            (_entity, _oldName) = (entity, entity.Name);
            Rename(name);
        }

        public void Dispose() => Rename(_oldName);

        private void Rename(string name)
        {
            FieldInfo? field = null;
            for (var type = _entity.GetType(); field is null && type is not null; type = type.BaseType)
                field = type.GetField("<Name>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic);
            field?.SetValue(_entity, name);
            if (_entity.Name != name)
            {
                throw new MigrationsException(
                    DiagnosticCodes.InvalidSetting,
                    "DbRename can't rename tables with this version of EF Core. Draft without DbRename, and use RenameTable in the C#.");
            }
        }
    }
}
