using MigrationsBuild.Revisions;

namespace MigrationsBuild.Worker.Model;

/// <summary>The format in which the value of an annotation is shown.</summary>
internal enum AnnotationFormat
{
    /// <summary>The words, and the value after them.</summary>
    Value,

    /// <summary>The words alone, if the value is true.</summary>
    Flag,

    /// <summary>The words alone, if the value is false. True is the default.</summary>
    Negation,

    /// <summary>The words alone, or with "not" before them.</summary>
    Choice,

    /// <summary>The words, and the provider's strategy of value generation after them.</summary>
    Generation,

    /// <summary>PostgreSQL's options of an identity column.</summary>
    IdentityOptions,

    /// <summary>Nothing, because the database doesn't have the annotation.</summary>
    Hidden,
}

/// <summary>The description of an annotation of EF Core or of a provider.</summary>
/// <param name="Name">The annotation. A name that ends with a colon is a prefix, and the rest of the annotation is a name to show.</param>
/// <param name="Words">The database's term for the annotation.</param>
/// <param name="Format">The format of its value.</param>
internal sealed record AnnotationDescription(string Name, string Words, AnnotationFormat Format = AnnotationFormat.Value)
{
    private static readonly string[] _identityOptions = ["from", "by", "minimum", "maximum", "cyclic", "cache"];

    /// <summary>The description of an unknown annotation: <c>full text index</c> for <c>Acme:FullTextIndex</c>.</summary>
    public static AnnotationDescription Unknown(string name, object? value)
    {
        var parts = name.Split(':', StringSplitOptions.RemoveEmptyEntries);
        return new AnnotationDescription(
            name,
            string.Join(' ', parts.Skip(parts.Length > 1 ? 1 : 0).Select(MigrationName.ToMessage)),
            value is bool ? AnnotationFormat.Flag : AnnotationFormat.Value);
    }

    /// <summary>Whether this describes an annotation.</summary>
    public bool Fits(string name) => Name.EndsWith(':') ? name.StartsWith(Name, StringComparison.Ordinal) : Name == name;

    /// <summary>The annotation as a detail of an operation.</summary>
    public OperationDetail Detail(string name, object? before, object? after)
    {
        if (Format == AnnotationFormat.Choice && after is bool isSet)
            return new OperationDetail(isSet ? Words : $"not {Words}", after.Equals(before) ? "" : null, "");
        var words = Name.EndsWith(':') && name.Length > Name.Length ? $"{Words} {name[Name.Length..]}" : Words;
        return new OperationDetail(words, Show(before), Show(after));
    }

    private string? Show(object? value) => (Format, value) switch
    {
        (_, null) or (AnnotationFormat.Hidden, _) => null,
        (AnnotationFormat.Flag or AnnotationFormat.Choice, bool isSet) => isSet ? "" : null,
        (AnnotationFormat.Negation, bool isSet) => isSet ? null : "",
        (AnnotationFormat.Generation, _) => Generation(value.ToString()!),
        (AnnotationFormat.IdentityOptions, string options) => IdentityOptions(options),
        _ => DatabaseSyntax.Plain(value),
    };

    private static string? Generation(string strategy) => strategy switch
    {
        "None" => null,
        "IdentityByDefaultColumn" => "by default",
        "IdentityAlwaysColumn" => "always",
        "SerialColumn" => "as serial",
        "SequenceHiLo" => "from a hi-lo sequence",
        "Sequence" => "from a sequence",
        "IdentityColumn" or "Autoincrement" => "",
        _ => MigrationName.ToMessage(strategy),
    };

    /// <summary>Npgsql's text has six values in quotes. The database's defaults are empty.</summary>
    private static string? IdentityOptions(string text)
    {
        var values = text.Split(',').Select(value => value.Trim('\'', ' ')).ToList();
        var set = _identityOptions.Zip(values)
            .Where(option => option is not (_, "" or "False") and not ("cache", "1"))
            .Select(option => option.Second == "True" ? option.First : $"{option.First} {option.Second}")
            .ToList();
        return set.Count == 0 ? null : string.Join(" ", set);
    }
}
