using System.Text.RegularExpressions;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Designers;

/// <summary>The C# of a migration, as the statements of <c>Up</c> and <c>Down</c>.</summary>
public sealed class MigrationCode
{
    private static readonly Regex _comments = new(@"\A(?:\s*//[^\n]*\n)+");

    private readonly string _text;
    private readonly (int Start, int End) _up;
    private readonly (int Start, int End) _down;

    private MigrationCode(string text, (int, int) up, (int, int) down) => (_text, _up, _down) = (text, up, down);

    /// <summary>The statements of <c>Up</c>.</summary>
    public IReadOnlyList<string> Up { get; private init; } = [];

    /// <summary>The statements of <c>Down</c>; empty if there is no such method.</summary>
    public IReadOnlyList<string> Down { get; private init; } = [];

    /// <summary>Whether there is a method <c>Down</c>.</summary>
    public bool HasDown => _down.End > 0;

    /// <summary>Reads the text of a file.</summary>
    /// <returns>The statements; <see langword="null"/> if the methods can't be read, for example because of interpolated strings.</returns>
    public static MigrationCode? Parse(string text)
    {
        if (Body(text, "Up") is not { } up)
            return null;
        var down = Body(text, "Down");
        if (down is null && HasMethod(text, "Down"))
            return null;
        var (upStatements, downStatements) = (Statements(text, up), down is { } body ? Statements(text, body) : []);
        return upStatements is null || downStatements is null
            ? null
            : new MigrationCode(text, up, down ?? (0, 0)) { Up = upStatements, Down = downStatements };
    }

    /// <summary>The text with other statements.</summary>
    /// <param name="up">The statements of <c>Up</c>.</param>
    /// <param name="down">The statements of <c>Down</c>; they are left out if there is no such method.</param>
    public string With(IReadOnlyList<string> up, IReadOnlyList<string> down)
    {
        var bodies = new[] { (Body: _up, Statements: up), (Body: _down, Statements: down) }
            .Where(one => one.Body.End > 0)
            .OrderByDescending(one => one.Body.Start);
        return bodies.Aggregate(_text, (text, one) =>
            text.Substring(0, one.Body.Start) + Layout(one.Body, one.Statements) + text.Substring(one.Body.End));
    }

    /// <summary>The text with SQL in place of the statements. Line comments above statements are kept.</summary>
    /// <param name="up">The commands of <c>Up</c>.</param>
    /// <param name="down">The commands of <c>Down</c>; <see langword="null"/> to keep its statements.</param>
    public string WithSql(IEnumerable<SqlCommandText> up, IEnumerable<SqlCommandText>? down) =>
        With(Calls("Up", Up, up), down is null ? Down : Calls("Down", Down, down));

    /// <summary>A call that adds SQL to a migration: <c>Sql(@"…", suppressTransaction: true)</c>.</summary>
    /// <param name="command">The SQL.</param>
    public static string Call(SqlCommandText command) =>
        $"Sql(@\"{command.Text.Replace("\"", "\"\"")}\"{(command.OutsideTransaction ? ", suppressTransaction: true" : "")})";

    /// <summary>A statement for comparison: white space doesn't count, and comments before it don't.</summary>
    public static string Normalize(string statement) => Regex.Replace(_comments.Replace(statement, ""), @"\s+", " ").Trim();

    private List<string> Calls(string method, IReadOnlyList<string> before, IEnumerable<SqlCommandText> commands)
    {
        var builder = Method(_text, method).Groups["builder"].Value;
        var calls = commands.Select(command => $"{builder}.{Call(command)};".Replace("\n", LineEnd)).ToList();
        var comments = string.Concat(before.Select(statement => _comments.Match(statement).Value.TrimStart()));
        if (calls.Count > 0 && comments.Length > 0)
            calls[0] = string.Join(LineEnd + Indentation(method == "Up" ? _up : _down), [.. Lines(comments), calls[0]]);
        return calls;
    }

    private static IEnumerable<string> Lines(string comments) =>
        comments.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()).Where(line => line.Length > 0);

    private static bool HasMethod(string text, string name) => Method(text, name).Success;

    private static Match Method(string text, string name) =>
        Regex.Match(text, $@"\boverride\s+void\s+{name}\s*\(\s*MigrationBuilder\s+(?<builder>\w+)\s*\)\s*\{{");

    private static (int Start, int End)? Body(string text, string name)
    {
        var method = Method(text, name);
        var start = method.Index + method.Length;
        return method.Success && CodeBlock.EndOf(text, start) is { } end ? (start, end) : null;
    }

    private static IReadOnlyList<string>? Statements(string text, (int Start, int End) body) =>
        CodeBlock.StatementsOf(text, body.Start, body.End);

    /// <summary>The statements with the indentation and the line ends of the file, an empty line between two of them.</summary>
    private string Layout((int Start, int End) body, IReadOnlyList<string> statements)
    {
        var lines = statements.Select(statement => Indentation(body) + statement);
        return LineEnd + string.Join(LineEnd + LineEnd, lines) + LineEnd + ClosingIndentation(body);
    }

    private string LineEnd => _text.Contains("\r\n") ? "\r\n" : "\n";

    private string Indentation((int Start, int End) body) => ClosingIndentation(body) + "    ";

    private string ClosingIndentation((int Start, int End) body) => Regex.Match(_text.Substring(0, body.End), @"[ \t]*\z").Value;
}
