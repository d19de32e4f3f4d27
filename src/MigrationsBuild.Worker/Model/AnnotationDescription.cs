using MigrationsBuild.Revisions;

namespace MigrationsBuild.Worker.Model;

/// <summary>How the value of an annotation is shown.</summary>
internal enum AnnotationFormat
{
    /// <summary>As it is, after the words.</summary>
    Value,

    /// <summary>The words alone, if it is true.</summary>
    Flag,

    /// <summary>The words alone, if it is false: true is how it is anyway.</summary>
    Negation,

    /// <summary>The words alone, or with "not" before them.</summary>
    Choice,

    /// <summary>How values are generated; the words of <see cref="AnnotationDescriptions"/>.</summary>
    Generation,

    /// <summary>PostgreSQL's options of an identity column.</summary>
    IdentityOptions,

    /// <summary>Not at all: the database doesn't have it.</summary>
    Hidden,
}

/// <summary>The words for an annotation of EF Core or a provider.</summary>
/// <param name="Name">The annotation; one that ends with a colon stands for all that begin so, and the rest is a name.</param>
/// <param name="Words">What it is called in the database.</param>
/// <param name="Format">How its value is shown.</param>
internal sealed record AnnotationDescription(string Name, string Words, AnnotationFormat Format = AnnotationFormat.Value)
{
    private static readonly string[] _identityOptions = ["from", "by", "minimum", "maximum", "cyclic", "cache"];

    /// <summary>The words for an annotation that no table knows: <c>full text index</c> for <c>Acme:FullTextIndex</c>.</summary>
    /// <param name="name">The annotation.</param>
    /// <param name="value">A value of it.</param>
    public static AnnotationDescription Unknown(string name, object? value)
    {
        var parts = name.Split(':', StringSplitOptions.RemoveEmptyEntries);
        return new AnnotationDescription(
            name,
            string.Join(' ', parts.Skip(parts.Length > 1 ? 1 : 0).Select(MigrationName.ToMessage)),
            value is bool ? AnnotationFormat.Flag : AnnotationFormat.Value);
    }

    /// <summary>Whether this is the word for an annotation.</summary>
    /// <param name="name">The annotation.</param>
    public bool Fits(string name) => Name.EndsWith(':') ? name.StartsWith(Name, StringComparison.Ordinal) : Name == name;

    /// <summary>The detail.</summary>
    /// <param name="name">The annotation.</param>
    /// <param name="before">Its value before.</param>
    /// <param name="after">Its value after.</param>
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

    /// <summary>Six values in quotes, empty where they are the database's defaults.</summary>
    private static string? IdentityOptions(string text)
    {
        var values = text.Split(',').Select(value => value.Trim('\'', ' ')).ToList();
        var set = _identityOptions.Zip(values).Where(option => option is not (_, "" or "False") and not ("cache", "1")).Select(option =>
            option.Second == "True" ? option.First : $"{option.First} {option.Second}").ToList();
        return set.Count == 0 ? null : string.Join(" ", set);
    }
}
