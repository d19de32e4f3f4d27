using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tasks.BuildState;
using MigrationsBuild.Tasks.Projects;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Logging;

/// <summary>Logs diagnostics as MSBuild's errors, warnings and messages, each with its code, its location and a link to its page.</summary>
/// <param name="log">The task's log.</param>
/// <param name="project">The project, whose settings decide the severity.</param>
/// <param name="reported">The findings that this build has reported.</param>
/// <param name="output">The output for notices.</param>
/// <param name="writer">The words for hints.</param>
/// <param name="isPromoted">Whether MSBuild turns warnings with a code into errors.</param>
internal sealed class DiagnosticLog(
    TaskLoggingHelper log,
    ProjectDescription project,
    ReportedFindings reported,
    VerbOutput output,
    HintWriter writer,
    Predicate<string> isPromoted)
{
    /// <summary>Logs a finding with the severity that the project's settings give it.</summary>
    public void Write(Diagnostic diagnostic) => Write(diagnostic, SeverityOf(diagnostic));

    /// <summary>Logs the reason why a verb failed. It is an error, whatever severity the settings give it in a build.</summary>
    public void WriteError(Diagnostic diagnostic) =>
        Write(diagnostic with { Code = diagnostic.Code with { SeverityRule = SeverityRule.Error } }, Severity.Error);

    /// <summary>
    /// Logs a finding about something that the verb doesn't use. It is at most a warning, whatever severity the settings give it.
    /// </summary>
    public void WriteWarning(Diagnostic diagnostic) =>
        Write(
            diagnostic with { Code = diagnostic.Code with { SeverityRule = SeverityRule.Warning } },
            project.ConfiguredSeverity(diagnostic) is { } configured and < Severity.Warning ? configured : Severity.Warning);

    /// <summary>Logs a line that only detailed logs show.</summary>
    public void WriteDetail(string text) => log.LogMessage(MessageImportance.Low, "{0}", text);

    /// <summary>A finding with its text and its final severity.</summary>
    public ShownFinding Show(Diagnostic diagnostic) => Show(diagnostic, SeverityOf(diagnostic)) switch
    {
        { Severity: Severity.Warning } silent when project.Silences(silent.Code) => silent with { Severity = Severity.Off },
        { Severity: Severity.Warning } warning when isPromoted(warning.Code.Id) => warning with { Severity = Severity.Error },
        var finding => finding,
    };

    /// <summary>The path of the page of a code.</summary>
    public string Page(string code) => Path.GetFullPath(Path.Combine(project.HelpFolder, code + ".md"));

    private void Write(Diagnostic diagnostic, Severity severity)
    {
        // An error is always reported, because it is why the task fails.
        var fails = severity == Severity.Error || (severity == Severity.Warning && isPromoted(diagnostic.Code.Id));
        var text = Show(diagnostic, severity).Text;
        if (!fails && !reported.Add($"{project.FilePath}|{severity}|{diagnostic.Code}|{diagnostic.Location}|{text}"))
            return;
        var code = diagnostic.Code.Id;
        var help = new Uri(Page(code)).AbsoluteUri;
        // Without a location it is about the project. If no file is given, MSBuild uses our targets file.
        var (file, line, column) = diagnostic.Location is { } location
            ? (LogText.OneLine(project.Relative(location.File)), location.Line, location.Column)
            : (project.FilePath, 0, 0);
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
        // The text of a server, and quoted SQL, may have several lines.
        var text = LogText.OneLine(writer.Write(diagnostic.Message.TrimStart(), diagnostic.Hints));
        var set = project.ArgumentSet.Length > 0 ? $" (DbArguments: {project.ArgumentSet})" : "";
        return new ShownFinding(diagnostic.Code, severity, text + Because(diagnostic, severity) + set, diagnostic.Location)
        {
            Related = diagnostic.Related,
        };
    }

    /// <summary>Why a finding is an error, if that is not obvious. As with the compiler, <c>NoWarn</c> has no effect on errors.</summary>
    private string Because(Diagnostic diagnostic, Severity severity)
    {
        var code = diagnostic.Code;
        if (severity != Severity.Error || code.SeverityRule == SeverityRule.Error)
            return "";
        var configured = project.ConfiguredSeverity(diagnostic);
        if (configured == Severity.Error)
            return "";
        var reason = project.IsStrict && project.StrictBecause.Length > 0 ? $"Error because {project.StrictBecause}." : "";
        var ignored = project.Silences(code) ? "NoWarn" : configured is null ? "" : ".editorconfig";
        var setting = ignored.Length > 0 ? $"{ignored} has no effect on errors: set {SettingOf(code.SeverityRule)}." : "";
        return (reason + " " + setting).Trim() is { Length: > 0 } because ? $" ({because})" : "";
    }

    private static string SettingOf(SeverityRule gate) => gate switch
    {
        SeverityRule.Drift => "DbDrift",
        SeverityRule.Unapproved => "DbUnapproved",
        SeverityRule.Lint => "DbLint",
        _ => "DbNoVerdict",
    };

    /// <summary>
    /// The severity by our settings, then by <c>.editorconfig</c> files, unless <c>NoWarn</c> hides the finding. As with <c>NoWarn</c>,
    /// these don't change an error, nor a finding that a setting switches off.
    /// </summary>
    private Severity SeverityOf(Diagnostic diagnostic)
    {
        var severity = SeverityBySettings(diagnostic);
        var isOpen = severity is Severity.Warning or Severity.Notice
            || (severity == Severity.Message && diagnostic.Code.SeverityRule == SeverityRule.Lint && !diagnostic.IsAccepted);
        return isOpen && !project.Silences(diagnostic.Code) ? project.ConfiguredSeverity(diagnostic) ?? severity : severity;
    }

    private Severity SeverityBySettings(Diagnostic diagnostic) => diagnostic.Code.SeverityRule switch
    {
        SeverityRule.Error => Severity.Error,
        SeverityRule.Warning => Severity.Warning,
        SeverityRule.Message => Severity.Message,
        SeverityRule.Notice or SeverityRule.Adoption => AdoptionSeverityOf(diagnostic.Code),
        SeverityRule.Drift => project.Settings.Drift,
        SeverityRule.Unapproved => project.Settings.Unapproved,
        SeverityRule.Lint => LintSeverityOf(diagnostic.Severity ?? Severity.Warning),
        _ => project.Settings.NoVerdict,
    };

    /// <summary>The setting can lower the severity of a finding, and never raises it.</summary>
    private Severity LintSeverityOf(Severity severity) => project.Settings.Lint switch
    {
        Severity.Off => Severity.Off,
        var highest => severity < highest ? severity : highest,
    };

    /// <summary>The severity of a finding in a project that has no approvals file. A publish reports it as an error of its own.</summary>
    private Severity AdoptionSeverityOf(DiagnosticCode code)
    {
        if (project.Settings.Unapproved == Severity.Off || project.Silences(code))
            return Severity.Off;
        if (project.IsPublishing)
            return Severity.Message;
        return project.IsStrict && code.SeverityRule == SeverityRule.Adoption ? Severity.Warning : Severity.Notice;
    }
}

/// <summary>A finding with its text, in one line, and its final severity.</summary>
internal sealed record ShownFinding(DiagnosticCode Code, Severity Severity, string Text, Location? Location)
{
    /// <summary>See <see cref="Diagnostic.Related"/>.</summary>
    public RelatedLocation? Related { get; init; }
}
