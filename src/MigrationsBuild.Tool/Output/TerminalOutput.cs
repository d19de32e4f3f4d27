using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Tool.Results;
using MigrationsBuild.Vocabulary;
using Spectre.Console;

namespace MigrationsBuild.Tool.Output;

/// <summary>Colours and tables, for a person at a terminal.</summary>
/// <param name="call">What is shown.</param>
internal sealed class TerminalOutput(VerbCall call) : IOutput
{
    private static readonly IAnsiConsole _lines = Unwrapped(Console.Out);
    private static readonly IAnsiConsole _error = Unwrapped(Console.Error);
    private readonly List<MessageLine> _migrations = [];

    /// <summary>Whether somebody looks on who can see colours.</summary>
    public static bool IsPossible => !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";

    public void Line(ReportedLine line)
    {
        if (!call.Quiet && !(IsTable && line.Text.Contains(" -> ", StringComparison.Ordinal)))
            _lines.MarkupLine(Colour(Markup.Escape(line.Text)));
    }

    public void Result(ReportedResult result)
    {
        if (result.Message.Name == RunnerMessages.Migration)
            _migrations.Add(result.Message);
    }

    public void Diagnostic(ReportedDiagnostic diagnostic)
    {
        var place = diagnostic.File.Length == 0 ? "" : diagnostic.Line == 0 ? $"{diagnostic.File} : " : $"{diagnostic.File}({diagnostic.Line},{diagnostic.Column}): ";
        var code = diagnostic.Help.Length > 0 ? $"[link={Markup.Escape(diagnostic.Help)}]{Markup.Escape(diagnostic.Code)}[/]" : Markup.Escape(diagnostic.Code);
        _error.MarkupLine($"{Markup.Escape(place)}[{(diagnostic.IsError ? "red" : "yellow")}]{diagnostic.Severity} {code}[/]: {Markup.Escape(diagnostic.Message)}");
    }

    public void End(CallReport report, int exitCode)
    {
        if (!call.Quiet && IsTable && _migrations.Count > 0)
            AnsiConsole.Write(Table());
    }

    /// <summary>The short form of the history, whose lines are all alike.</summary>
    private bool IsTable => call.Verb == VerbTable.History && !call.Verbose;

    private Table Table()
    {
        var hasTimes = _migrations.Exists(migration => migration.Find("applied-at") is not null);
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Migration", "State");
        if (hasTimes)
            table.AddColumns("Applied", "By");
        foreach (var migration in _migrations)
        {
            var state = migration.Has("pending") ? "[yellow]pending[/]" : migration.Has("applied") ? "[green]applied[/]" : "";
            var approval = migration["state"] is "approved" or "" ? "" : $" [yellow]{Markup.Escape(migration["state"])}[/]";
            var markers = Colour((migration.Has("head") ? " (head)" : "") + (migration.Has("current") ? " (current)" : ""));
            string[] cells = [Plain(migration["id"]) + markers, (state + approval).Trim(), Plain(migration["applied-at"]), Plain(migration["applied-by"])];
            table.AddRow(hasTimes ? cells : cells[..2]);
        }

        return table;
    }

    private static string Plain(string value) => Markup.Escape(LogText.OneLine(value));

    /// <summary>The terminal wraps by itself, and what it has wrapped is copied as one line.</summary>
    private static IAnsiConsole Unwrapped(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = int.MaxValue;
        return console;
    }

    private static string Colour(string text) => text
        .Replace("(head)", "[green](head)[/]", StringComparison.Ordinal)
        .Replace("(current)", "[aqua](current)[/]", StringComparison.Ordinal)
        .Replace("(pending)", "[yellow](pending)[/]", StringComparison.Ordinal)
        .Replace("LOSES DATA", "[red]LOSES DATA[/]", StringComparison.Ordinal);
}
