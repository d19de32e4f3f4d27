using System.Collections;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Worker.Model;

/// <summary>Names, types and values as a context's database writes them.</summary>
/// <param name="context">The context.</param>
/// <param name="model">
/// The model that the migration leads to, finalized. It knows the types of columns that a migration of an old EF Core names without one.
/// </param>
internal sealed class DatabaseSyntax(DbContext context, IModel? model = null)
{
    private readonly ISqlGenerationHelper _sql = context.GetService<ISqlGenerationHelper>();
    private readonly IRelationalTypeMappingSource _types = context.GetService<IRelationalTypeMappingSource>();
    private readonly IRelationalModel? _model = model?.GetRelationalModel();

    /// <summary>How the database reads SQL.</summary>
    public SqlDialect Dialect { get; } = SqlDialects.OfProvider(context.Database.ProviderName!);

    /// <summary>A name.</summary>
    /// <param name="name">The name; without one the text is empty.</param>
    /// <param name="schema">Its schema.</param>
    public string Name(string? name, string? schema = null) => name is null ? "" : _sql.DelimitIdentifier(name, schema);

    /// <summary>A list of names.</summary>
    /// <param name="names">The names.</param>
    public string Names(IEnumerable<string>? names) => string.Join(", ", (names ?? []).Select(name => Name(name)));

    /// <summary>A column's name with its table's.</summary>
    public string Column(string table, string? schema, string column) => $"{Name(table, schema)}.{Name(column)}";

    /// <summary>A column's type, found as EF Core's generator finds it; <see langword="null"/> if nothing says it.</summary>
    /// <param name="column">A column; what an altered one was before has neither name nor table.</param>
    public string? TypeOf(ColumnOperation column)
    {
        if (column.ColumnType is { } type)
            return type;
        if (column.ClrType is null)
            return null;
        var known = column.Table is null ? null : _model?.FindTable(column.Table, column.Schema)?.FindColumn(column.Name);
        return known is not null && IsLike(known, column) ? known.StoreType : _types.FindMapping(
            column.ClrType,
            storeTypeName: null,
            keyOrIndex: false,
            column.IsUnicode,
            column.MaxLength,
            column.IsRowVersion,
            column.IsFixedLength,
            column.Precision,
            column.Scale)?.StoreType;
    }

    private static bool IsLike(IColumn known, ColumnOperation column) =>
        column.IsUnicode == known.IsUnicode && column.MaxLength == known.MaxLength && column.Precision == known.Precision
        && column.Scale == known.Scale && column.IsFixedLength == known.IsFixedLength && column.IsRowVersion == known.IsRowVersion;

    /// <summary>The type of a sequence's values.</summary>
    /// <param name="type">The type in C#.</param>
    public string? TypeOf(Type? type) => type is null ? null : _types.FindMapping(type)?.StoreType;

    /// <summary>A value as a literal, or as people write it where the provider knows none; <see langword="null"/> for none.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The type of its column.</param>
    public string? Literal(object? value, string? type = null)
    {
        if (value is null or DBNull)
            return null;
        try
        {
            var mapping = (type is null ? null : _types.FindMapping(value.GetType(), type)) ?? _types.FindMapping(value.GetType());
            return mapping?.GenerateSqlLiteral(value) ?? Plain(value);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return Plain(value);
        }
    }

    /// <summary>A value as people write it: arrays by what they hold, dates and numbers alike in every culture.</summary>
    /// <param name="value">Any value.</param>
    public static string Plain(object value) => value switch
    {
        string { Length: 0 } => "\"\"",
        string text => text,
        IEnumerable items => $"({string.Join(", ", items.Cast<object?>().Select(item => item is null ? "null" : Plain(item)))})",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
