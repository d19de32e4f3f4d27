using System.Text;

namespace MigrationsBuild.Sql;

/// <summary>Reads a statement from left to right, token by token.</summary>
/// <param name="tokens">The texts of its tokens, without comments and white space.</param>
internal sealed class SqlTokenReader(IReadOnlyList<string> tokens)
{
    private int _at;

    /// <summary>A reader at the start of a statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="dialect">The dialect of the SQL.</param>
    /// <param name="end">The word before which reading ends; <see langword="null"/> to read everything.</param>
    public static SqlTokenReader Of(string statement, SqlDialect dialect, string? end = null) => new(
    [
        .. SqlLexer.Tokenize(statement, dialect)
            .Where(token => !token.IsTrivia)
            .Select(token => token.In(statement))
            .TakeWhile(token => !token.Equals(end, StringComparison.OrdinalIgnoreCase)),
    ]);

    /// <summary>Whether everything has been read.</summary>
    public bool IsAtEnd => _at >= tokens.Count;

    /// <summary>A reader of the same statement that starts at a token.</summary>
    /// <param name="position">The index of the token.</param>
    public SqlTokenReader From(int position) => new(tokens) { _at = position };

    /// <summary>Skips these words if they are next.</summary>
    /// <param name="words">The words, in upper case.</param>
    /// <returns>Whether they were next.</returns>
    public bool Skip(params string[] words)
    {
        if (!IsNext(words))
            return false;
        _at += words.Length;
        return true;
    }

    /// <summary>Skips one of these words if it is next.</summary>
    /// <param name="words">The words, in upper case.</param>
    /// <returns>The word; <see langword="null"/> if none of them is next.</returns>
    public string? SkipAny(params string[] words) => words.FirstOrDefault(word => Skip(word));

    /// <summary>Whether these words are next.</summary>
    /// <param name="words">The words, in upper case.</param>
    public bool IsNext(params string[] words) =>
        _at + words.Length <= tokens.Count
        && words.Select((word, i) => tokens[_at + i].Equals(word, StringComparison.OrdinalIgnoreCase)).All(same => same);

    /// <summary>Reads a token; empty at the end.</summary>
    public string Next() => IsAtEnd ? "" : tokens[_at++];

    /// <summary>Reads up to one of these words or symbols, or to the end of the current parentheses.</summary>
    /// <param name="words">The words, in upper case.</param>
    /// <returns>The text, with a blank only where two words or literals follow each other: <c>numeric(10,2)</c>.</returns>
    public string TextTo(params string[] words)
    {
        var start = _at;
        SkipTo(words);
        var text = new StringBuilder();
        for (var i = start; i < _at; i++)
        {
            if (i > start && !IsSymbol(tokens[i - 1]) && !IsSymbol(tokens[i]))
                text.Append(' ');
            text.Append(tokens[i]);
        }

        return text.ToString();
    }

    private static bool IsSymbol(string token) =>
        token.Length == 1 && !char.IsLetterOrDigit(token[0]) && token[0] != '_';

    /// <summary>Reads text in parentheses.</summary>
    /// <returns>A reader for each item between its commas; none if no opening parenthesis is next.</returns>
    public IReadOnlyList<SqlTokenReader> Items()
    {
        if (!Skip("("))
            return [];
        var items = List();
        Skip(")");
        return items;
    }

    /// <summary>Reads a list, up to the end of the current parentheses or of the statement.</summary>
    /// <returns>A reader for each item between its commas.</returns>
    public IReadOnlyList<SqlTokenReader> List()
    {
        var items = new List<SqlTokenReader>();
        do
        {
            var start = _at;
            SkipTo(",");
            if (_at > start)
                items.Add(new([.. tokens.Skip(start).Take(_at - start)]));
        }
        while (Skip(","));
        return items;
    }

    /// <summary>Reads a name with its schema; <see langword="null"/> at the end.</summary>
    public string? Name()
    {
        if (IsAtEnd)
            return null;
        var name = tokens[_at++];
        // A temporary table of SQL Server, or a placeholder of PostgreSQL's format().
        while (name is "#" or "##" or "@" or "%" && !IsAtEnd)
            name += tokens[_at++];
        while (_at + 1 < tokens.Count && tokens[_at] == ".")
        {
            name += "." + tokens[_at + 1];
            _at += 2;
        }

        return name;
    }

    /// <summary>
    /// Skips tokens up to one of these words or symbols, or to the end of the current parentheses. Nested parentheses and brackets are
    /// skipped.
    /// </summary>
    /// <param name="words">The words, in upper case.</param>
    /// <returns>Whether one of them is next.</returns>
    public bool SkipTo(params string[] words)
    {
        for (var depth = 0; _at < tokens.Count; _at++)
        {
            if (depth == 0 && Array.Exists(words, word => IsNext(word)))
                return true;
            if (tokens[_at] is ")" or "]" && depth-- == 0)
                return false;
            if (tokens[_at] is "(" or "[")
                depth++;
        }

        return false;
    }
}
