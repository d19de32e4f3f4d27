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
/// <param name="Dialect">Who reads the body: it decides what in it is a literal.</param>
public sealed record SqlFile(
    string Migration,
    string Direction,
    string Context,
    string Generator,
    string SourceHash,
    string? Irreversible,
    string GeneratedHash,
    string Body,
    SqlDialect Dialect)
{
    private SqlHeader? _header;

    /// <summary>The direction of an up file.</summary>
    public const string Up = "up";

    /// <summary>The direction of a down file.</summary>
    public const string Down = "down";

    /// <summary>In a draft of ours: hash of the C# as it was drafted, by which an edit shows; else <see langword="null"/>.</summary>
    public string? DraftHash { get; init; }

    /// <summary>Hash of the body, whatever blanks are at the ends of its lines and whatever line ends are at its own.</summary>
    public string BodyHash { get; } = ContentHash.OfText(SqlLayout.Normalize(Body, Dialect));

    /// <summary>Whether the body is as it was generated, so that it may be generated again over it.</summary>
    public bool IsAsGenerated => Flaw is null && Holds(GeneratedHash);

    /// <summary>
    /// Whether the body is the text of that hash: <see cref="BodyHash"/>, or one that an earlier version made of the text as it was.
    /// </summary>
    /// <param name="hash">The hash.</param>
    public bool Holds(string hash) => hash == BodyHash || hash == ContentHash.OfText(Body);

    /// <summary>What makes its header another one than was written, if anything does; then its values may be anything.</summary>
    public SqlFileFlaw? Flaw => _header?.Flaw;

    /// <summary>Where the body begins in the file, in UTF-16 units from the file's first character.</summary>
    public int BodyOffset => _header?.End ?? 0;

    /// <summary>Where a line of the header begins in the file, in UTF-16 units.</summary>
    /// <param name="name">The line's name: <c>Context</c>.</param>
    public int OffsetOf(string name) => _header?.OffsetOf(name) ?? 0;

    /// <summary>The hash of a body that was just generated.</summary>
    /// <param name="body">The statements as <see cref="SqlBody"/> writes them.</param>
    public static string HashOf(string body) => ContentHash.OfText(body);

    /// <summary>A file just generated.</summary>
    /// <param name="migration">The migration's id.</param>
    /// <param name="direction"><see cref="Up"/> or <see cref="Down"/>.</param>
    /// <param name="context">Full name of the DbContext.</param>
    /// <param name="generator">What wrote the body.</param>
    /// <param name="sourceHash">Hash of the C# that the body was generated from.</param>
    /// <param name="irreversible">In an up file without a down file: why there is none.</param>
    /// <param name="body">The statements.</param>
    public static SqlFile Generated(
        string migration, string direction, string context, string generator, string sourceHash, string? irreversible, string body) =>
        new(migration, direction, context, generator, sourceHash, irreversible, HashOf(body), body, SqlDialect.Other);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dialect">Who reads its body.</param>
    /// <returns>The file, or <see langword="null"/> for an unrelated file: it doesn't begin with the first line of our header.</returns>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="DecoderFallbackException">It isn't UTF-8.</exception>
    public static SqlFile? Read(string path, SqlDialect dialect) => Parse(SourceText.Read(path), dialect);

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text, with <c>\n</c> as line end.</param>
    /// <param name="dialect">Who reads its body.</param>
    /// <returns>The file, or <see langword="null"/> if it doesn't begin with the first line of our header.</returns>
    public static SqlFile? Parse(string text, SqlDialect dialect)
    {
        if (!SqlHeader.Begins(text))
            return null;
        var header = SqlHeader.Read(text);
        string Value(string name) => header[name] ?? "";
        return new SqlFile(
            Value("Migration"), Value("Direction"), Value("Context"), Value("Generator"), Value("Source"),
            header["Irreversible"], Value("Body"), text.Substring(header.End), dialect)
        {
            _header = header,
            DraftHash = header["Draft"],
        };
    }

    /// <summary>The whole file.</summary>
    public string ToText() => SqlHeader.Write(ValueOf) + Body;

    /// <summary>A value as the header holds it: one line, with an escape for what can't be seen.</summary>
    /// <param name="value">Any text.</param>
    public static string HeaderValue(string value) => SqlHeader.OneLine(value);

    private string? ValueOf(string name) => name switch
    {
        "Migration" => Migration,
        "Direction" => Direction,
        "Context" => Context,
        "Generator" => Generator,
        "Body" => GeneratedHash,
        "Source" => SourceHash,
        "Draft" => DraftHash,
        "Irreversible" => Irreversible,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };
}
