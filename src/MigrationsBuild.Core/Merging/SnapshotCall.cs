using System.Text.RegularExpressions;

namespace MigrationsBuild.Merging;

/// <summary>The first call of a statement in a model snapshot.</summary>
/// <param name="Extension">
/// The extension method around it, as in <c>NpgsqlPropertyBuilderExtensions.UseIdentityByDefaultColumn(b.Property&lt;int&gt;("Id"))</c>;
/// empty if there is none.
/// </param>
/// <param name="Receiver">The builder.</param>
/// <param name="Method">The method of the builder; empty if there is none.</param>
/// <param name="Arguments">The text of the arguments before a lambda expression.</param>
internal sealed record SnapshotCall(string Extension, string Receiver, string Method, string Arguments)
{
    private const string Literal = @"""(?>[^""\\\r\n]|\\.)*""";
    private const string TypeArguments = @"(?:<[^()]*>)?";

    private static readonly Regex _call = new(
        $$"""
        \A (?: [\w.]+Extensions\.(?<extension>\w+){{TypeArguments}}\( (?=\w+[.,)]) )?
        (?<receiver>\w+)
        (?: \.(?<method>\w+){{TypeArguments}}\( (?<arguments> (?> [^"()=] | {{Literal}} | \([^()"]*\) )* )
          | (?(extension) (?<arguments> (?> [^"(){}=] | {{Literal}} )* ) | (?=\s*\.) ) )
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant);

    private static readonly Regex _foreignKey = new($@"\.HasForeignKey\((?<names>(?>[^()""]|{Literal})*)\)");
    private static readonly Regex _literal = new(Literal);

    // A list may contain several of these, each with another name as its first argument. All others occur once.
    private static readonly Dictionary<string, SnapshotGroup> _named = new()
    {
        ["Property"] = SnapshotGroup.Properties,
        ["ComplexProperty"] = SnapshotGroup.ComplexProperties,
        ["ComplexCollection"] = SnapshotGroup.ComplexProperties,
        ["SplitToTable"] = SnapshotGroup.Mapping,
        ["SplitToView"] = SnapshotGroup.Mapping,
        ["HasAnnotation"] = SnapshotGroup.Mapping,
        ["HasCheckConstraint"] = SnapshotGroup.CheckConstraints,
        ["HasTrigger"] = SnapshotGroup.Triggers,
        ["Navigation"] = SnapshotGroup.Navigations,
    };

    /// <summary>The names in the arguments.</summary>
    public IReadOnlyList<string> Names { get; } = NamesIn(Arguments);

    /// <summary>Reads a statement.</summary>
    /// <returns>The call; <see langword="null"/> if EF Core doesn't write such statements.</returns>
    public static SnapshotCall? Parse(string statement)
    {
        var match = _call.Match(statement);
        var call = new SnapshotCall(Value("extension"), Value("receiver"), Value("method"), Value("arguments"))
        {
            ForeignKey = ForeignKeyOf(statement),
        };
        return match.Success && (call.Names.Count > 0 || !_named.ContainsKey(call.Method)) ? call : null;

        string Value(string group) => match.Groups[group].Value;
    }

    /// <summary>The properties of the foreign key that the statement sets.</summary>
    private IReadOnlyList<string> ForeignKey { get; init; } = [];

    /// <summary>Whether an empty line isn't between the statement and others of that target.</summary>
    public string? Run => Extension.Length == 0 ? null : $"{Receiver}.{Method}({(Method.Length == 0 ? "" : Arguments)}";

    /// <summary>Where EF Core writes the statement, and the key of the statement in its list.</summary>
    /// <param name="primaryKey">The names of the properties in the primary key of the entity type.</param>
    public (string Key, MergeOrder Order) Place(IReadOnlyList<string> primaryKey)
    {
        var order = OrderOf(primaryKey);
        var key = $"{Method} {string.Join(" ", order.Names)}";
        return Extension.Length == 0 || Method.Length == 0
            ? (key, order)
            : ($"{key} {Extension}", order with { Names = [.. order.Names, Extension] });
    }

    private MergeOrder OrderOf(IReadOnlyList<string> primaryKey)
    {
        if (Method.Length == 0)
            return Extension.Length == 0 ? In(SnapshotGroup.Annotations) : In(SnapshotGroup.Extensions, 0, [Extension, .. Names]);
        var first = Names.Take(1).ToList();
        var position = first.Count == 0 ? -1 : primaryKey.ToList().IndexOf(first[0]);
        return Method switch
        {
            "HasSequence" => In(SnapshotGroup.Sequences, 0, Names),
            "HasBaseType" => In(SnapshotGroup.BaseType),
            "Property" when position >= 0 => In(SnapshotGroup.Properties, position - primaryKey.Count, first),
            "HasKey" => In(SnapshotGroup.PrimaryKey),
            "HasAlternateKey" => In(SnapshotGroup.AlternateKeys, Names.Count, Names),
            // An index with a name comes after those without.
            "HasIndex" when Arguments.StartsWith("new[]", StringComparison.Ordinal) =>
                In(SnapshotGroup.Indexes, int.MaxValue, [Names[Names.Count - 1]]),
            "HasIndex" => In(SnapshotGroup.Indexes, Names.Count, Names),
            "HasOne" or "WithOwner" => In(SnapshotGroup.ForeignKeys, ForeignKey.Count, [.. ForeignKey, .. first]),
            "OwnsOne" or "OwnsMany" => In(SnapshotGroup.OwnedTypes, 0, Names),
            "HasData" => In(SnapshotGroup.Data),
            _ => _named.TryGetValue(Method, out var group) ? In(group, 0, first) : In(SnapshotGroup.Mapping),
        };

        static MergeOrder In(SnapshotGroup group, int position = 0, IReadOnlyList<string>? names = null) =>
            new((int)group, position, names ?? []);
    }

    private static IReadOnlyList<string> ForeignKeyOf(string statement)
    {
        var names = NamesIn(_foreignKey.Match(statement).Groups["names"].Value);
        // Of a relationship between two single entities, the first name is that of the dependent one.
        return statement.Contains(".WithOne(") ? [.. names.Skip(1)] : names;
    }

    private static IReadOnlyList<string> NamesIn(string arguments) =>
        [.. _literal.Matches(arguments).Cast<Match>().Select(literal => literal.Value)];
}
