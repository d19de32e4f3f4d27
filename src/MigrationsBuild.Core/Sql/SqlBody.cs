using System.Text;
using MigrationsBuild.Text;

namespace MigrationsBuild.Sql;

/// <summary>
/// Writes commands as the body of an SQL file that <c>psql -v ON_ERROR_STOP=1 -f</c> and the runner read in the same way.
/// </summary>
public static class SqlBody
{
    /// <summary>
    /// The body with these commands. Each statement ends with a semicolon, line ends are <c>\n</c>, and there are no blanks before them.
    /// </summary>
    /// <param name="commands">The commands in order; those without statements are left out.</param>
    /// <param name="dialect">The dialect of the SQL.</param>
    /// <param name="batchTerminator">The line that ends a batch, if the provider has one. Then each command is a batch.</param>
    /// <exception cref="FormatException">No runner can execute a command. The message contains the line and the reason.</exception>
    public static string Write(IEnumerable<SqlCommandText> commands, SqlDialect dialect, string batchTerminator = "")
    {
        var body = new StringBuilder();
        foreach (var command in commands)
        {
            var text = Trim(SqlLineEnds.Normalize(command.Text, dialect), dialect);
            var statements = batchTerminator.Length > 0 ? SqlBatches.Cut(text, batchTerminator) : SqlScript.Parse(text, dialect);
            if (statements.Count == 0)
                continue;
            foreach (var statement in statements)
                Refuse(statement, text);
            RefuseInvisible(text, dialect);
            if (body.Length > 0)
                body.Append('\n');
            if (batchTerminator.Length > 0)
                WriteBatches(body, command, statements, batchTerminator);
            else if (command.OutsideTransaction)
                WriteOutsideTransaction(body, text, statements, dialect);
            else
                WriteInTransaction(body, text, statements[statements.Count - 1], dialect);
        }

        return SqlLayout.Normalize(body.ToString(), dialect);
    }

    /// <summary>
    /// The commands that <see cref="Write"/> writes as a body. An empty line ends a command. So does a statement outside the transaction,
    /// which is always a command of its own.
    /// </summary>
    /// <param name="body">The body, with <c>\n</c> as line end and without batch terminators. It may have been edited.</param>
    /// <param name="dialect">The dialect of the SQL.</param>
    /// <returns>
    /// The commands. They have the statements, the comments and the marks of the body. Written again, its layout differs only if
    /// statements outside the transaction aren't separated by empty lines.
    /// </returns>
    public static IReadOnlyList<SqlCommandText> Read(string body, SqlDialect dialect)
    {
        var (commands, statements) = (new List<SqlCommandText>(), SqlScript.Parse(body, dialect));
        for (var (i, start) = (0, 0); i < statements.Count; i++)
        {
            var isLast = i == statements.Count - 1;
            var end = isLast ? body.Length : EndOfLine(body, statements[i]);
            var isOutside = statements[i].OutsideTransaction;
            if (!isLast && !isOutside && !statements[i + 1].OutsideTransaction && !IsEmptyLine(body, end))
                continue;
            var text = body.Substring(start, end - start);
            if (isOutside)
                text = WithoutMark(text, statements[i].Offset - start, dialect);
            commands.Add(new SqlCommandText(Trim(text, dialect), isOutside));
            start = end;
        }

        return commands;
    }

    /// <summary>The end of a statement, with the comment that follows it in its line.</summary>
    private static int EndOfLine(string body, SqlStatement statement)
    {
        var end = body.IndexOf('\n', statement.End);
        var rest = body.Substring(statement.End, (end < 0 ? body.Length : end) - statement.End).Trim();
        var isComment = rest.StartsWith("--", StringComparison.Ordinal) && rest != SqlScript.OutsideTransactionMark;
        return end >= 0 && isComment && !statement.OutsideTransaction ? end : statement.End;
    }

    /// <summary>Whether exactly one empty line follows.</summary>
    private static bool IsEmptyLine(string body, int position) =>
        string.CompareOrdinal(body, position, "\n\n", 0, 2) == 0 && position + 2 < body.Length && !char.IsWhiteSpace(body[position + 2]);

    /// <summary>A command without the mark above its statement.</summary>
    private static string WithoutMark(string text, int statement, SqlDialect dialect)
    {
        var mark = SqlLexer.Tokenize(text, dialect).TakeWhile(token => token.Start < statement).Last(token =>
            token.Kind == SqlTokenKind.LineComment && token.In(text).TrimEnd() == SqlScript.OutsideTransactionMark);
        return text.Remove(mark.Start, Math.Min(mark.End + 1, text.Length) - mark.Start);
    }

    private static string Trim(string text, SqlDialect dialect)
    {
        var (start, end) = (0, text.Length);
        while (start < end && SqlLexer.IsSpace(text[start], dialect))
            start++;
        while (end > start && SqlLexer.IsSpace(text[end - 1], dialect))
            end--;
        return text.Substring(start, end - start);
    }

    private static void WriteBatches(StringBuilder body, SqlCommandText command, IReadOnlyList<SqlStatement> batches, string terminator)
    {
        foreach (var batch in batches)
        {
            if (command.OutsideTransaction || batch.OutsideTransaction)
                body.Append(SqlScript.OutsideTransactionMark).Append('\n');
            body.Append(batch.Text).Append('\n').Append(terminator).Append('\n');
        }
    }

    private static void WriteOutsideTransaction(StringBuilder body, string text, IReadOnlyList<SqlStatement> statements, SqlDialect dialect)
    {
        var position = 0;
        foreach (var statement in statements)
        {
            body.Append(text, position, statement.Offset - position);
            if (!statement.OutsideTransaction)
                body.Append(SqlScript.OutsideTransactionMark).Append('\n');
            body.Append(statement.Text).Append(";\n");
            position = statement.End;
            while (position < text.Length && SqlLexer.IsSpace(text[position], dialect))
                position++;
        }
    }

    private static void WriteInTransaction(StringBuilder body, string text, SqlStatement last, SqlDialect dialect)
    {
        // A mark after the last statement would apply to the next command.
        if (text.IndexOf(SqlScript.OutsideTransactionMark, last.End, StringComparison.Ordinal) >= 0)
            text = text.Substring(0, last.End);
        body.Append(text);
        // A semicolon must not become part of a line comment.
        if (!last.IsTerminated)
            body.Append(SqlLexer.Tokenize(text, dialect).Last().Kind == SqlTokenKind.LineComment ? "\n;" : ";");
        body.Append('\n');
    }

    private static void Refuse(SqlStatement statement, string text)
    {
        if (statement.Flaw is { } flaw)
            throw Refused(text, statement.Offset, statement.Text.Split('\n')[0], flaw);
    }

    private static void RefuseInvisible(string text, SqlDialect dialect)
    {
        if (InvisibleSql.Find(text, dialect) is not { } character)
            return;
        var start = character.Offset == 0 ? 0 : text.LastIndexOf('\n', character.Offset - 1) + 1;
        var end = text.IndexOf('\n', start);
        throw Refused(
            text, start, text.Substring(start, (end < 0 ? text.Length : end) - start).Trim(),
            $"it contains {character}, which a reviewer can't see. Remove it, or write it as an escape in a literal");
    }

    private static FormatException Refused(string text, int offset, string first, string why)
    {
        var line = text.Take(offset).Count(c => c == '\n') + 1;
        var shown = InvisibleText.Escape(first.Length > 60 ? first.Substring(0, 60) + "…" : first);
        return new FormatException($"line {line} of the command, \"{shown}\": {why}");
    }
}
