using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Deployment;

/// <summary>Tells people and logs: results on standard output, diagnostics on standard error. Commands that it names are this runner's.</summary>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
/// <param name="command">How this runner is called.</param>
public sealed class ConsoleReporter(TextWriter output, TextWriter error, string command) : IReporter
{
    private static readonly Dictionary<string, string> _options = RunSettings.All
        .Select(setting => KeyValuePair.Create(setting.Property, "--" + setting.Name))
        .Append(new("DbContextName", "--context")).ToDictionary();

    /// <summary>There is no SDK here: what a target does, a verb of this runner does, and what a property sets, an option.</summary>
    private readonly RunnerHints _writer = new(command, _options);

    /// <inheritdoc/>
    public void Line(string text, params IReadOnlyCollection<Hint> hints) =>
        output.WriteLine(LogText.OneLine(hints.Count == 0 ? text : _writer.Write(text, hints)));

    /// <inheritdoc/>
    public void Diagnostic(Diagnostic diagnostic)
    {
        var place = diagnostic.Place is { } at ? $"{at.File}({at.Line},{at.Column}): " : "";
        var severity = diagnostic.Code.Gate == Gate.Warning ? "warning" : "error";
        error.WriteLine(LogText.OneLine($"{place}{severity} {diagnostic.Code.Id}: {_writer.Write(diagnostic.Message, diagnostic.Hints)}"));
    }

    /// <inheritdoc/>
    public void Result(MessageLine result)
    {
    }

    /// <summary>A deployed runner knows no development database, and any other has to be named: there is nothing to ask.</summary>
    public Task<bool> ConfirmAsync(string question, CancellationToken cancellation) => Task.FromResult(false);
}
