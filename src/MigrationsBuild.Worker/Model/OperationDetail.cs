namespace MigrationsBuild.Worker.Model;

/// <summary>Something that an operation sets or changes beside the name: a default, a comment, an option of the provider.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Before">Its value before; <see langword="null"/> for none. It is empty if the name alone says everything.</param>
/// <param name="After">Its value after.</param>
internal sealed record OperationDetail(string Name, string? Before, string? After)
{
    private const int MaxLength = 80;

    /// <summary>The detail of a new thing: <c>default 0</c>; <see langword="null"/> without a value.</summary>
    public string? Statement => After is null ? null : Text(After);

    /// <summary>What changes: <c>default 0 to 1</c>; <see langword="null"/> if nothing does.</summary>
    public string? Difference =>
        Before == After ? null
        : string.IsNullOrEmpty(Before) && After is not null ? Text(After)
        : After is { Length: > 0 } ? $"{Name} {Shorten(Before!)} to {Shorten(After)}"
        : After is not null ? Name
        : Before!.Length == 0 ? $"no longer {Name}"
        : $"no {Name}, was {Shorten(Before)}";

    /// <summary>The details of a new thing, as the end of a sentence.</summary>
    /// <param name="details">The details.</param>
    public static string Describe(IEnumerable<OperationDetail> details) =>
        string.Concat(details.Select(detail => detail.Statement).OfType<string>().Select(text => ", " + text));

    /// <summary>The differences as a list.</summary>
    /// <param name="details">The details.</param>
    public static string DescribeChanges(IEnumerable<OperationDetail> details)
    {
        var text = string.Join(", ", details.Select(detail => detail.Difference).OfType<string>());
        return text.Length == 0 ? "settings that only the provider keeps" : text;
    }

    /// <summary>A text on one line, and not too long for one.</summary>
    /// <param name="text">Any text.</param>
    public static string Shorten(string text)
    {
        var line = string.Join(" ", text.Split(['\r', '\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= MaxLength ? line : line[..(MaxLength - 1)] + "…";
    }

    private string Text(string value) => value.Length == 0 ? Name : $"{Name} {Shorten(value)}";
}
