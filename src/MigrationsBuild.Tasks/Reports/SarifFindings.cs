using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tasks.Logging;

namespace MigrationsBuild.Tasks.Reports;

/// <summary>Converts findings to SARIF, the format of code scanning.</summary>
/// <param name="version">The package's version.</param>
/// <param name="projectPath">The project file, which is the location of findings without one.</param>
/// <param name="paths">The root of relative paths.</param>
/// <param name="page">Returns the path of the page of a code.</param>
internal sealed class SarifFindings(string version, string projectPath, SourcePaths paths, Func<string, string> page)
{
    public SarifLog Log(IEnumerable<ShownFinding> findings)
    {
        var shown = findings.Where(finding => finding.Severity != Severity.Off).ToList();
        var codes = shown
            .Select(finding => finding.Code)
            .GroupBy(code => code.Id)
            .Select(code => code.First())
            .OrderBy(code => code.Id, StringComparer.Ordinal)
            .ToList();
        var results = shown.Select(finding => new SarifResult(
            finding.Code.Id,
            codes.FindIndex(code => code.Id == finding.Code.Id),
            Level(finding.Severity),
            Text(finding),
            new SarifLocation(Location(finding.Location)),
            finding.Related is { } related ? new SarifRelatedLocation(Location(related.Location), related.Words) : null));
        return new SarifLog(new SarifRun(
            new SarifTool(version, [.. codes.Select(Rule)]),
            new SarifBaseIds(paths.RootUri),
            [.. results]));
    }

    private static string Level(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };

    /// <summary>The text, with a link to the related location: code scanning shows only related locations that the text links to.</summary>
    private static string Text(ShownFinding finding) => finding.Related is { Words: var words }
        ? finding.Text.Replace(words, $"[{words}]({SarifRelatedLocation.LinkTarget})")
        : finding.Text;

    /// <summary>The rule, with the text of its page: code scanning can't open a link to a file of the build server.</summary>
    private SarifRule Rule(DiagnosticCode code)
    {
        var path = page(code.Id);
        var text = File.Exists(path) ? File.ReadAllText(path) : null;
        return new SarifRule(code.Id, code.Title, text is null ? null : new SarifText(text, text));
    }

    private SarifPhysicalLocation Location(Location? location)
    {
        var path = location?.File ?? projectPath;
        var file = paths.Below(path) is { } below
            ? new SarifArtifact(string.Join("/", below.Split('/').Select(Uri.EscapeDataString)), SarifBaseIds.SourceRoot)
            : new SarifArtifact(Uri.TryCreate(path, UriKind.Absolute, out var uri) ? uri.AbsoluteUri : Uri.EscapeDataString(path), null);
        var region = location is { Line: > 0 } ? new SarifRegion(location.Line, Math.Max(0, location.Column)) : null;
        return new SarifPhysicalLocation(file, region);
    }
}
