using System.Text;

namespace MigrationsBuild.Tasks.Reports;

/// <summary>The text of a report. If it is too long, its SQL is shortened.</summary>
/// <param name="limit">The maximum length, in UTF-16 code units.</param>
internal sealed class ReportText(int limit)
{
    private readonly List<(string Text, Sql? Sql)> _parts = [];

    /// <summary>Adds a line.</summary>
    /// <param name="text">The line, without its line end.</param>
    public ReportText Line(string text = "")
    {
        _parts.Add((text + "\n", null));
        return this;
    }

    /// <summary>Adds SQL in a collapsed section.</summary>
    /// <param name="summary">The title of the section, as HTML.</param>
    /// <param name="sql">The SQL.</param>
    /// <param name="path">The path of the complete SQL, for people.</param>
    public ReportText Folded(string summary, string sql, string path)
    {
        var fence = MarkdownText.Fence(sql);
        var start = $"<details><summary>{summary}</summary>\n\n{fence}sql\n";
        _parts.Add((start, new Sql(sql.TrimEnd('\n') + "\n", path, $"{fence}\n\n</details>\n\n")));
        return this;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var frame = _parts.Sum(part => part.Text.Length + (part.Sql?.End.Length ?? 0));
        var shares = Share(limit - frame - _parts.Sum(part => part.Sql?.Note(int.MaxValue).Length ?? 0));
        if (shares is null)
            return WithoutSql();
        var text = new StringBuilder();
        foreach (var (part, sql) in _parts)
        {
            text.Append(part);
            if (sql is not null)
                text.Append(sql.Shorten(shares[sql])).Append(sql.End);
        }

        return text.ToString();
    }

    /// <summary>The maximum length of each piece of SQL. Short pieces are complete; the others share the rest.</summary>
    private Dictionary<Sql, int>? Share(int room)
    {
        var waiting = _parts.Select(part => part.Sql).OfType<Sql>().OrderBy(sql => sql.Text.Length).ToList();
        if (room < 0)
            return null;
        var shares = new Dictionary<Sql, int>();
        for (var i = 0; i < waiting.Count; i++)
        {
            shares[waiting[i]] = Math.Min(waiting[i].Text.Length, room / (waiting.Count - i));
            room -= shares[waiting[i]];
        }

        return shares;
    }

    private string WithoutSql()
    {
        const string cut = "\nThe rest is omitted, because a comment has a maximum length. See the build's log.\n";
        var text = string.Concat(_parts.Where(part => part.Sql is null).Select(part => part.Text));
        return text.Length <= limit ? text : text.Substring(0, text.LastIndexOf('\n', limit - cut.Length - 1) + 1) + cut;
    }

    private sealed class Sql(string text, string path, string end)
    {
        public string Text => text;

        public string End => end;

        /// <summary>The line that replaces omitted lines.</summary>
        public string Note(int lines) => $"-- {lines} more lines: see {path}\n";

        public string Shorten(int length)
        {
            if (text.Length <= length)
                return text;
            var kept = text.Substring(0, length == 0 ? 0 : text.LastIndexOf('\n', length - 1) + 1);
            return kept + Note(text.Substring(kept.Length).Count(c => c == '\n'));
        }
    }
}
