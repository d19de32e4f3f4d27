using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using MigrationsBuild.Designers;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>
/// The SQL and the comments of a draft that EF Core can't write in C#: its scaffolder omits <c>suppressTransaction</c>, and knows no
/// comments. So it writes placeholders, which are replaced in its code.
/// </summary>
/// <param name="areForCode">Whether the operations are for EF Core's scaffolder. Otherwise they are executed.</param>
internal sealed class DraftStatements(bool areForCode)
{
    private readonly List<SqlCommandText> _statements = [];
    private readonly List<IReadOnlyList<string>> _comments = [];

    /// <summary>A statement in the migration's transaction.</summary>
    public SqlOperation Inside(string sql) => Statement(new SqlCommandText(sql, OutsideTransaction: false));

    /// <summary>A statement outside the migration's transaction.</summary>
    public SqlOperation Outside(string sql) => Statement(new SqlCommandText(sql, OutsideTransaction: true));

    /// <summary>A comment above the next operation; none if the operations aren't for code.</summary>
    /// <param name="lines">Its lines.</param>
    public IEnumerable<MigrationOperation> Comment(params string[] lines)
    {
        if (!areForCode)
            return [];
        _comments.Add(lines);
        return [new SqlOperation { Sql = $"__comment_{_comments.Count - 1}__" }];
    }

    /// <summary>Code of the scaffolder, with the statements and the comments.</summary>
    /// <exception cref="InvalidOperationException">The code doesn't have all of them in the form that EF Core writes.</exception>
    public string WriteInto(string code)
    {
        var found = 0;
        var written = Regex.Replace(code, @"\.Sql\(""__statement_(\d+)__""\)", match =>
        {
            found++;
            return "." + MigrationCode.Call(_statements[Index(match.Groups[1])]);
        });
        written = Regex.Replace(written, @"(?m)^([ \t]*)migrationBuilder\.Sql\(""__comment_(\d+)__""\);", match =>
        {
            found++;
            return string.Join(
                code.Contains("\r\n") ? "\r\n" : "\n",
                _comments[Index(match.Groups[2])].Select(line => $"{match.Groups[1].Value}// {line}"));
        });
        return found == _statements.Count + _comments.Count
            ? written
            : throw new InvalidOperationException($"{found} of {_statements.Count + _comments.Count} placeholders were found.");
    }

    private static int Index(Group number) => int.Parse(number.ValueSpan, CultureInfo.InvariantCulture);

    /// <summary>A statement in the migration's transaction or outside it.</summary>
    public SqlOperation Statement(SqlCommandText sql)
    {
        if (!areForCode)
            return new SqlOperation { Sql = sql.Text, SuppressTransaction = sql.OutsideTransaction };
        _statements.Add(sql);
        return new SqlOperation { Sql = $"__statement_{_statements.Count - 1}__" };
    }
}
