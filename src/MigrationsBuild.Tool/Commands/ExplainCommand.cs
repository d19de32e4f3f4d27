using System.CommandLine;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Tool.Commands;

/// <summary><c>dotnet db explain</c>: the page of a diagnostic.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var code = new Argument<string>("code") { Description = "MIG1001, or 1001" };
        var command = new Command("explain", "The page of a diagnostic: what it means, and what to do") { code };
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.Write(File.ReadAllText(PageOf(parsed.GetValue(code)!)));
            return 0;
        });
        return command;
    }

    /// <summary>The page's path.</summary>
    /// <exception cref="MigrationsException">There is no such code.</exception>
    private static string PageOf(string code)
    {
        var id = code.ToUpperInvariant();
        if (!id.StartsWith("MIG", StringComparison.Ordinal))
            id = "MIG" + id;
        if (DiagnosticCodes.All.ContainsKey(id))
            return Path.Combine(AppContext.BaseDirectory, "codes", id + ".md");
        var nearest = Suggestions.For(id, DiagnosticCodes.All.Keys).Take(3).Select(known => $"{known} ({DiagnosticCodes.All[known].Title})").ToList();
        throw new MigrationsException(
            DiagnosticCodes.Usage,
            $"There is no code {code}. {(nearest.Count > 0 ? $"Did you mean {string.Join(", ", nearest)}?" : "Codes are MIG and four digits: dotnet db explain MIG1001")}");
    }
}
