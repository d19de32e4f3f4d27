using System.Text.RegularExpressions;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Lint;

/// <summary>The expression of a column's default.</summary>
internal static class DefaultExpression
{
    /// <summary>
    /// Functions and types whose call gives the same value for all rows of a statement. Only such a default adds a column without writing
    /// the table again.
    /// </summary>
    private static readonly HashSet<string> _stable = new(StringComparer.OrdinalIgnoreCase)
    {
        "now", "transaction_timestamp", "statement_timestamp", "current_timestamp", "current_time", "localtimestamp", "localtime",
        "current_setting", "current_database", "current_schema", "timezone", "date_trunc", "make_date", "make_timestamp", "make_interval",
        "to_timestamp", "to_date", "to_char", "lower", "upper", "trim", "btrim", "concat", "coalesce", "nullif", "greatest", "least", "abs",
        "round", "floor", "ceil", "length", "left", "right", "replace", "md5", "encode", "decode", "array", "row", "cast", "numeric",
        "decimal", "varchar", "char", "character", "varying", "bit", "timestamp", "timestamptz", "time", "interval", "date", "extract",
        "jsonb_build_object", "jsonb_build_array", "json_build_object", "json_build_array", "to_jsonb", "to_json", "to_tsvector", "zone",
        "int4range", "int8range", "numrange", "tsrange", "tstzrange", "daterange", "st_setsrid", "st_makepoint", "geometry", "precision",
        "in", "and", "or", "not", "case", "when", "then", "else", "is", "like", "inet", "text", "integer", "bigint",
    };

    /// <summary>The default values of C#'s types, as EF Core and Npgsql write them.</summary>
    private static readonly Regex _typeDefault = new(
        @"^(0(\.0+)?|FALSE|'(|\{\}|0(\.0*)?|-infinity|0001-01-01.*|00000000-0000-0000-0000-000000000000|\\{1,2}x|00:00:00)')$",
        RegexOptions.IgnoreCase);

    /// <summary>A function in a default that may give each row another value; <see langword="null"/> if there is none.</summary>
    /// <param name="expression">The expression, as it is written.</param>
    public static string? VolatileFunction(string expression)
    {
        var tokens = SqlLexer.Tokenize(expression, SqlDialect.PostgreSql)
            .Where(token => !token.IsTrivia)
            .Select(token => token.In(expression))
            .ToList();
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            var isCall = tokens[i + 1] == "(" && (char.IsLetter(tokens[i][0]) || tokens[i][0] is '_' or '"');
            if (isCall && !_stable.Contains(tokens[i]))
                return tokens[i];
        }

        return null;
    }

    /// <summary>Whether it is a literal, which gives all rows the same value.</summary>
    public static bool IsConstant(string expression) => expression.IndexOf('(') < 0 || VolatileFunction(expression) is null;

    /// <summary>Whether a literal is the default value of a C# type: an empty text, zero, <c>false</c>, an empty Guid.</summary>
    public static bool IsTypeDefault(string expression) => _typeDefault.IsMatch(WithoutType(expression));

    /// <summary>The literal without its type, which is before it or after it: <c>DATE '-infinity'</c>, <c>''::text</c>.</summary>
    private static string WithoutType(string expression) =>
        Regex.Replace(Regex.Replace(expression.Trim(), @"^[A-Za-z][A-Za-z ]*(?=')", ""), @"::[^']*$", "").Trim();
}
