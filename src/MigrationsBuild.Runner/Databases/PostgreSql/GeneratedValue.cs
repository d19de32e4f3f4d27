using System.Text.RegularExpressions;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>The value of a column in a generated row.</summary>
/// <param name="type">The type of the column, as it is written in SQL.</param>
/// <param name="count">The number of rows.</param>
internal sealed partial class GeneratedValue(string type, int count)
{
    /// <summary>The length of some of the texts without a limit: longer than most limits that a column may get.</summary>
    private const int LongText = 300;

    /// <summary>As the beginning of <see cref="FillableTable.Key"/>, for the type <c>smallint</c>.</summary>
    private const int SmallKeysBegin = 10_000;

    /// <summary>The name of the type, or of the type of a domain.</summary>
    public required string BaseType { get; init; }

    /// <summary>The name of the type of an array's elements; <see langword="null"/> if it is no array.</summary>
    public string? ElementType { get; init; }

    /// <summary>The maximum number of characters, bits, or digits before the decimal point.</summary>
    public int? Limit { get; init; }

    /// <summary>The values of an enum, as a list of literals; <see langword="null"/> if it is no enum.</summary>
    public string? Labels { get; init; }

    /// <summary>The check constraints of the column.</summary>
    public string Checks { get; init; } = "";

    /// <summary>Whether a unique index contains the column.</summary>
    public bool IsUnique { get; init; }

    /// <summary>An expression for the value in row <c>s.n</c>; <see langword="null"/> for a type that isn't known.</summary>
    public string? Expression
    {
        get
        {
            var value = ElementType is null ? Of(BaseType) : Of(ElementType) is { } element ? $"ARRAY[{element}]" : null;
            return value is null ? null : $"CAST({value} AS {type})";
        }
    }

    /// <summary>A number that differs in each row, or that has duplicates.</summary>
    private string Number => IsUnique ? FillableTable.Key : FillableTable.Duplicate(count);

    private string Time => $"(timestamp '2020-01-01' + {Number} * interval '1 minute')";

    private string Text => $"md5({Number}::text)";

    private string? Of(string name) => name switch
    {
        _ when Labels is not null => Choice(Labels),
        "text" or "varchar" or "bpchar" or "name" or "citext" => Characters,
        "int2" => IsUnique ? $"s.n % {short.MaxValue - SmallKeysBegin} + {SmallKeysBegin}" : Number,
        "int4" or "int8" or "oid" or "float4" or "float8" => Number,
        "money" => $"{Number}::numeric",
        "numeric" => Limit is { } digits and < 10 ? $"{Number} % (10 ^ {Math.Max(digits, 0)})::bigint" : Number,
        "bool" => "s.n % 2 = 0",
        "uuid" => Text,
        "date" => $"date '2020-01-01' + {Number}::integer",
        "timestamp" or "timestamptz" => Time,
        "time" or "timetz" => $"{Time}::time",
        "interval" => $"{Number} * interval '1 second'",
        "bytea" => $"decode({Text}, 'hex')",
        "json" or "jsonb" => $"jsonb_build_object('n', {Number})",
        "xml" => $"'<n>' || {Number} || '</n>'",
        "inet" or "cidr" => $"inet '10.0.0.0' + {Number}",
        "bit" or "varbit" => $"repeat('1', {Limit ?? 1})",
        "tsvector" => $"to_tsvector('simple', {Text})",
        "hstore" => $"'n=>' || {Number}",
        "ltree" => $"'n' || {Number}",
        "point" => $"point({Number}, {Number})",
        "int4range" or "int8range" or "numrange" => $"'[' || {Number} || ',' || {Number} + 1 || ')'",
        "daterange" => $"'[' || {Time}::date || ',)'",
        "tsrange" or "tstzrange" => $"'[' || {Time} || ',)'",
        _ => null,
    };

    /// <summary>
    /// A text. Some texts of a column that needn't be unique are as long as possible. If check constraints contain literals, the texts are
    /// these literals.
    /// </summary>
    private string Characters
    {
        get
        {
            var literals = Literal().Matches(Checks).Select(match => match.Groups["text"].Value).Distinct().ToList();
            if (literals.Count > 0)
                return Choice(string.Join(", ", literals));
            if (IsUnique)
                return Limit is { } limit ? $"right('text ' || s.n, {limit})" : "'text ' || s.n";
            return $"CASE WHEN s.n % 7 = 0 THEN rpad('text ' || {Number}, {Limit ?? LongText}, '.') ELSE 'text ' || {Number} END";
        }
    }

    private static string Choice(string literals) => $"(ARRAY[{literals}])[s.n % array_length(ARRAY[{literals}], 1) + 1]";

    [GeneratedRegex("(?<text>'([^']|'')*')::")]
    private static partial Regex Literal();
}
