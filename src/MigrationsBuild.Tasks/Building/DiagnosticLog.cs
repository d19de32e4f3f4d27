using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Tasks.Building;

/// <summary>Shows diagnostics as MSBuild's errors, warnings and messages, each with its code, its place and a link to its page.</summary>
/// <param name="log">Where they go.</param>
/// <param name="project">The project; its settings say how loud they are.</param>
public sealed class DiagnosticLog(TaskLoggingHelper log, ProjectDescription project)
{
    /// <summary>Whether a gate is shut: what it guards must not happen.</summary>
    /// <param name="diagnostic">The finding.</param>
    public bool IsError(Diagnostic diagnostic) => SeverityOf(diagnostic.Code.Gate) == "error";

    /// <summary>Shows one.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    public void Write(Diagnostic diagnostic)
    {
        var code = diagnostic.Code.Id;
        var help = HelpLink(code);
        var (file, line, column) = (RelativePath(diagnostic.Place?.File), diagnostic.Place?.Line ?? 0, diagnostic.Place?.Column ?? 0);
        switch (SeverityOf(diagnostic.Code.Gate))
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
                log.LogMessage(null, code, null, file, line, column, 0, 0, MessageImportance.Normal, "{0}", $"{code}: {diagnostic.Message}");
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

    /// <summary>Relative to the project, as the compiler's own problem matchers expect it, if it is below it.</summary>
    private string? RelativePath(string? path) =>
        path is not null && path.StartsWith(project.Folder, StringComparison.Ordinal) ? path.Substring(project.Folder.Length).TrimStart('/', '\\') : path;
}
