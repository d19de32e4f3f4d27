using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Tool.Results;
using MigrationsBuild.Vocabulary;
using Spectre.Console;

namespace MigrationsBuild.Tool.Output;

/// <summary>Writes colors and tables, for a person at a terminal.</summary>
/// <param name="call">The call.</param>
/// <param name="output">The terminal's standard output.</param>
/// <param name="error">Its standard error.</param>
internal sealed partial class TerminalOutput(VerbCall call, TextWriter output, TextWriter error) : IOutput
{
    private static readonly Dictionary<string, Color> _colors = new()
    {
        ["(head)"] = Color.Green,
        ["(current)"] = Color.Aqua,
        ["(pending)"] = Color.Yellow,
        ["LOSES DATA"] = Color.Red,
    };

    private readonly IAnsiConsole _lines = Unwrapped(output);
    private readonly IAnsiConsole _error = Unwrapped(error);
    private readonly List<MessageLine> _migrations = [];

    /// <summary>Whether the output is a terminal with colors.</summary>
    public static bool IsPossible => !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    public void Line(ReportedLine line)
    {
        if (!call.Quiet && !(IsTable && line.Text.Contains(" -> ", StringComparison.Ordinal)))
            WriteLine(_lines, Colored(line.Text));
    }

    public void Result(ReportedResult result)
    {
        if (result.Message.Name == RunnerMessages.Migration)
            _migrations.Add(result.Message);
    }

    public void Diagnostic(ReportedDiagnostic diagnostic)
    {
        var style = new Style(diagnostic.IsError ? Color.Red : Color.Yellow);
        WriteLine(_error, new Paragraph(diagnostic.Location)
            .Append($"{diagnostic.Severity} ", style)
            .Append(diagnostic.Code, style, diagnostic.Help.Length > 0 ? new Link(diagnostic.Help) : null)
            .Append($": {diagnostic.Message}"));
    }

    public void End(CallReport report, int exitCode)
    {
        if (!call.Quiet && IsTable && _migrations.Count > 0)
            AnsiConsole.Write(Table());
    }

    /// <summary>Whether the call is the short form of history, whose lines all have the same columns.</summary>
    private bool IsTable => call.Verb == VerbTable.History && !call.Verbose;

    private Table Table()
    {
        var hasTimes = _migrations.Exists(migration => migration.Find("applied-at") is not null);
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Migration", "State");
        if (hasTimes)
            table.AddColumns("Applied", "By");
        foreach (var migration in _migrations)
        {
            Paragraph[] cells =
                [NameOf(migration), StateOf(migration), new(Plain(migration["applied-at"])), new(Plain(migration["applied-by"]))];
            table.AddRow(hasTimes ? cells : cells[..2]);
        }

        return table;
    }

    private static Paragraph NameOf(MessageLine migration)
    {
        var markers = (migration.Has("head") ? " (head)" : "") + (migration.Has("current") ? " (current)" : "");
        return Colored(Plain(migration["id"]) + markers);
    }

    private static Paragraph StateOf(MessageLine migration)
    {
        var state = new Paragraph();
        if (migration.Has("pending"))
            state.Append("pending", new Style(Color.Yellow));
        else if (migration.Has("applied"))
            state.Append("applied", new Style(Color.Green));
        if (migration["state"] is not ("approved" or ""))
            state.Append($"{(state.Length > 0 ? " " : "")}{migration["state"]}", new Style(Color.Yellow));
        return state;
    }

    private static string Plain(string value) => LogText.OneLine(value);

    /// <summary>A console that doesn't wrap lines. The terminal wraps them, so that they can be copied as one line.</summary>
    private static IAnsiConsole Unwrapped(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = int.MaxValue;
        return console;
    }

    private static void WriteLine(IAnsiConsole console, Paragraph text)
    {
        console.Write(text);
        console.WriteLine();
    }

    /// <summary>A text with its known words in color. Nothing in it is markup.</summary>
    private static Paragraph Colored(string text)
    {
        var paragraph = new Paragraph();
        foreach (var part in ColoredWords().Split(text))
            paragraph.Append(part, _colors.TryGetValue(part, out var color) ? new Style(color) : Style.Plain);
        return paragraph;
    }

    [GeneratedRegex(@"(\(head\)|\(current\)|\(pending\)|LOSES DATA)")]
    private static partial Regex ColoredWords();
}
