namespace MigrationsBuild.Sql;

/// <summary>Splits SQL into statements.</summary>
public static class SqlScript
{
    /// <summary>The comment line before a statement that runs outside the transaction.</summary>
    public const string OutsideTransactionMark = "-- outside a transaction";

    /// <summary>Splits a text into statements.</summary>
    /// <param name="text">Any SQL text.</param>
    /// <param name="dialect">The dialect of the SQL.</param>
    /// <returns>The statements in order. Comments and white space around them, and empty statements, are left out.</returns>
    public static IReadOnlyList<SqlStatement> Parse(string text, SqlDialect dialect)
    {
        var statements = new List<SqlStatement>();
        var reader = new StatementReader(text, dialect);
        foreach (var token in SqlLexer.Tokenize(text, dialect))
        {
            if (reader.Add(token) is { } statement)
                statements.Add(statement);
        }

        if (reader.End() is { } last)
            statements.Add(last);
        return statements;
    }

    private sealed class StatementReader(string text, SqlDialect dialect)
    {
        private readonly List<string> _words = [];
        private int _start = -1;
        private int _end;
        private int _parentheses;
        private int _blocks;
        private bool _isTrigger;
        private bool _isAfterSemicolon;
        private bool _outside;
        private string? _flaw;

        public SqlStatement? Add(SqlToken token)
        {
            if (token.IsTrivia)
            {
                if (_start < 0 && token.Kind == SqlTokenKind.LineComment && token.In(text).TrimEnd() == OutsideTransactionMark)
                    _outside = true;
                return null;
            }

            var symbol = token.Kind == SqlTokenKind.Symbol ? text[token.Start] : '\0';
            if (symbol == ';' && _parentheses == 0 && _blocks == 0)
                return Finish(token.End, isTerminated: true);
            if (_start < 0)
                _start = token.Start;
            _end = token.End;
            Follow(token, symbol);
            if (_isTrigger)
                FollowTrigger(token, symbol);
            return null;
        }

        /// <summary>
        /// SQLite's own rule: only an END directly after a semicolon ends a trigger. BEGIN and END are also names there.
        /// </summary>
        /// <seealso href="https://www.sqlite.org/c3ref/complete.html"/>
        private void FollowTrigger(SqlToken token, char symbol)
        {
            var isEnd = token.Kind == SqlTokenKind.Word && token.In(text).Equals("END", StringComparison.OrdinalIgnoreCase);
            _blocks = isEnd && _isAfterSemicolon ? 0 : 1;
            _isAfterSemicolon = symbol == ';';
        }

        public SqlStatement? End()
        {
            // In T-SQL a BEGIN TRANSACTION has no END.
            if (dialect != SqlDialect.Other)
            {
                _flaw ??= (_parentheses, _blocks) switch
                {
                    ( > 0, _) => "a parenthesis is never closed",
                    (_, > 0) => "its BEGIN has no END",
                    _ => null,
                };
            }

            return Finish(_end, isTerminated: false);
        }

        private void Follow(SqlToken token, char symbol)
        {
            switch (token.Kind)
            {
                case SqlTokenKind.Word when _parentheses == 0:
                    _words.Add(token.In(text).ToUpperInvariant());
                    FollowBlock(_words[_words.Count - 1]);
                    break;
                case SqlTokenKind.Unterminated:
                    _flaw = $"the text ends inside {Shorten(token.In(text))}";
                    break;
                case SqlTokenKind.Symbol when symbol == '(':
                    _parentheses++;
                    break;
                case SqlTokenKind.Symbol when symbol == ')' && _parentheses > 0:
                    _parentheses--;
                    break;
                case SqlTokenKind.Symbol when symbol == '\\' && dialect == SqlDialect.PostgreSql:
                    _flaw = "backslash commands work only in psql, not in the database";
                    break;
                default:
                    break;
            }
        }

        /// <summary>
        /// Counts nested blocks. Semicolons between BEGIN and END don't end a PostgreSQL function with a body in standard SQL. CASE also
        /// ends with END.
        /// </summary>
        private void FollowBlock(string word)
        {
            if (dialect == SqlDialect.Sqlite)
            {
                _isTrigger |= word == "TRIGGER" && _words[0] == "CREATE"
                    && (_words.Count == 2 || _words.Count == 3 && _words[1] is "TEMP" or "TEMPORARY");
                return;
            }

            if (word is not ("BEGIN" or "CASE" or "END") || !CanHoldBlock())
                return;
            if (word == "BEGIN" || word == "CASE" && _blocks > 0)
                _blocks++;
            else if (word == "END" && _blocks > 0)
                _blocks--;
        }

        private bool CanHoldBlock() => _words[0] == "CREATE"
            && _words.Skip(1).FirstOrDefault(word => word is not ("OR" or "REPLACE")) is "FUNCTION" or "PROCEDURE";

        private SqlStatement? Finish(int end, bool isTerminated)
        {
            SqlStatement? statement = null;
            if (_start >= 0)
            {
                var piece = text.Substring(_start, _end - _start);
                statement = new(piece, _start, end, _outside, [.. _words], isTerminated, _flaw ?? Flaw(piece));
            }

            _words.Clear();
            _start = -1;
            _parentheses = _blocks = 0;
            _outside = _isTrigger = _isAfterSemicolon = false;
            _flaw = null;
            return statement;
        }

        private string? Flaw(string statement)
        {
            if (statement.IndexOf('\0') >= 0)
                return "it contains a NUL character, which no database stores";
            // In other dialects a block is split at its semicolons, so its END may be a statement.
            if (dialect == SqlDialect.Other)
                return null;
            string Word(int index) => index < _words.Count ? _words[index] : "";
            return Word(0) switch
            {
                "BEGIN" or "COMMIT" or "END" or "ABORT" => $"{Word(0)} would end the transaction that the migration runs in",
                "START" when Word(1) == "TRANSACTION" => "START TRANSACTION would end the transaction that the migration runs in",
                "PREPARE" when Word(1) == "TRANSACTION" => "PREPARE TRANSACTION would end the transaction that the migration runs in",
                "ROLLBACK" when !_words.Contains("TO") => "ROLLBACK would undo what the migration has done so far",
                "COPY" when Follows("FROM", "STDIN") => "COPY … FROM STDIN needs data that only psql sends. Use INSERT statements",
                "COPY" when Follows("TO", "STDOUT") => "COPY … TO STDOUT sends rows that only psql receives. Remove it",
                _ => null,
            };
        }

        private bool Follows(string first, string second) =>
            _words.Zip(_words.Skip(1), (word, next) => word == first && next == second).Contains(true);

        private static string Shorten(string piece) => piece.Length <= 20 ? piece : piece.Substring(0, 20) + "…";
    }
}
