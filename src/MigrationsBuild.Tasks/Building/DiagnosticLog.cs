using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Tasks.Building;

/// <summary>Shows diagnostics as MSBuild's errors, warnings and messages, each with its code, its place and a link to its page.</summary>
/// <param name="log">Where they go.</param>
/// <param name="project">The project; its settings say how loud they are.</param>
/// <param name="told">What this build has told already.</param>
public sealed class DiagnosticLog(TaskLoggingHelper log, ProjectDescription project, ToldFindings told)
{
    /// <summary>Shows a finding as loud as the project's settings say.</summary>
    /// <param name="diagnostic">The finding.</param>
    public void Write(Diagnostic diagnostic) => Write(diagnostic, SeverityOf(diagnostic.Code.Gate));

    /// <summary>Shows why a verb can't do its work: an error, whatever the settings say of a build that finds it.</summary>
    /// <param name="diagnostic">The failure.</param>
    public void WriteError(Diagnostic diagnostic) => Write(diagnostic with { Code = diagnostic.Code with { Gate = Gate.Error } }, "error");

    private void Write(Diagnostic diagnostic, string severity)
    {
        // An error is told again, because it fails the task that tells it.
        if (severity != "error" && !told.Add($"{project.FilePath}|{severity}|{diagnostic}"))
            return;
        // A message is a line: a server's own text, or quoted SQL, may hold several.
        diagnostic = diagnostic with { Message = string.Join(" ", diagnostic.Message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim())) };
        var code = diagnostic.Code.Id;
        var help = HelpLink(code);
        // Without a place of its own it concerns the project; MSBuild would point into our targets file.
        var (file, line, column) = diagnostic.Place is { } place ? (project.Relative(place.File), place.Line, place.Column) : (project.FilePath, 0, 0);
        switch (severity)
        {
            case "error":
                var because = diagnostic.Code.Gate != Gate.Error && project.IsStrict && project.StrictBecause.Length > 0
                    ? $" (An error, because {project.StrictBecause}.)"
                    : "";
                log.LogError(null, code, null, help, file, line, column, 0, 0, "{0}", diagnostic.Message + because);
                break;
            case "warning":
                log.LogWarning(null, code, null, help, file, line, column, 0, 0, "{0}", diagnostic.Message);
                break;
            case "message":
                log.LogMessage(MessageImportance.Normal, "{0}: {1}", code, diagnostic.Message);
                break;
            default:
                break;
        }
    }

    private string SeverityOf(Gate gate) => gate switch
    {
        Gate.Error => "error",
        Gate.Warning => "warning",
        Gate.Message => "message",
        Gate.Drift => project["Drift"],
        Gate.Unapproved => project["Unapproved"],
        _ => project["NoVerdict"],
    };

    private string HelpLink(string code) => new Uri(Path.GetFullPath(Path.Combine(project.HelpFolder, code + ".md"))).AbsoluteUri;
}
