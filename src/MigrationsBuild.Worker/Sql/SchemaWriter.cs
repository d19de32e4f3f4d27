using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using MigrationsBuild.Contexts;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Worker.Sql;

/// <summary>Writes the tables of models as the statements that would create them.</summary>
/// <param name="context">The context of the models.</param>
internal sealed class SchemaWriter(DbContext context)
{
    private readonly IMigrationsModelDiffer _differ = context.GetService<IMigrationsModelDiffer>();
    private readonly IMigrationsSqlGenerator _generator = context.GetService<IMigrationsSqlGenerator>();

    /// <summary>The tables that a migration's SQL names.</summary>
    /// <param name="before">The model before the migration; <see langword="null"/> for none.</param>
    /// <param name="after">The model after it.</param>
    /// <param name="sql">The SQL. A table counts as named if its name occurs anywhere in the text.</param>
    public SchemaFacts Write(IModel? before, IModel? after, string sql)
    {
        // Models of migrations have no C# enums, but the types that the database stores.
        var columns = context.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables
            .Where(table => sql.Contains(table.Name, StringComparison.Ordinal))
            .SelectMany(table => table.Columns)
            .ToList();
        return new SchemaFacts(
            Tables(before, sql),
            Tables(after, sql),
            Names(columns.Where(IsEnumText)),
            Names(columns.Where(column => column.PropertyMappings.Any(mapping => IsDiscriminator(mapping.Property)))));
    }

    private string Tables(IModel? model, string sql)
    {
        if (model is null)
            return "";
        var operations = _differ.GetDifferences(null, model.GetRelationalModel())
            .Where(operation => operation switch
            {
                CreateTableOperation table => sql.Contains(table.Name, StringComparison.Ordinal),
                CreateIndexOperation index => sql.Contains(index.Table, StringComparison.Ordinal),
                AddForeignKeyOperation key => sql.Contains(key.Table, StringComparison.Ordinal),
                _ => false,
            })
            .ToList();
        var commands = _generator.Generate(operations, model, MigrationsSqlGenerationOptions.Script);
        return string.Join("\n", commands.Select(command => command.CommandText));
    }

    private static bool IsEnumText(IColumn column) => column.PropertyMappings.Any(mapping =>
        (Nullable.GetUnderlyingType(mapping.Property.ClrType) ?? mapping.Property.ClrType).IsEnum
        && mapping.TypeMapping.Converter?.ProviderClrType == typeof(string));

    /// <summary>The method that finds the property has another declaring type in EF Core 10, so its annotation is read.</summary>
    private static bool IsDiscriminator(IProperty property) =>
        property.DeclaringType is IEntityType type && type.GetRootType()["DiscriminatorProperty"] as string == property.Name;

    private static List<string> Names(IEnumerable<IColumn> columns) =>
        [.. columns.Select(column => $"{ObjectName.In(column.Table.Schema, column.Table.Name)}.{ObjectName.Quote(column.Name)}")];
}
