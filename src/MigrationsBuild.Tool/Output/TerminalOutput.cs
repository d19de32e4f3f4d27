using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Tool.Results;
using MigrationsBuild.Vocabulary;
using Spectre.Console;

namespace MigrationsBuild.Tool.Output;

/// <summary>Writes colors and tables, for a person at a terminal.</summary>
internal sealed class TerminalOutput(VerbCall call) : IOutput
{
    private static readonly IAnsiConsole _lines = Unwrapped(Console.Out);
    private static readonly IAnsiConsole _error = Unwrapped(Console.Error);
    private readonly List<MessageLine> _migrations = [];

    /// <summary>Whether the output is a terminal with colors.</summary>
    public static bool IsPossible => !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    public void Line(ReportedLine line)
    {
        if (!call.Quiet && !(IsTable && line.Text.Contains(" -> ", StringComparison.Ordinal)))
            _lines.MarkupLine(Colored(Markup.Escape(line.Text)));
    }

    public void Result(ReportedResult result)
    {
        if (result.Message.Name == RunnerMessages.Migration)
            _migrations.Add(result.Message);
    }

    public void Diagnostic(ReportedDiagnostic diagnostic)
    {
        var code = Markup.Escape(diagnostic.Code);
        if (diagnostic.Help.Length > 0)
            code = $"[link={Markup.Escape(diagnostic.Help)}]{code}[/]";
        var color = diagnostic.IsError ? "red" : "yellow";
        var message = Markup.Escape(diagnostic.Message);
        _error.MarkupLine($"{Markup.Escape(diagnostic.Location)}[{color}]{diagnostic.Severity} {code}[/]: {message}");
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
            string[] cells = [NameOf(migration), StateOf(migration), Plain(migration["applied-at"]), Plain(migration["applied-by"])];
            table.AddRow(hasTimes ? cells : cells[..2]);
        }

        return table;
    }

    private static string NameOf(MessageLine migration)
    {
        var markers = (migration.Has("head") ? " (head)" : "") + (migration.Has("current") ? " (current)" : "");
        return Plain(migration["id"]) + Colored(markers);
    }

    private static string StateOf(MessageLine migration)
    {
        var applied = migration.Has("applied") ? "[green]applied[/]" : "";
        var state = migration.Has("pending") ? "[yellow]pending[/]" : applied;
        var approval = migration["state"] is "approved" or "" ? "" : $" [yellow]{Markup.Escape(migration["state"])}[/]";
        return (state + approval).Trim();
    }

    private static string Plain(string value) => Markup.Escape(LogText.OneLine(value));

    /// <summary>A console that doesn't wrap lines. The terminal wraps them, so that they can be copied as one line.</summary>
    private static IAnsiConsole Unwrapped(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = int.MaxValue;
        return console;
    }

    private static string Colored(string text) => text
        .Replace("(head)", "[green](head)[/]", StringComparison.Ordinal)
        .Replace("(current)", "[aqua](current)[/]", StringComparison.Ordinal)
        .Replace("(pending)", "[yellow](pending)[/]", StringComparison.Ordinal)
        .Replace("LOSES DATA", "[red]LOSES DATA[/]", StringComparison.Ordinal);
}
