using System.Globalization;
using System.Text;

namespace MigrationsBuild.Messages;

/// <summary>
/// A message between processes: a name and named values on one line, separated by tabs. The files in <c>obj</c> have the same format. It
/// isn't JSON, because a JSON library would be a dependency of the MSBuild task.
/// </summary>
/// <example><c>migration→id=20260101_Initial→state=approved</c>, where <c>→</c> is a tab.</example>
public sealed class MessageLine
{
    private readonly List<MessageField> _fields = [];

    /// <summary>A message without values.</summary>
    /// <param name="name">The kind of message, without tabs and newlines.</param>
    public MessageLine(string name) => Name = name;

    /// <summary>The kind of message.</summary>
    public string Name { get; }

    /// <summary>The names and values, in the order in which they were added.</summary>
    public IReadOnlyList<MessageField> Fields => _fields;

    /// <summary>The value of a field; empty if there is none.</summary>
    /// <param name="field">The field's name.</param>
    public string this[string field] => Find(field) ?? "";

    /// <summary>Adds a field.</summary>
    /// <param name="field">The field's name, without tabs, newlines and <c>=</c>.</param>
    /// <param name="value">The value, which may contain any characters; nothing is added for <see langword="null"/>.</param>
    /// <returns>This message.</returns>
    public MessageLine With(string field, string? value)
    {
        if (value is not null)
            _fields.Add(new(field, value));
        return this;
    }

    /// <summary>Adds a number.</summary>
    /// <returns>This message.</returns>
    public MessageLine With(string field, long value) => With(field, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds <c>true</c>; nothing is added for <see langword="false"/>.</summary>
    /// <returns>This message.</returns>
    public MessageLine With(string field, bool value) => With(field, value ? "true" : null);

    /// <summary>The value of a field; <see langword="null"/> if there is none.</summary>
    /// <param name="field">The field's name.</param>
    public string? Find(string field)
    {
        foreach (var candidate in _fields)
        {
            if (candidate.Name == field)
                return candidate.Value;
        }

        return null;
    }

    /// <summary>The values of all fields with a name.</summary>
    /// <param name="field">The name.</param>
    public string[] All(string field) => [.. _fields.Where(candidate => candidate.Name == field).Select(candidate => candidate.Value)];

    /// <summary>Whether the value of a field is <c>true</c>.</summary>
    /// <param name="field">The field's name.</param>
    public bool Has(string field) => this[field] == "true";

    /// <summary>The value of a field as a number; 0 if there is none.</summary>
    /// <param name="field">The field's name.</param>
    public long Number(string field) =>
        long.TryParse(this[field], NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : 0;

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <returns>The message. Every line is a message: a line without tabs is a name.</returns>
    public static MessageLine Parse(string line)
    {
        var parts = line.Split('\t');
        var message = new MessageLine(parts[0]);
        for (var i = 1; i < parts.Length; i++)
        {
            var equals = parts[i].IndexOf('=');
            if (equals > 0)
                message._fields.Add(new(parts[i].Substring(0, equals), Unescape(parts[i].Substring(equals + 1))));
        }

        return message;
    }

    /// <summary>The message as one line, without its end.</summary>
    public override string ToString()
    {
        var line = new StringBuilder(Name);
        foreach (var field in _fields)
        {
            line.Append('\t').Append(field.Name).Append('=');
            Escape(line, field.Value);
        }

        return line.ToString();
    }

    private static void Escape(StringBuilder line, string value)
    {
        foreach (var c in value)
        {
            switch (c)
            {
                case '\\':
                    line.Append(@"\\");
                    break;
                case '\t':
                    line.Append(@"\t");
                    break;
                case '\n':
                    line.Append(@"\n");
                    break;
                case '\r':
                    line.Append(@"\r");
                    break;
                default:
                    line.Append(c);
                    break;
            }
        }
    }

    private static string Unescape(string value)
    {
        if (value.IndexOf('\\') < 0)
            return value;
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length)
            {
                text.Append(value[i]);
                continue;
            }

            i++;
            text.Append(value[i] switch { 't' => '\t', 'n' => '\n', 'r' => '\r', var other => other });
        }

        return text.ToString();
    }
}
