using System.Text.RegularExpressions;

namespace MigrationsBuild.Sql;

/// <summary>
/// Which types PostgreSQL changes a column's type between by itself: <c>ALTER COLUMN … TYPE</c> without <c>USING</c> needs an implicit or
/// an assignment cast, and fails with SQLSTATE 42804 without one.
/// </summary>
public static class PostgreSqlCasts
{
    private static readonly string[] _characters = ["text", "character varying", "character", "citext"];

    // Measured on PostgreSQL 15: every pair of these types. A type of any kind becomes a character type.
    private static readonly Dictionary<string, string[]> _casts = new()
    {
        ["smallint"] = ["integer", "bigint", "numeric", "real", "double precision"],
        ["integer"] = ["smallint", "bigint", "numeric", "real", "double precision", "money"],
        ["bigint"] = ["smallint", "integer", "numeric", "real", "double precision", "money"],
        ["numeric"] = ["smallint", "integer", "bigint", "real", "double precision", "money"],
        ["real"] = ["smallint", "integer", "bigint", "numeric", "double precision"],
        ["double precision"] = ["smallint", "integer", "bigint", "numeric", "real"],
        ["money"] = ["numeric"],
        ["boolean"] = [],
        ["text"] = [],
        ["character varying"] = [],
        ["character"] = [],
        ["citext"] = [],
        ["xml"] = [],
        ["uuid"] = [],
        ["bytea"] = [],
        ["hstore"] = [],
        ["int4range"] = [],
        ["int8range"] = [],
        ["date"] = ["timestamp without time zone", "timestamp with time zone"],
        ["timestamp without time zone"] = ["date", "time without time zone", "timestamp with time zone"],
        ["timestamp with time zone"] = ["date", "time without time zone", "timestamp without time zone", "time with time zone"],
        ["time without time zone"] = ["interval", "time with time zone"],
        ["time with time zone"] = ["time without time zone"],
        ["interval"] = ["time without time zone"],
        ["json"] = ["jsonb"],
        ["jsonb"] = ["json"],
        ["inet"] = ["cidr"],
        ["cidr"] = ["inet"],
        ["bit"] = ["bit varying"],
        ["bit varying"] = ["bit"],
    };

    private static readonly Dictionary<string, string> _aliases = new()
    {
        ["int2"] = "smallint",
        ["int"] = "integer",
        ["int4"] = "integer",
        ["int8"] = "bigint",
        ["decimal"] = "numeric",
        ["float4"] = "real",
        ["float8"] = "double precision",
        ["bool"] = "boolean",
        ["varchar"] = "character varying",
        ["char"] = "character",
        ["timestamp"] = "timestamp without time zone",
        ["timestamptz"] = "timestamp with time zone",
        ["time"] = "time without time zone",
        ["timetz"] = "time with time zone",
        ["varbit"] = "bit varying",
    };

    /// <summary>Whether a column's type can be changed without <c>USING</c>.</summary>
    /// <param name="from">The type now, as the provider writes it.</param>
    /// <param name="to">The new one.</param>
    /// <returns><see langword="null"/> if one of them isn't a type that this knows: it may have casts of its own.</returns>
    public static bool? CanChange(string from, string to)
    {
        var (before, after) = (NameOf(from), NameOf(to));
        if (before == after)
            return true;
        if (Array.IndexOf(_characters, after) >= 0)
            return true;
        var (element, newElement) = (ElementOf(before), ElementOf(after));
        if (!_casts.ContainsKey(element ?? before) || !_casts.ContainsKey(newElement ?? after))
            return null;
        if (element is not null && newElement is not null)
            return CanChange(element, newElement);
        return element is null && newElement is null && _casts[before].Contains(after);
    }

    private static string? ElementOf(string type) =>
        type.EndsWith("[]", StringComparison.Ordinal) ? type.Substring(0, type.Length - 2) : null;

    /// <summary>The type without its limits, under the name that the catalog shows.</summary>
    private static string NameOf(string type)
    {
        var name = Regex.Replace(type.Trim().ToLowerInvariant(), @"\s*\([\d\s,]*\)", "");
        var suffix = name.EndsWith("[]", StringComparison.Ordinal) ? "[]" : "";
        name = name.Substring(0, name.Length - suffix.Length);
        return (_aliases.TryGetValue(name, out var full) ? full : name) + suffix;
    }
}
