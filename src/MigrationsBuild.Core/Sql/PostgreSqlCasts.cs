using System.Text.RegularExpressions;

namespace MigrationsBuild.Sql;

/// <summary>
/// The types between which PostgreSQL can change the type of a column: <c>ALTER COLUMN … TYPE</c> without <c>USING</c> needs an implicit
/// cast or an assignment cast, and otherwise fails with SQLSTATE 42804.
/// </summary>
internal static class PostgreSqlCasts
{
    private static readonly string[] _characters = ["text", "character varying", "character", "citext"];

    // Tested on PostgreSQL 15 with every pair of these types. Every type can be changed to a character type.
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
    /// <param name="from">The current type, as the provider writes it.</param>
    /// <param name="to">The new type.</param>
    /// <returns><see langword="null"/> if one of the types isn't in the table: it may have other casts.</returns>
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

    /// <summary>The name of a type in PostgreSQL's catalog, without its length or precision.</summary>
    /// <param name="type">The type, as it is written.</param>
    public static string NameOf(string type)
    {
        var name = Regex.Replace(type.Trim().ToLowerInvariant(), @"\s*\([\d\s,]*\)", "");
        var suffix = name.EndsWith("[]", StringComparison.Ordinal) ? "[]" : "";
        name = name.Substring(0, name.Length - suffix.Length);
        return (_aliases.TryGetValue(name, out var full) ? full : name) + suffix;
    }
}
