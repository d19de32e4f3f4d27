using MigrationsBuild.Sql;

namespace MigrationsBuild.Statements;

/// <summary>Reads <c>DO</c> blocks: the statements in their control flow, and literals that they execute.</summary>
/// <param name="parser">The parser of the statements.</param>
/// <param name="dialect">The dialect of the SQL.</param>
internal sealed class CodeBlocks(StatementParser parser, SqlDialect dialect)
{
    /// <summary>The words that end the head of a control structure, after which a statement follows.</summary>
    private static readonly string[] _openings = ["BEGIN", "THEN", "ELSE", "LOOP"];

    /// <summary>The words that begin a control structure, or a statement of PL/pgSQL that changes nothing.</summary>
    private static readonly HashSet<string> _control = new(StringComparer.OrdinalIgnoreCase)
    {
        "BEGIN", "ELSE", "LOOP", "IF", "ELSIF", "CASE", "WHEN", "FOR", "WHILE", "EXCEPTION", "END", "RAISE", "RETURN", "EXIT", "CONTINUE",
        "NULL", "GET",
    };

    /// <summary>The words by which the query of a loop changes rows.</summary>
    private static readonly string[] _changes = ["DELETE", "UPDATE", "INSERT", "EXECUTE"];

    /// <summary>Reads a block.</summary>
    public Statement Read(string statement)
    {
        var literal = SqlLexer.Tokenize(statement, dialect)
            .Where(token => token.Kind is SqlTokenKind.DollarLiteral or SqlTokenKind.Literal)
            .Select(token => token.In(statement))
            .FirstOrDefault();
        var words = SqlScript.Parse(statement, dialect)[0].Words;
        var pieces = literal is null ? [] : SqlScript.Parse(SqlText.Content(literal), dialect)
            // Declarations precede the first BEGIN.
            .SkipWhile(piece => !piece.Words.Contains("BEGIN"))
            .ToList();
        return pieces.Count == 0 || (words.Contains("LANGUAGE") && !words.Contains("PLPGSQL"))
            ? new UnknownStatement("the code of DO isn't PL/pgSQL")
            : new CodeBlock([.. pieces.SelectMany((piece, i) => OfPiece(i == 0 ? FromBegin(piece.Text) : piece.Text))]);
    }

    private string FromBegin(string piece) => piece.Substring(SqlLexer.Tokenize(piece, dialect)
        .First(token => token.In(piece).Equals("BEGIN", StringComparison.OrdinalIgnoreCase)).Start);

    /// <summary>The statements between two semicolons: the heads of control structures, and a statement.</summary>
    private IEnumerable<Statement> OfPiece(string piece)
    {
        var tokens = SqlLexer.Tokenize(piece, dialect).Where(token => !token.IsTrivia).ToList();
        string Word(int i) => tokens[i].In(piece).ToUpperInvariant();
        var start = 0;
        while (start < tokens.Count && _control.Contains(Word(start)))
        {
            var opening = Enumerable.Range(start, tokens.Count - start)
                .Where(i => Array.IndexOf(_openings, Word(i)) >= 0)
                .DefaultIfEmpty(-1)
                .First();
            var head = Enumerable.Range(start, (opening < 0 ? tokens.Count : opening) - start).Select(Word);
            if (head.FirstOrDefault(word => Array.IndexOf(_changes, word) >= 0) is { } change)
                return [new UnknownStatement($"a control structure contains {change}")];
            if (opening < 0)
                return [];
            start = opening + 1;
        }

        if (start >= tokens.Count)
            return [];
        var text = piece.Substring(tokens[start].Start, tokens[tokens.Count - 1].End - tokens[start].Start);
        var isAssignment = tokens.Count > start + 2 && Word(start + 1) == ":" && Word(start + 2) == "=";
        return Word(start) switch
        {
            _ when isAssignment => [],
            "PERFORM" => [parser.Parse("SELECT" + text.Substring("PERFORM".Length))],
            "EXECUTE" => Executed(piece, tokens, start),
            _ => [parser.Parse(text)],
        };
    }

    private IEnumerable<Statement> Executed(string piece, List<SqlToken> tokens, int start) =>
        tokens.Count == start + 2 && tokens[start + 1].Kind is SqlTokenKind.Literal or SqlTokenKind.DollarLiteral
            ? parser.ParseAll(SqlText.Content(tokens[start + 1].In(piece)))
            : [new UnknownStatement("EXECUTE runs dynamic SQL")];
}
