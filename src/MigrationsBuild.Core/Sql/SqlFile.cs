using System.Text;
using MigrationsBuild.Files;

namespace MigrationsBuild.Sql;

/// <summary>
/// An SQL file of ours: a header in comments, an empty line, and the body, which is what gets approved and executed.
/// </summary>
/// <param name="Migration">The migration's id.</param>
/// <param name="Direction"><c>up</c> or <c>down</c>.</param>
/// <param name="Context">Full name of the DbContext.</param>
/// <param name="Generator">What wrote the body: EF Core and its provider, with their versions.</param>
/// <param name="SourceHash">Hash of the C# that the body was generated from.</param>
/// <param name="Irreversible">In an up file without a down file: why there is none.</param>
/// <param name="GeneratedHash">Hash of the body as it was generated; it differs from <see cref="BodyHash"/> after an edit by hand.</param>
/// <param name="Body">The statements, with <c>\n</c> as line end.</param>
public sealed record SqlFile(
    string Migration,
    string Direction,
    string Context,
    string Generator,
    string SourceHash,
    string? Irreversible,
    string GeneratedHash,
    string Body)
{
    /// <summary>In a draft of ours: hash of the C# as it was drafted, by which an edit of it is told; else <see langword="null"/>.</summary>
    public string? DraftHash { get; init; }

    private const string FirstLine = "-- MigrationsBuild SQL 1";

    /// <summary>Hash of the body as it stands.</summary>
    public string BodyHash { get; } = ContentHash.OfText(Body);

    /// <summary>Whether the body is as it was generated, so that it may be generated again over it.</summary>
    public bool IsAsGenerated => GeneratedHash == BodyHash;

    /// <summary>Where the body begins in the file, in UTF-16 units from the file's first character.</summary>
    public int BodyOffset { get; private init; }

    /// <summary>The hash of a body.</summary>
    /// <param name="body">The statements.</param>
    public static string HashOf(string body) => ContentHash.OfText(body);

    /// <summary>A file just generated.</summary>
    /// <param name="migration">The migration's id.</param>
    /// <param name="direction"><c>up</c> or <c>down</c>.</param>
    /// <param name="context">Full name of the DbContext.</param>
    /// <param name="generator">What wrote the body.</param>
    /// <param name="sourceHash">Hash of the C# that the body was generated from.</param>
    /// <param name="irreversible">In an up file without a down file: why there is none.</param>
    /// <param name="body">The statements.</param>
    public static SqlFile Generated(
        string migration, string direction, string context, string generator, string sourceHash, string? irreversible, string body) =>
        new(migration, direction, context, generator, sourceHash, irreversible, ContentHash.OfText(body), body);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The file, or <see langword="null"/> if it doesn't begin with our header: it is somebody else's.</returns>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="DecoderFallbackException">It isn't UTF-8.</exception>
    public static SqlFile? Read(string path) => Parse(SourceText.Read(path));

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text, with <c>\n</c> as line end.</param>
    /// <returns>The file, or <see langword="null"/> if it doesn't begin with our header.</returns>
    public static SqlFile? Parse(string text)
    {
        if (!text.StartsWith(FirstLine + "\n", StringComparison.Ordinal))
            return null;
        var header = new Dictionary<string, string>();
        var position = FirstLine.Length + 1;
        while (position < text.Length && text[position] != '\n')
        {
            var end = text.IndexOf('\n', position);
            var line = text.Substring(position, (end < 0 ? text.Length : end) - position);
            position = end < 0 ? text.Length : end + 1;
            var colon = line.IndexOf(':');
            if (!line.StartsWith("-- ", StringComparison.Ordinal) || colon < 0)
                return null;
            header[line.Substring(3, colon - 3)] = line.Substring(colon + 1).Trim();
        }

        string Value(string name) => header.TryGetValue(name, out var value) ? value : "";
        var bodyOffset = Math.Min(position + 1, text.Length);
        return new SqlFile(
            Value("Migration"), Value("Direction"), Value("Context"), Value("Generator"), Value("Source"),
            header.TryGetValue("Irreversible", out var reason) ? reason : null, Value("Body"), text.Substring(bodyOffset))
        {
            BodyOffset = bodyOffset,
            DraftHash = header.TryGetValue("Draft", out var draft) ? draft : null,
        };
    }

    /// <summary>The whole file.</summary>
    public string ToText()
    {
        var text = new StringBuilder(FirstLine).Append('\n');
        void Line(string name, string value) => text.Append("-- ").Append(name).Append(": ").Append(OneLine(value)).Append('\n');
        Line("Migration", Migration);
        Line("Direction", Direction);
        Line("Context", Context);
        Line("Generator", Generator);
        Line("Body", GeneratedHash);
        Line("Source", SourceHash);
        if (DraftHash is not null)
            Line("Draft", DraftHash);
        if (Irreversible is not null)
            Line("Irreversible", Irreversible);
        return text.Append('\n').Append(Body).ToString();
    }

    private static string OneLine(string value) =>
        string.Join(" ", value.Split(['\r', '\n', ' '], StringSplitOptions.RemoveEmptyEntries));
}
