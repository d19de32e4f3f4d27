using System.Reflection;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Tasks.Logging;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Reports;

/// <summary>The SARIF file that <c>DbErrorLog</c> names, in the syntax of the compiler's <c>ErrorLog</c>.</summary>
internal sealed class ErrorLogFile(ProjectDescription project, DiagnosticLog diagnostics)
{
    /// <summary>Writes all findings of a check, unless the file already has the same content.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="verb">The verb that has found them, if it isn't the check. The file keeps those of this build's check.</param>
    public void Write(IEnumerable<Diagnostic> findings, string verb = "")
    {
        if (project.Settings.ErrorLog.Length == 0)
            return;
        var version = typeof(ErrorLogFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
        var sarif = new SarifFindings(
            version?.InformationalVersion ?? "0",
            project.FilePath,
            SourcePaths.Of(project.Folder),
            diagnostics.Page);
        var path = project.PathOf(project.Settings.ErrorLog);
        var shown = project.Results.Add<IReadOnlyList<ShownFinding>>(
            path, project.ArgumentSet + verb, [.. findings.Select(diagnostics.Show)]);
        FileTransaction.WriteFile(path, sarif.Log(shown.SelectMany(check => check)).ToJson());
    }
}
