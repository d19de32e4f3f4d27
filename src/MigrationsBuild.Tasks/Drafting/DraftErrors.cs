using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Tasks.Drafting;

/// <summary>The errors with which the project would be left if a draft stayed.</summary>
/// <param name="draft">The draft.</param>
/// <param name="errors">The errors, one at least.</param>
internal sealed class DraftErrors(MigrationReport draft, IReadOnlyList<CompilerError> errors)
{
    private const string Generated = "generated_code = true";

    /// <summary>The finding: nothing was written, and what mends it.</summary>
    public Diagnostic ToDiagnostic()
    {
        var first = errors.FirstOrDefault(error => error.IsOfLanguage) ?? errors[0];
        var rest = errors.Distinct().Count() is var count && count > 1 ? $" ({count - 1} more)" : "";
        var where = first.Place is { } place ? $"{Path.GetFileName(place.File)}({place.Line},{place.Column}): " : "";
        var said = $"{where}{first.Id}: {first.Text.TrimEnd('.')}{rest}";
        return first.IsOfLanguage
            ? new Diagnostic(
                DiagnosticCodes.DraftNotCompiled,
                $"The project wouldn't compile with the draft {draft.Id}, so nothing was written: {said}. "
                + "If a name in the draft means another type here, try another message or DbMigrationsNamespace: see the page of MIG4018")
            : new Diagnostic(
                DiagnosticCodes.DraftAnalyzed,
                $"The project's analyzers don't accept the draft {draft.Id}, so nothing was written: {said}. "
                + $"Write into {Path.Combine(Path.GetFileName(Path.GetDirectoryName(draft.Source)!), ".editorconfig")} the lines {Lines()}, then draft again");
    }

    /// <summary>What makes analyzers pass over the folder; those that look at generated code too are switched off one by one.</summary>
    private string Lines()
    {
        var file = Path.Combine(Path.GetDirectoryName(draft.Source)!, ".editorconfig");
        var isGenerated = File.Exists(file) && File.ReadAllText(file).Contains(Generated);
        var lines = isGenerated
            ? errors.Select(error => error.Id).Distinct().OrderBy(id => id, StringComparer.Ordinal).Select(id => $"dotnet_diagnostic.{id}.severity = none")
            : [Generated];
        return string.Join(" ", new[] { "[*.cs]" }.Concat(lines).Select(line => $"\"{line}\""));
    }
}
