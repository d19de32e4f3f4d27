using MigrationsBuild.Sql;

namespace MigrationsBuild.Lint;

/// <summary>Types that have values in common.</summary>
internal static class TypeFamily
{
    /// <summary>The family of a type: <c>text</c>, <c>number</c>, <c>time</c>, or the type itself.</summary>
    /// <param name="type">The type, as it is written.</param>
    public static string Of(string type) => PostgreSqlCasts.NameOf(type) switch
    {
        "text" or "character varying" or "character" or "citext" => "text",
        "smallint" or "integer" or "bigint" or "numeric" or "real" or "double precision" or "money" or "serial" or "bigserial" => "number",
        "date" or "timestamp without time zone" or "timestamp with time zone" => "time",
        "json" or "jsonb" => "json",
        var name => name,
    };
}
