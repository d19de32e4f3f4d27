using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tasks.Compiling;

namespace MigrationsBuild.Tasks.Drafting;

/// <summary>The compilation errors of a project with a draft.</summary>
/// <param name="draft">The draft.</param>
/// <param name="errors">At least one error.</param>
internal sealed class DraftErrors(MigrationReport draft, IReadOnlyList<CompilerError> errors)
{
    private const string Generated = "generated_code = true";

    /// <summary>The finding, with the way to fix it.</summary>
    public Diagnostic ToDiagnostic()
    {
        var first = errors.FirstOrDefault(error => error.IsOfLanguage) ?? errors[0];
        var rest = errors.Distinct().Count() is var count && count > 1 ? $" ({count - 1} more)" : "";
        var where = first.Location is { } location ? $"{Path.GetFileName(location.File)}({location.Line},{location.Column}): " : "";
        var said = $"{where}{first.Id}: {first.Text.TrimEnd('.')}{rest}";
        return first.IsOfLanguage
            ? new Diagnostic(
                DiagnosticCodes.DraftNotCompiled,
                $"The project doesn't compile with the draft {draft.Id}, so nothing was written: {said}. "
                + "If a name in the draft is resolved to the wrong type, use another message or set DbMigrationsNamespace. "
                + "See the page of MIG4018")
            : new Diagnostic(
                DiagnosticCodes.DraftAnalyzed,
                $"The project's analyzers report errors in the draft {draft.Id}, so nothing was written: {said}. "
                + $"Add these lines to {ConfigurationName}, then draft again: {Lines()}");
    }

    private string ConfigurationName =>
        Path.Combine(Path.GetFileName(Path.GetDirectoryName(draft.Source)!), ".editorconfig");

    /// <summary>
    /// The lines that exclude the folder from analysis. If it is already marked as generated code, they disable the rules that analyze
    /// generated code.
    /// </summary>
    private string Lines()
    {
        var file = Path.Combine(Path.GetDirectoryName(draft.Source)!, ".editorconfig");
        var isGenerated = File.Exists(file) && File.ReadAllText(file).Contains(Generated);
        var lines = isGenerated
            ? errors.Select(error => error.Id)
                .Distinct()
                .OrderBy(id => id, StringComparer.Ordinal)
                .Select(id => $"dotnet_diagnostic.{id}.severity = none")
            : [Generated];
        return string.Join(" ", new[] { "[*.cs]" }.Concat(lines).Select(line => $"\"{line}\""));
    }
}
