using System.Collections;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Worker.Model;

/// <summary>Writes names, types and values in the syntax of a context's database.</summary>
/// <param name="model">
/// The model after the migration, finalized. It has the types of columns for which migrations of old versions of EF Core name none.
/// </param>
internal sealed class DatabaseSyntax(DbContext context, IModel? model = null)
{
    private readonly ISqlGenerationHelper _sql = context.GetService<ISqlGenerationHelper>();
    private readonly IRelationalTypeMappingSource _types = context.GetService<IRelationalTypeMappingSource>();
    private readonly IRelationalModel? _model = model?.GetRelationalModel();

    /// <summary>The dialect of the database's SQL.</summary>
    public SqlDialect Dialect { get; } = SqlDialects.OfProvider(context.Database.ProviderName!);

    /// <summary>A name, quoted if necessary; empty without a name.</summary>
    public string Name(string? name, string? schema = null) => name is null ? "" : _sql.DelimitIdentifier(name, schema);

    /// <summary>A list of names, separated by commas.</summary>
    public string Names(IEnumerable<string>? names) => string.Join(", ", (names ?? []).Select(name => Name(name)));

    /// <summary>A column's name with the name of its table.</summary>
    public string Column(string table, string? schema, string column) => $"{Name(table, schema)}.{Name(column)}";

    /// <summary>A column's type, by the rules of EF Core's SQL generator; <see langword="null"/> if it is unknown.</summary>
    /// <param name="column">A column. The old state of a changed column has neither name nor table.</param>
    public string? TypeOf(ColumnOperation column)
    {
        if (column.ColumnType is { } type)
            return type;
        if (column.ClrType is null)
            return null;
        var known = column.Table is null ? null : _model?.FindTable(column.Table, column.Schema)?.FindColumn(column.Name);
        if (known is not null && IsLike(known, column))
            return known.StoreType;
        return _types.FindMapping(
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
        column.IsUnicode == known.IsUnicode
        && column.MaxLength == known.MaxLength
        && column.Precision == known.Precision
        && column.Scale == known.Scale
        && column.IsFixedLength == known.IsFixedLength
        && column.IsRowVersion == known.IsRowVersion;

    /// <summary>The database's type for a type of C#.</summary>
    public string? TypeOf(Type? type) => type is null ? null : _types.FindMapping(type)?.StoreType;

    /// <summary>A value as a literal, or as <see cref="Plain"/> text if the provider has no literal for it.</summary>
    /// <param name="type">The type of its column.</param>
    /// <returns>The text; <see langword="null"/> for null.</returns>
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

    /// <summary>A value in the invariant culture. Of an array all elements are shown.</summary>
    public static string Plain(object value) => value switch
    {
        string { Length: 0 } => "\"\"",
        string text => text,
        IEnumerable items => $"({string.Join(", ", items.Cast<object?>().Select(item => item is null ? "null" : Plain(item)))})",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
