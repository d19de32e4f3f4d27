namespace MigrationsBuild.Worker.Model;

/// <summary>A property that an operation sets or changes: a default, a comment, an option of the provider.</summary>
/// <param name="Name">The name that is shown.</param>
/// <param name="Before">The old value; <see langword="null"/> for none, and empty for a flag, of which only the name is shown.</param>
/// <param name="After">The new value, in the same form.</param>
internal sealed record OperationDetail(string Name, string? Before, string? After)
{
    private const int MaxLength = 80;

    /// <summary>The new value: <c>default 0</c>; <see langword="null"/> for none.</summary>
    public string? Statement => After is null ? null : Text(After);

    /// <summary>The change: <c>default 0 to 1</c>; <see langword="null"/> if there is none.</summary>
    public string? Difference => (Before, After) switch
    {
        _ when Before == After => null,
        (null or "", not null) => Text(After),
        (not null, { Length: > 0 }) => $"{Name} {Shorten(Before)} to {Shorten(After)}",
        (_, not null) => Name,
        ("", null) => $"no longer {Name}",
        _ => $"no {Name}, was {Shorten(Before!)}",
    };

    /// <summary>The new values, as the end of a sentence.</summary>
    public static string Describe(IEnumerable<OperationDetail> details) =>
        string.Concat(details.Select(detail => detail.Statement).OfType<string>().Select(text => ", " + text));

    /// <summary>The changes as a list.</summary>
    public static string DescribeChanges(IEnumerable<OperationDetail> details)
    {
        var text = string.Join(", ", details.Select(detail => detail.Difference).OfType<string>());
        return text.Length == 0 ? "settings that only the provider keeps" : text;
    }

    /// <summary>A text on one line, of 80 characters at most.</summary>
    public static string Shorten(string text)
    {
        var line = string.Join(" ", text.Split(['\r', '\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= MaxLength ? line : line[..(MaxLength - 1)] + "…";
    }

    private string Text(string value) => value.Length == 0 ? Name : $"{Name} {Shorten(value)}";
}
