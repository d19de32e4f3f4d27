using MigrationsBuild.Sql;

namespace MigrationsBuild.Statements;

/// <summary>Reads <c>SELECT</c> and <c>WITH</c>.</summary>
/// <param name="definitions">The reader of names.</param>
/// <param name="dialect">The dialect of the SQL.</param>
internal sealed class Queries(TableDefinitions definitions, SqlDialect dialect)
{
    /// <summary>The functions that change no table, and after which a parenthesis isn't a call of a function.</summary>
    private static readonly HashSet<string> _harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "setval", "nextval", "currval", "pg_get_serial_sequence", "max", "min", "count", "sum", "coalesce", "greatest", "least", "now",
        "set_config", "current_setting", "to_regclass", "quote_ident", "format", "exists", "in", "and", "or", "not", "values", "as",
        "select", "from", "where", "on", "union", "all", "any", "case", "when", "then", "else", "over", "filter", "pg_sleep", "cast",
        "array", "row", "lower", "upper", "length", "trim", "concat", "changes", "last_insert_rowid", "avg", "numeric", "varchar", "by",
        "string_agg", "array_agg", "row_number", "generate_series", "unnest", "using", "limit", "join", "is", "like", "substring", "round",
    };

    /// <summary>Reads a statement.</summary>
    public Statement Read(string statement)
    {
        var tokens = SqlLexer.Tokenize(statement, dialect).Where(token => !token.IsTrivia).Select(token => token.In(statement)).ToList();
        var reader = new SqlTokenReader(tokens);
        var changes = new List<Statement>();
        for (var i = 0; i < tokens.Count; i++)
        {
            var word = tokens[i].ToUpperInvariant();
            if (word is "DELETE" or "UPDATE" && Changes(reader.From(i), word) is { } change)
                changes.Add(change);
            if (word == "MERGE" && reader.From(i + 1).IsNext("INTO"))
            {
                changes.Add(new UnknownStatement("MERGE may do anything"));
                break;
            }

            if (changes.Count > 0)
                continue;
            if (word == "INSERT" && !HasChange(tokens, i) && reader.From(i + 1).IsNext("INTO"))
                return new InsertRows(definitions.FullName(reader.From(i + 2)));
            if (word == "INTO" && !HasChange(tokens, i) && IsQuery(tokens, i))
                return new CreateTable(definitions.FullName(reader.From(i + 1)), [], []);
        }

        if (changes.Count > 0)
            return changes.Count == 1 ? changes[0] : new CodeBlock(changes);
        return UnknownFunction(tokens) is { } function
            ? new UnknownStatement($"the function {function} may do anything")
            : new OtherStatement(tokens[0].ToUpperInvariant());
    }

    /// <summary>A change of rows in a common table expression. <c>FOR UPDATE</c> and <c>DO UPDATE</c> are none.</summary>
    private ChangeRows? Changes(SqlTokenReader reader, string word)
    {
        reader.Next();
        var isDelete = word == "DELETE";
        if (isDelete ? !reader.Skip("FROM") : reader.IsAtEnd)
            return null;
        reader.Skip("ONLY");
        var table = definitions.FullName(reader);
        if (!isDelete && !reader.SkipTo("SET"))
            return null;
        return new ChangeRows(table, reader.SkipTo("WHERE") ? reader.TextTo() : null, [], isDelete);
    }

    /// <summary>Whether rows are deleted, updated or merged further on. That matters more than a table that is filled.</summary>
    private static bool HasChange(List<string> tokens, int at) =>
        tokens.Skip(at).Any(token => token.ToUpperInvariant() is "DELETE" or "UPDATE" or "MERGE");

    private static bool IsQuery(List<string> tokens, int at) =>
        at > 0 && !tokens[at - 1].Equals("INSERT", StringComparison.OrdinalIgnoreCase);

    private static string? UnknownFunction(List<string> tokens)
    {
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (tokens[i + 1] == "(" && (char.IsLetter(tokens[i][0]) || tokens[i][0] is '_' or '"') && !_harmless.Contains(tokens[i])
                && !IsAlias(tokens, i))
            {
                return tokens[i];
            }
        }

        return null;
    }

    /// <summary>Whether a name with its columns follows, and not a call: <c>WITH x (a, b) AS</c>, <c>INSERT INTO x (a)</c>.</summary>
    private static bool IsAlias(List<string> tokens, int at) =>
        at > 0 && (tokens[at - 1].ToUpperInvariant() is "WITH" or "AS" or "RECURSIVE" or "INTO" || tokens[at - 1] == ")");
}
