namespace MigrationsBuild.Sql;

/// <summary>
/// Splits SQL into batches. If a provider's SQL has a batch terminator, such as SQL Server's <c>GO</c>, single statements can't be sent:
/// CREATE VIEW must be the only statement of its batch, and a variable exists until the end of its batch.
/// </summary>
public static class SqlBatches
{
    /// <summary>Splits a text into batches, or into statements if there is no terminator.</summary>
    /// <param name="text">SQL for a database that the runner doesn't support.</param>
    /// <param name="terminator">The line that ends a batch; empty if there is none.</param>
    /// <returns>The batches in order. A batch whose terminator has a count, such as <c>GO 5</c>, is repeated.</returns>
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

    /// <summary>The number of times to run the batch that ends in the line of a token; <see langword="null"/> if none ends there.</summary>
    private static int? Repetitions(string text, SqlToken token, string terminator)
    {
        if (string.Compare(text, token.Start, terminator, 0, terminator.Length, StringComparison.OrdinalIgnoreCase) != 0)
            return null;
        var start = token.Start == 0 ? 0 : text.LastIndexOf('\n', token.Start - 1) + 1;
        var line = text.Substring(start, LineEnd(text, token.Start) - start);
        var words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
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

            // Comments belong to the batch, because a view or procedure is stored as it was sent.
            if (_start < 0)
                _start = token.Start;
            _end = token.End;
            _isEmpty &= token.IsTrivia;
            if (token.Kind == SqlTokenKind.Unterminated)
                _flaw = "the text ends inside a literal or comment";
        }

        public SqlStatement? Finish()
        {
            var batch = _isEmpty
                ? null
                : new SqlStatement(text.Substring(_start, _end - _start), _start, _end, _outside, [], IsTerminated: true, _flaw);
            (_start, _isEmpty, _outside, _flaw) = (-1, true, false, null);
            return batch;
        }
    }
}
