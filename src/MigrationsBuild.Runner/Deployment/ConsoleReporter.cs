using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Runner.Deployment;

/// <summary>Tells people and logs: results on standard output, diagnostics on standard error. Commands that it names are this runner's.</summary>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
/// <param name="command">How this runner is called.</param>
public sealed partial class ConsoleReporter(TextWriter output, TextWriter error, string command) : IReporter
{
    /// <inheritdoc/>
    public void Line(string text) => output.WriteLine(LogText.OneLine(Translate(text)));

    /// <inheritdoc/>
    public void Diagnostic(Diagnostic diagnostic)
    {
        var place = diagnostic.Place is { } at ? $"{at.File}({at.Line},{at.Column}): " : "";
        error.WriteLine(LogText.OneLine($"{place}{(diagnostic.Code.Gate == Gate.Warning ? "warning" : "error")} {diagnostic.Code.Id}: {Translate(diagnostic.Message)}"));
    }

    /// <inheritdoc/>
    public void Result(MessageLine result)
    {
    }

    /// <summary>A deployed runner knows no development database, and any other has to be named: there is nothing to ask.</summary>
    public Task<bool> ConfirmAsync(string question, CancellationToken cancellation) => Task.FromResult(false);

    private static readonly HashSet<string> _flags = ["DbVerbose", "DbPurge"];

    /// <summary>What properties are called here.</summary>
    private static readonly Dictionary<string, string> _options = RunSettings.All
        .Select(setting => KeyValuePair.Create(setting.Property, "--" + setting.Name))
        .Concat([new("DbForce", "--force"), new("DbAcceptSql", "--accept-sql"), new("DbVerbose", "--verbose"), new("DbPurge", "--purge")])
        .ToDictionary();

    /// <summary>There is no SDK here: what a target does, a verb of this runner does.</summary>
    private string Translate(string text) => Setting().Replace(
        Property().Replace(
            Target().Replace(text, match => $"{command} {match.Groups["verb"].Value.ToLowerInvariant()}"),
            match => match.Groups["name"].Value is var name && _flags.Contains(name) ? _options[name]
                : _options.TryGetValue(name, out var option) ? $"{option} {match.Groups["value"].Value}"
                : match.Groups["value"].Value),
        match => _options.TryGetValue(match.Groups["name"].Value, out var option)
            ? option + match.Groups["value"].Value.Replace('=', ' ')
            : match.Value);

    [GeneratedRegex(@"dotnet build -t:Db(?<verb>Migrate|Rollback|Stamp|Script|Current|History)\b")]
    private static partial Regex Target();

    [GeneratedRegex(@"-p:(?<name>DbTo|DbRev|DbForce|DbAcceptSql|DbVerbose|DbPurge)=(?<value>\S+)")]
    private static partial Regex Property();

    // Not in quotes: that is a name of the database's.
    [GeneratedRegex("""(?<!["'`])(-p:)?\b(?<name>Db[A-Z]\w+)(?<value>=\w+)?(?!["'`])""")]
    private static partial Regex Setting();
}
