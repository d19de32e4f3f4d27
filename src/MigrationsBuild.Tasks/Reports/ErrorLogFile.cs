using System.Reflection;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Tasks.Logging;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Reports;

/// <summary>The SARIF file that <c>DbErrorLog</c> asks for, in the syntax of the compiler's <c>ErrorLog</c>.</summary>
/// <param name="project">The project.</param>
/// <param name="diagnostics">It knows how findings are shown.</param>
internal sealed class ErrorLogFile(ProjectDescription project, DiagnosticLog diagnostics)
{
    /// <summary>Writes it, unless it is there already as it should be.</summary>
    /// <param name="findings">All findings of a check.</param>
    public void Write(IEnumerable<Diagnostic> findings)
    {
        if (project.Settings.ErrorLog.Length == 0)
            return;
        var version = typeof(ErrorLogFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        var sarif = new SarifFindings(version, project.FilePath, SourcePaths.Of(project.Folder), diagnostics.Page);
        var path = project.PathOf(project.Settings.ErrorLog);
        var shown = project.Results.Add<IReadOnlyList<ShownFinding>>(path, project.ArgumentSet, [.. findings.Select(diagnostics.Show)]);
        FileTransaction.WriteFile(path, sarif.Log(shown.SelectMany(check => check)).ToJson());
    }
}
