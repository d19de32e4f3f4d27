using System.CommandLine;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.Commands;

/// <summary><c>dotnet db explain</c>: shows the page of a diagnostic code.</summary>
internal static class ExplainCommand
{
    /// <summary>The width for output that is not a terminal.</summary>
    private const int RedirectedWidth = 100;

    private const int MinimumWidth = 40;

    public static Command Create()
    {
        var code = new Argument<string>("code") { Description = "MIG1001, or 1001" };
        var command = new Command("explain", "Show the page of a diagnostic code: its meaning and how to resolve it") { code };
        command.SetAction(parsed =>
        {
            var page = File.ReadAllText(PageOf(parsed.GetValue(code)!));
            parsed.InvocationConfiguration.Output.Write(WrappedMarkdown.Wrap(page, Width));
            return 0;
        });
        return command;
    }

    /// <summary>The width of the terminal. A terminal that doesn't report its width has the width 0.</summary>
    private static int Width => Console.IsOutputRedirected || Console.WindowWidth == 0
        ? RedirectedWidth
        : Math.Max(MinimumWidth, Console.WindowWidth);

    /// <summary>The path of a page.</summary>
    /// <exception cref="MigrationsException">The code doesn't exist.</exception>
    private static string PageOf(string code)
    {
        var id = code.ToUpperInvariant();
        if (!id.StartsWith("MIG", StringComparison.Ordinal))
            id = "MIG" + id;
        if (DiagnosticCodes.All.ContainsKey(id))
            return Path.Combine(AppContext.BaseDirectory, "codes", id + ".md");
        var similar = Suggestions.For(id, DiagnosticCodes.All.Keys)
            .Take(3)
            .Select(known => $"{known} ({DiagnosticCodes.All[known].Title})")
            .ToList();
        var suggestion = similar.Count > 0
            ? $"Did you mean {string.Join(", ", similar)}?"
            : "A code is MIG and four digits: dotnet db explain MIG1001";
        throw new MigrationsException(DiagnosticCodes.Usage, $"There is no code {code}. {suggestion}");
    }
}
