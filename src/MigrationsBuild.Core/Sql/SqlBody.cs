using System.Text;
using MigrationsBuild.Files;

namespace MigrationsBuild.Sql;

/// <summary>
/// Writes commands as the body of an SQL file that <c>psql -v ON_ERROR_STOP=1 -f</c> and our runner read alike.
/// </summary>
public static class SqlBody
{
    /// <summary>The body that these commands make: each statement ended by a semicolon of its own, line ends <c>\n</c>.</summary>
    /// <param name="commands">The commands in order; those that hold no statement are left out.</param>
    /// <param name="dialect">Who reads it.</param>
    /// <exception cref="FormatException">A command holds what breaks any runner; the message says what and where.</exception>
    public static string Write(IEnumerable<SqlCommandText> commands, SqlDialect dialect)
    {
        var body = new StringBuilder();
        foreach (var command in commands)
        {
            var text = NormalizeLineEnds(command.Text, dialect).Trim();
            var statements = SqlScript.Parse(text, dialect);
            if (statements.Count == 0)
                continue;
            foreach (var statement in statements)
                Refuse(statement, text);
            if (body.Length > 0)
                body.Append('\n');
            if (command.OutsideTransaction)
                WriteOutsideTransaction(body, text, statements);
            else
                body.Append(text).Append(Terminator(text, statements, dialect)).Append('\n');
        }

        return body.ToString();
    }

    private static void WriteOutsideTransaction(StringBuilder body, string text, IReadOnlyList<SqlStatement> statements)
    {
        var position = 0;
        foreach (var statement in statements)
        {
            body.Append(text, position, statement.Offset - position);
            if (!statement.OutsideTransaction)
                body.Append(SqlScript.OutsideTransactionMark).Append('\n');
            body.Append(statement.Text).Append(";\n");
            position = statement.Offset + statement.Text.Length;
            if (!statement.IsTerminated)
                continue;
            position = text.IndexOf(';', position) + 1;
            while (position < text.Length && char.IsWhiteSpace(text[position]))
                position++;
        }
    }

    /// <summary>A last statement without semicolon gets one, on a line of its own if a line comment would swallow it.</summary>
    private static string Terminator(string text, IReadOnlyList<SqlStatement> statements, SqlDialect dialect)
    {
        if (statements[statements.Count - 1].IsTerminated)
            return "";
        return SqlLexer.Tokenize(text, dialect).Last().Kind == SqlTokenKind.LineComment ? "\n;" : ";";
    }

    private static void Refuse(SqlStatement statement, string text)
    {
        var flaw = statement.Text.IndexOf('\0') >= 0 ? "it holds a NUL character, which no database stores" : statement.Flaw;
        if (flaw is null)
            return;
        var first = statement.Text.Split('\n')[0];
        var line = text.Take(statement.Offset).Count(c => c == '\n') + 1;
        throw new FormatException($"line {line} of the command, \"{(first.Length > 60 ? first.Substring(0, 60) + "…" : first)}\": {flaw}");
    }

    /// <summary>
    /// Line ends become <c>\n</c>, because git may change them; but a carriage return inside a literal is data and is kept as an
    /// escape. In a dollar-quoted body it is layout: there is no escape for it.
    /// </summary>
    private static string NormalizeLineEnds(string text, SqlDialect dialect)
    {
        if (text.IndexOf('\r') < 0)
            return text;
        var normalized = new StringBuilder(text.Length);
        foreach (var token in SqlLexer.Tokenize(text, dialect))
        {
            var piece = token.In(text);
            normalized.Append(token.Kind switch
            {
                SqlTokenKind.Literal when piece.IndexOf('\r') >= 0 => EscapeCarriageReturns(piece, dialect),
                SqlTokenKind.EscapeLiteral => piece.Replace("\r", @"\r"),
                _ => SourceText.Normalize(piece).Replace('\r', '\n'),
            });
        }

        return normalized.ToString();
    }

    private static string EscapeCarriageReturns(string literal, SqlDialect dialect) => dialect switch
    {
        SqlDialect.PostgreSql => "E" + literal.Replace(@"\", @"\\").Replace("\r", @"\r"),
        SqlDialect.Sqlite => "(" + literal.Replace("\r", "' || char(13) || '") + ")",
        _ => literal,
    };
}
