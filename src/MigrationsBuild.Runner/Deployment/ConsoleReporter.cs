using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Runner.Reporting;
using MigrationsBuild.Settings;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Deployment;

/// <summary>
/// Reports to people and logs: lines on standard output, diagnostics on standard error. The commands in them are this runner's.
/// </summary>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
/// <param name="command">The command line that starts this runner.</param>
public sealed class ConsoleReporter(TextWriter output, TextWriter error, string command) : IReporter
{
    private static readonly Dictionary<string, string> _options = RunSettings.All
        .Select(setting => KeyValuePair.Create(setting.Property, "--" + setting.Name))
        .Append(new("DbContextName", "--context")).ToDictionary();

    /// <summary>A deployment has no SDK, so a hint names a verb instead of a target, and an option instead of a property.</summary>
    private readonly RunnerHints _writer = new(command, _options);

    /// <inheritdoc/>
    public void Line(string text, params IReadOnlyCollection<Hint> hints) =>
        output.WriteLine(LogText.OneLine(hints.Count == 0 ? text : _writer.Write(text, hints)));

    /// <inheritdoc/>
    public void Diagnostic(Diagnostic diagnostic)
    {
        var location = diagnostic.Location is { } at ? $"{at.File}({at.Line},{at.Column}): " : "";
        var severity = diagnostic.Code.SeverityRule == SeverityRule.Warning ? "warning" : "error";
        var text = _writer.Write(diagnostic.Message, diagnostic.Hints);
        error.WriteLine(LogText.OneLine($"{location}{severity} {diagnostic.Code.Id}: {text}"));
    }

    /// <inheritdoc/>
    public void Result(MessageLine result)
    {
    }

    /// <summary>A deployed runner never asks. It treats no database as a development database, and any other has to be named.</summary>
    public Task<bool> ConfirmAsync(string question, CancellationToken cancellation) => Task.FromResult(false);
}
