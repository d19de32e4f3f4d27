using MigrationsBuild.Sql;

namespace MigrationsBuild.Lint;

/// <summary>What PostgreSQL does to change the type of a column.</summary>
internal enum TypeChangeWork
{
    /// <summary>Only the catalog changes.</summary>
    None,

    /// <summary>Indexes on the column are built again.</summary>
    Indexes,

    /// <summary>The table and all of its indexes are written again.</summary>
    Rewrite,

    /// <summary>It fails with SQLSTATE 42804, because there is no cast.</summary>
    Refused,
}

/// <summary>The change of a column's type, by PostgreSQL's rules. They were measured on PostgreSQL 15, with 1640 pairs of types.</summary>
/// <param name="Work">What PostgreSQL does.</param>
/// <param name="IsLossy">Whether values may be rounded or cut off, or the change may fail on them.</param>
internal readonly record struct TypeChange(TypeChangeWork Work, bool IsLossy)
{
    private static readonly string[] _unlimited = ["text", "character varying"];

    private static readonly string[] _precise =
    [
        "timestamp without time zone", "timestamp with time zone", "time without time zone", "time with time zone", "interval",
    ];

    /// <summary>The change between two types.</summary>
    /// <param name="from">The current type, as it is written.</param>
    /// <param name="to">The new type, as it is written.</param>
    public static TypeChange Of(string from, string to)
    {
        var (before, after) = (Parsed(from), Parsed(to));
        if (before.Name == after.Name && before.Arguments.SequenceEqual(after.Arguments))
            return new TypeChange(TypeChangeWork.None, IsLossy: false);
        if (PostgreSqlCasts.CanChange(from, to) == false)
            return new TypeChange(TypeChangeWork.Refused, IsLossy: false);
        var work = WorkOf(before, after);
        return new TypeChange(
            work, work == TypeChangeWork.Rewrite && ColumnTypeChange.MayLoseData(Written(before), Written(after)));
    }

    private static TypeChangeWork WorkOf((string Name, int[] Arguments) before, (string Name, int[] Arguments) after)
    {
        var isUnlimited = after.Arguments.Length == 0 && Array.IndexOf(_unlimited, after.Name) >= 0;
        var isCatalog = (before.Name, after.Name) switch
        {
            ("text" or "character varying" or "xml", _) when isUnlimited => true,
            ("character varying", "character varying") => HoldsAll(before.Arguments, after.Arguments),
            ("numeric", "numeric") => after.Arguments.Length == 0
                || (before.Arguments.Length > 0 && Scale(before.Arguments) == Scale(after.Arguments)
                    && HoldsAll(before.Arguments, after.Arguments)),
            ("cidr", "inet") => true,
            ("bit", "bit varying") => after.Arguments.Length == 0,
            var (old, @new) => old == @new && Array.IndexOf(_precise, old) >= 0 && HoldsAll(before.Arguments, after.Arguments),
        };
        if (isCatalog)
            return TypeChangeWork.None;
        var becomesCaseless = before.Name is "text" or "character varying" && after.Name == "citext";
        return becomesCaseless || (before.Name == "citext" && isUnlimited) ? TypeChangeWork.Indexes : TypeChangeWork.Rewrite;
    }

    private static bool HoldsAll(int[] before, int[] after) => after.Length == 0 || (before.Length > 0 && after[0] >= before[0]);

    private static int Scale(int[] arguments) => arguments.Length > 1 ? arguments[1] : 0;

    private static (string Name, int[] Arguments) Parsed(string type) =>
        (PostgreSqlCasts.NameOf(type), ColumnTypeChange.Parse(type).Arguments);

    private static string Written((string Name, int[] Arguments) type) =>
        type.Arguments.Length == 0 ? type.Name : $"{type.Name}({string.Join(",", type.Arguments)})";
}
