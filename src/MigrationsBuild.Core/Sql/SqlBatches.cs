namespace MigrationsBuild.Sql;

/// <summary>
/// An SQL text as the batches it holds. Where a provider's SQL has a batch terminator, such as SQL Server's <c>GO</c>, a semicolon ends
/// nothing that could be sent alone: CREATE VIEW must be alone in its batch, and a variable lives as long as its batch does.
/// </summary>
public static class SqlBatches
{
    /// <summary>Cuts a text into batches; into statements if its provider has no terminator.</summary>
    /// <param name="text">SQL of a database that no runner knows.</param>
    /// <param name="terminator">What ends a batch, alone on its line; empty if nothing does.</param>
    /// <returns>The batches in order; one whose terminator carries a count, <c>GO 5</c>, as often as that.</returns>
    public static IReadOnlyList<SqlStatement> Cut(string text, string terminator)
    {
        if (terminator.Length == 0)
            return SqlScript.Parse(text, SqlDialect.Other);
        var batches = new List<SqlStatement>();
        var batch = new Batch(text);
        var skipTo = 0;
        foreach (var token in SqlLexer.Tokenize(text, SqlDialect.Other).Where(token => token.Start >= skipTo))
        {
            if (Repetitions(text, token, terminator) is not { } count)
            {
                batch.Add(token);
                continue;
            }

            skipTo = LineEnd(text, token.Start);
            batches.AddRange(Enumerable.Repeat(batch.Finish(), count).OfType<SqlStatement>());
        }

        if (batch.Finish() is { } last)
            batches.Add(last);
        return batches;
    }

    /// <summary>How often the batch runs that this token's line ends; <see langword="null"/> if it ends none.</summary>
    private static int? Repetitions(string text, SqlToken token, string terminator)
    {
        if (string.Compare(text, token.Start, terminator, 0, terminator.Length, StringComparison.OrdinalIgnoreCase) != 0)
            return null;
        var start = token.Start == 0 ? 0 : text.LastIndexOf('\n', token.Start - 1) + 1;
        var words = text.Substring(start, LineEnd(text, token.Start) - start).Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is 0 or > 2 || !words[0].Equals(terminator, StringComparison.OrdinalIgnoreCase))
            return null;
        return words.Length == 1 ? 1 : int.TryParse(words[1], out var count) && count >= 0 ? count : null;
    }

    private static int LineEnd(string text, int position)
    {
        var end = text.IndexOf('\n', position);
        return end < 0 ? text.Length : end;
    }

    private sealed class Batch(string text)
    {
        private int _start = -1;
        private int _end;
        private bool _isEmpty = true;
        private bool _outside;
        private string? _flaw;

        public void Add(SqlToken token)
        {
            if (token.Kind == SqlTokenKind.Space)
                return;
            if (_start < 0 && token.Kind == SqlTokenKind.LineComment && token.In(text).TrimEnd() == SqlScript.OutsideTransactionMark)
            {
                _outside = true;
                return;
            }

            // With its comments: a view or procedure is stored as it was sent.
            if (_start < 0)
                _start = token.Start;
            _end = token.End;
            _isEmpty &= token.IsTrivia;
            if (token.Kind == SqlTokenKind.Unterminated)
                _flaw = "the text ends inside a literal or comment";
        }

        public SqlStatement? Finish()
        {
            var batch = _isEmpty ? null : new SqlStatement(text.Substring(_start, _end - _start), _start, _end, _outside, [], IsTerminated: true, _flaw);
            (_start, _isEmpty, _outside, _flaw) = (-1, true, false, null);
            return batch;
        }
    }
}
