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
    private readonly CommandLineWords _words =
        new(command, [.. VerbTable.All.Where(verb => verb.IsDeployed)], _options) { HasSettings = true };

    /// <inheritdoc/>
    public void Line(string text) => output.WriteLine(LogText.OneLine(_words.Of(text)));

    /// <inheritdoc/>
    public void Diagnostic(Diagnostic diagnostic)
    {
        var place = diagnostic.Place is { } at ? $"{at.File}({at.Line},{at.Column}): " : "";
        var severity = diagnostic.Code.Gate == Gate.Warning ? "warning" : "error";
        error.WriteLine(LogText.OneLine($"{place}{severity} {diagnostic.Code.Id}: {_words.Of(diagnostic.Message)}"));
    }

    /// <inheritdoc/>
    public void Result(MessageLine result)
    {
    }

    /// <summary>A deployed runner knows no development database, and any other has to be named: there is nothing to ask.</summary>
    public Task<bool> ConfirmAsync(string question, CancellationToken cancellation) => Task.FromResult(false);
}
