using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tasks.BuildState;
using MigrationsBuild.Tasks.Projects;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Logging;

/// <summary>Shows diagnostics as MSBuild's errors, warnings and messages, each with its code, its place and a link to its page.</summary>
/// <param name="log">Where they go.</param>
/// <param name="project">The project; its settings say how loud they are.</param>
/// <param name="reported">What this build has told already.</param>
/// <param name="output">Where messages go that everybody sees.</param>
/// <param name="writer">Writes hints in the words of whoever called the build.</param>
/// <param name="isPromoted">Whether MSBuild makes an error of a warning of this code.</param>
internal sealed class DiagnosticLog(
    TaskLoggingHelper log, ProjectDescription project, ReportedFindings reported, VerbOutput output, HintWriter writer, Predicate<string> isPromoted)
{
    /// <summary>Shows a finding as loud as the project's settings say.</summary>
    /// <param name="diagnostic">The finding.</param>
    public void Write(Diagnostic diagnostic) => Write(diagnostic, SeverityOf(diagnostic.Code));

    /// <summary>Shows why a verb can't do its work: an error, whatever the settings say of a build that finds it.</summary>
    /// <param name="diagnostic">The failure.</param>
    public void WriteError(Diagnostic diagnostic) =>
        Write(diagnostic with { Code = diagnostic.Code with { Gate = Gate.Error } }, Severity.Error);

    /// <summary>Shows a finding that doesn't concern what a verb works on, whatever the settings say of a build that finds it.</summary>
    /// <param name="diagnostic">The finding.</param>
    public void WriteWarning(Diagnostic diagnostic) =>
        Write(diagnostic with { Code = diagnostic.Code with { Gate = Gate.Warning } }, Severity.Warning);

    /// <summary>A finding as it is shown.</summary>
    /// <param name="diagnostic">The finding.</param>
    public ShownFinding Show(Diagnostic diagnostic) => Show(diagnostic, SeverityOf(diagnostic.Code)) switch
    {
        { Severity: Severity.Warning } silent when project.Silences(silent.Code) => silent with { Severity = Severity.Off },
        { Severity: Severity.Warning } warning when isPromoted(warning.Code.Id) => warning with { Severity = Severity.Error },
        var finding => finding,
    };

    /// <summary>Path of the page of a code.</summary>
    /// <param name="code">The code.</param>
    public string Page(string code) => Path.GetFullPath(Path.Combine(project.HelpFolder, code + ".md"));

    private void Write(Diagnostic diagnostic, Severity severity)
    {
        // An error is told again, because it fails the task that tells it.
        var fails = severity == Severity.Error || (severity == Severity.Warning && isPromoted(diagnostic.Code.Id));
        var text = Show(diagnostic, severity).Text;
        if (!fails && !reported.Add($"{project.FilePath}|{severity}|{diagnostic.Code}|{diagnostic.Place}|{text}"))
            return;
        var code = diagnostic.Code.Id;
        var help = new Uri(Page(code)).AbsoluteUri;
        // Without a place of its own it concerns the project; MSBuild would point into our targets file.
        var (file, line, column) = diagnostic.Place is { } place ? (LogText.OneLine(project.Relative(place.File)), place.Line, place.Column) : (project.FilePath, 0, 0);
        switch (severity)
        {
            case Severity.Error:
                log.LogError(null, code, null, help, file, line, column, 0, 0, "{0}", text);
                break;
            case Severity.Warning:
                log.LogWarning(null, code, null, help, file, line, column, 0, 0, "{0}", text);
                break;
            case Severity.Notice:
                output.WriteLine($"{code}: {text}");
                break;
            case Severity.Message:
                log.LogMessage(MessageImportance.Normal, "{0}: {1}", code, text);
                break;
            default:
                break;
        }
    }

    private ShownFinding Show(Diagnostic diagnostic, Severity severity)
    {
        // A message is a line: a server's own text, or quoted SQL, may hold several.
        var text = LogText.OneLine(writer.Write(diagnostic.Message.TrimStart(), diagnostic.Hints));
        return new ShownFinding(diagnostic.Code, severity, text + Because(diagnostic.Code, severity) + Set, diagnostic.Place);
    }

    private string Set => project.ArgumentSet is { Length: > 0 } set ? $" (DbArguments: {set})" : "";

    /// <summary>Why it is an error, where that isn't obvious. Like the compiler's, an error can't be silenced as a warning can.</summary>
    private string Because(DiagnosticCode code, Severity severity)
    {
        if (severity != Severity.Error || code.Gate == Gate.Error)
            return "";
        var setting = project.Silences(code) ? $"NoWarn has no effect on errors: set {SettingOf(code.Gate)}." : "";
        var reason = project.IsStrict && project.StrictBecause.Length > 0 ? $"An error, because {project.StrictBecause}." : "";
        return (reason + " " + setting).Trim() is { Length: > 0 } because ? $" ({because})" : "";
    }

    private static string SettingOf(Gate gate) => gate switch
    {
        Gate.Drift => "DbDrift",
        Gate.Unapproved => "DbUnapproved",
        _ => "DbNoVerdict",
    };

    /// <summary>Of a project that isn't adopted. A publish says it itself, as an error.</summary>
    private Severity AdoptionOf(DiagnosticCode code) => project.Settings.Unapproved == Severity.Off || project.Silences(code) ? Severity.Off
        : project.IsPublishing ? Severity.Message
        : project.IsStrict && code.Gate == Gate.Adoption ? Severity.Warning
        : Severity.Notice;

    private Severity SeverityOf(DiagnosticCode code) => code.Gate switch
    {
        Gate.Error => Severity.Error,
        Gate.Warning => Severity.Warning,
        Gate.Message => Severity.Message,
        Gate.Notice or Gate.Adoption => AdoptionOf(code),
        Gate.Drift => project.Settings.Drift,
        Gate.Unapproved => project.Settings.Unapproved,
        _ => project.Settings.NoVerdict,
    };
}

/// <summary>A finding as it is shown.</summary>
/// <param name="Code">What kind of finding.</param>
/// <param name="Severity">Its severity.</param>
/// <param name="Text">Its text, one line.</param>
/// <param name="Place">Where, if there is such a place.</param>
internal sealed record ShownFinding(DiagnosticCode Code, Severity Severity, string Text, Place? Place);
