using System.Text;
using MigrationsBuild.Files;

namespace MigrationsBuild.Sql;

/// <summary>
/// An SQL file from MigrationsBuild: a header of comments, an empty line, and the body, which is approved and executed.
/// </summary>
/// <param name="Migration">The id of the migration.</param>
/// <param name="Direction"><see cref="Up"/> or <see cref="Down"/>.</param>
/// <param name="Context">The full name of the DbContext.</param>
/// <param name="Generator">The generator of the body: EF Core and its provider, with their versions.</param>
/// <param name="SourceHash">The hash of the C# from which the body was generated.</param>
/// <param name="Irreversible">In an up file without a down file, the reason why there is none.</param>
/// <param name="GeneratedHash">The hash of the body as it was generated. After an edit it differs from <see cref="BodyHash"/>.</param>
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

    /// <summary>In a draft, the hash of the C# as it was drafted, by which an edit is detected; otherwise <see langword="null"/>.</summary>
    public string? DraftHash { get; init; }

    /// <summary>The hash of the body, without blanks at line ends and additional line ends at the end.</summary>
    public string BodyHash { get; } = ContentHash.OfText(SqlLayout.Normalize(Body, Dialect));

    /// <summary>Whether the body wasn't edited, so that it may be overwritten.</summary>
    public bool IsAsGenerated => Flaw is null && Holds(GeneratedHash);

    /// <summary>
    /// Whether a hash is that of the body: <see cref="BodyHash"/>, or the hash of the whole text that an earlier version used.
    /// </summary>
    public bool Holds(string hash) => hash == BodyHash || hash == ContentHash.OfText(Body);

    /// <summary>The first error in the header; <see langword="null"/> if it is valid. Otherwise its values may be anything.</summary>
    public SqlFileFlaw? Flaw => _header?.Flaw;

    /// <summary>The offset of the body in the file, in UTF-16 units.</summary>
    public int BodyOffset => _header?.End ?? 0;

    /// <summary>The offset of a line of the header in the file, in UTF-16 units.</summary>
    /// <param name="name">The name of the line: <c>Context</c>.</param>
    public int OffsetOf(string name) => _header?.OffsetOf(name) ?? 0;

    /// <summary>The hash of a generated body.</summary>
    /// <param name="body">The statements as <see cref="SqlBody"/> writes them.</param>
    public static string HashOf(string body) => ContentHash.OfText(body);

    /// <summary>A new file. The parameters are the properties of the same names.</summary>
    public static SqlFile Generated(
        string migration, string direction, string context, string generator, string sourceHash, string? irreversible, string body) =>
        new(migration, direction, context, generator, sourceHash, irreversible, HashOf(body), body, SqlDialect.Other);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dialect">The dialect of the SQL.</param>
    /// <returns>The file; <see langword="null"/> for an unrelated file, which doesn't begin with the first line of a header.</returns>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="DecoderFallbackException">It isn't UTF-8.</exception>
    public static SqlFile? Read(string path, SqlDialect dialect) => Parse(SourceText.Read(path), dialect);

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text, with <c>\n</c> as line end.</param>
    /// <param name="dialect">The dialect of the SQL.</param>
    /// <returns>The file; <see langword="null"/> if it doesn't begin with the first line of a header.</returns>
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

    /// <summary>The content of the file.</summary>
    public string ToText() => SqlHeader.Write(ValueOf) + Body;

    /// <summary>Whether a line is one of a header. A comment of a body can look like it.</summary>
    public static bool IsHeaderLine(string line) => SqlHeader.HasLine(line);

    /// <summary>A value as it is in the header: one line, with escapes for invisible characters.</summary>
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
