using System.Globalization;
using MigrationsBuild.Files;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Caching;

/// <summary>
/// The stamp of a project as it is now: the request that a check would make, size and time of every input, and what else the code may
/// depend on.
/// </summary>
internal sealed class InputStamp(ProjectDescription project)
{
    /// <summary>The stamp of everything.</summary>
    public string OfAll() => OfAll(OfSurroundings());

    /// <summary>The stamp of everything.</summary>
    /// <param name="surroundings">The result of <see cref="OfSurroundings"/>.</param>
    public string OfAll(string surroundings) => Fingerprint.Of(surroundings + "|" + OfCode());

    /// <summary>The stamp of the assemblies of the projects.</summary>
    public string OfCode() => Fingerprint.Of(Files(project.Code));

    /// <summary>The stamp of everything except for those assemblies.</summary>
    public string OfSurroundings()
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
        || variable.StartsWith(project.Settings.ConnectionVariable, StringComparison.OrdinalIgnoreCase);
}
