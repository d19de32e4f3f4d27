using System.Reflection;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Tasks.Building;

namespace MigrationsBuild.Tasks.Reports;

/// <summary>The SARIF file that <c>DbErrorLog</c> asks for, in the syntax of the compiler's <c>ErrorLog</c>.</summary>
/// <param name="project">The project.</param>
/// <param name="diagnostics">It knows how findings are shown.</param>
internal sealed class ErrorLogFile(ProjectDescription project, DiagnosticLog diagnostics)
{
    /// <summary>Writes it, unless it is there already as it should be.</summary>
    /// <param name="findings">All findings of a check.</param>
    /// <exception cref="MigrationsException">The setting can't be understood.</exception>
    public void Write(IEnumerable<Diagnostic> findings)
    {
        var setting = project["ErrorLog"];
        if (setting.Length == 0)
            return;
        var version = typeof(ErrorLogFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        var sarif = new SarifFindings(version, project.FilePath, SourcePaths.Of(project.Folder), diagnostics.Page);
        FileTransaction.WriteFile(project.PathOf(FileOf(setting)), sarif.Log(findings.Select(diagnostics.Show)).ToJson());
    }

    /// <summary>The file that the setting names.</summary>
    /// <param name="setting"><c>file</c>, or <c>file,version=2.1</c>; as in the compiler, a semicolon does, too.</param>
    /// <exception cref="MigrationsException">There is no file, or another version.</exception>
    internal static string FileOf(string setting)
    {
        var parts = setting.Split([',', ';'], 2);
        var file = parts[0].Trim();
        var version = parts.Length > 1 ? parts[1].Trim() : "version=2.1";
        if (file.Length == 0 || version.ToLowerInvariant() is not ("version=2.1" or "version=2.1.0" or "version=2"))
            throw new MigrationsException(DiagnosticCodes.InvalidSetting, $"DbErrorLog is {setting}. It can be: <file>, or <file>,version=2.1. SARIF is written in version 2.1 only.");
        return file;
    }
}
