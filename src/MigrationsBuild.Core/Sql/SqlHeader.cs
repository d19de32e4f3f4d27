using System.Text;
using MigrationsBuild.Files;
using MigrationsBuild.Revisions;
using MigrationsBuild.Text;

namespace MigrationsBuild.Sql;

/// <summary>The header of an SQL file. It has exactly these lines, in this order.</summary>
internal sealed class SqlHeader
{
    /// <summary>The first line, by which files from MigrationsBuild are recognized.</summary>
    public const string FirstLine = "-- MigrationsBuild SQL 1";

    private const string Hash = "a hash of 64 hexadecimal digits";

    private static readonly SqlHeaderLine[] _lines =
    [
        new("Migration", "the id of a migration", MigrationId.IsUsable),
        new("Direction", "up or down", value => value is SqlFile.Up or SqlFile.Down),
        new("Context", "the full name of a DbContext", value => value.Length > 0 && IsText(value)),
        new("Generator", "text on one line", IsText),
        new("Body", Hash, ContentHash.IsHash),
        new("Source", Hash, ContentHash.IsHash),
        new("Draft", Hash, ContentHash.IsHash, IsOptional: true),
        new("Irreversible", "text on one line", IsText, IsOptional: true),
    ];

    private readonly Dictionary<string, (string Value, int Offset)> _values = [];

    /// <summary>The first error; <see langword="null"/> if there is none.</summary>
    public SqlFileFlaw? Flaw { get; private set; }

    /// <summary>The offset of the body, after the empty line.</summary>
    public int End { get; private set; }

    /// <summary>The value of a line; <see langword="null"/> if the header doesn't have it.</summary>
    /// <param name="name">The name of the line.</param>
    public string? this[string name] => _values.TryGetValue(name, out var line) ? line.Value : null;

    /// <summary>The offset of a line, in UTF-16 units; 0 if the header doesn't have it.</summary>
    /// <param name="name">The name of the line.</param>
    public int OffsetOf(string name) => _values.TryGetValue(name, out var line) ? line.Offset : 0;

    /// <summary>Whether a text begins with a header. A later format will have another number.</summary>
    public static bool Begins(string text) => text.StartsWith(FirstLine, StringComparison.Ordinal)
        && (text.Length == FirstLine.Length || !char.IsLetterOrDigit(text[FirstLine.Length]));

    /// <summary>Whether a line is one of a header.</summary>
    public static bool HasLine(string text) =>
        Begins(text) || Array.Exists(_lines, line => text.StartsWith(line.Prefix, StringComparison.Ordinal));

    /// <summary>Reads the header of a text: see <see cref="Begins"/>.</summary>
    /// <param name="text">The text, with <c>\n</c> as line end.</param>
    public static SqlHeader Read(string text)
    {
        var header = new SqlHeader();
        var next = 0;
        var start = 0;
        foreach (var line in LinesOf(text))
        {
            header.Add(line, start, ref next);
            start += line.Length + 1;
        }

        if (Array.Find(_lines, line => !line.IsOptional && header[line.Name] is null) is { } missing)
            header.Fail(Math.Min(start, text.Length), $"its line \"-- {missing.Name}: …\" is missing");
        if (header["Direction"] == SqlFile.Down && header["Irreversible"] is not null)
            header.Fail(header.OffsetOf("Irreversible"), "only an up file says why it can't be reverted");
        // If there is no body, an editor may remove the empty line at the end of the file.
        header.End = Math.Min(start + 1, text.Length);
        return header;
    }

    /// <summary>The whole header, with the empty line.</summary>
    /// <param name="find">Returns the value of a line; <see langword="null"/> to leave the line out.</param>
    public static string Write(Func<string, string?> find)
    {
        var text = new StringBuilder(FirstLine).Append('\n');
        foreach (var line in _lines)
        {
            if (find(line.Name) is { } value)
                text.Append(line.Prefix).Append(OneLine(value)).Append('\n');
        }

        return text.Append('\n').ToString();
    }

    /// <summary>A value as it is in a header: one line, with escapes for invisible characters.</summary>
    public static string OneLine(string value) =>
        InvisibleText.Escape(string.Join(" ", value.Split(['\r', '\n', ' '], StringSplitOptions.RemoveEmptyEntries)));

    private static IEnumerable<string> LinesOf(string text)
    {
        for (var start = 0; start < text.Length && text[start] != '\n';)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            yield return text.Substring(start, end - start);
            start = end + 1;
        }
    }

    private static bool IsText(string value) => OneLine(value) == value;

    private void Add(string text, int offset, ref int next)
    {
        if (offset == 0)
        {
            if (text != FirstLine)
                Fail(offset, $"its first line isn't \"{FirstLine}\"");
            return;
        }

        var index = Array.FindIndex(_lines, line => text.StartsWith(line.Prefix, StringComparison.Ordinal));
        if (index < next)
        {
            Fail(offset, index < 0
                ? "this line doesn't belong to a header"
                : $"the line \"{_lines[index].Name}\" is out of order, or there twice");
            return;
        }

        next = index + 1;
        var (name, value) = (_lines[index].Name, text.Substring(_lines[index].Prefix.Length));
        _values[name] = (value, offset);
        if (!_lines[index].IsOfForm(value))
            Fail(offset, $"\"{name}\" isn't {_lines[index].Form}");
    }

    private void Fail(int offset, string why) => Flaw ??= new SqlFileFlaw(offset, why);

    private sealed record SqlHeaderLine(string Name, string Form, Func<string, bool> IsOfForm, bool IsOptional = false)
    {
        public string Prefix { get; } = $"-- {Name}: ";
    }
}

/// <summary>An error in the header of an SQL file.</summary>
/// <param name="Offset">The offset in the file, in UTF-16 units.</param>
/// <param name="Why">The error, as the end of a sentence.</param>
public sealed record SqlFileFlaw(int Offset, string Why);
