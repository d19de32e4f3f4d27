using System.Globalization;
using MigrationsBuild.Files;
using MigrationsBuild.Settings;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Caching;

/// <summary>
/// The stamp of a project: the request that a check would make, size and time of every input, and what else the code may depend on. A task
/// takes one before it asks the worker, and everything that it stores has this stamp. An answer doesn't reflect later changes.
/// </summary>
internal sealed class InputStamp(ProjectDescription project)
{
    private string? _code;
    private string? _surroundings;

    /// <summary>The stamp of everything, as it was when it was first read.</summary>
    public string All => Fingerprint.Of(Surroundings + "|" + Code);

    /// <summary>The stamp of the assemblies of the projects, as they were when it was first read.</summary>
    public string Code => _code ??= CodeNow();

    /// <summary>The stamp of everything except for those assemblies, as it was when it was first read.</summary>
    public string Surroundings => _surroundings ??= SurroundingsNow();

    /// <summary>Whether the assemblies have changed since.</summary>
    public bool HasChangedCode => CodeNow() != Code;

    private string CodeNow() => Fingerprint.Of(Files(project.Code));

    private string SurroundingsNow()
    {
        // An MSBuild process may outlive a change of the time zone.
        TimeZoneInfo.ClearCachedData();
        return Fingerprint.Of(string.Join("|",
        [
            project.RequestText,
            project["HostOptions"],
            EnvironmentFingerprint.Of(IsIgnored),
            TimeZoneInfo.Local.Id,
            CultureInfo.CurrentCulture.Name,
            CultureInfo.CurrentUICulture.Name,
            Files(project.Inputs),
        ]));
    }

    private static string Files(IEnumerable<string> paths) =>
        string.Join("|", paths.Distinct().Select(path => path + "=" + FileStamp.Of(path)));

    /// <summary>
    /// Whether a variable has no effect on the answer: MSBuild sets variables of its own, and only the runner reads the connection.
    /// </summary>
    private bool IsIgnored(string variable) => EnvironmentFingerprint.IsOfMSBuild(variable)
        || ConnectionVariables.IsForAnyContext(project.Settings.ConnectionVariable, variable);
}
