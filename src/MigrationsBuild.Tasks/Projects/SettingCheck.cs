using System.Collections;
using System.Runtime.InteropServices;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;

namespace MigrationsBuild.Tasks.Projects;

/// <summary>Checks what a project sets, and where it has it from, before any task does its work.</summary>
/// <param name="project">The project.</param>
/// <param name="call">What was said in this call.</param>
internal sealed class SettingCheck(ProjectDescription project, CallProperties call)
{
    private readonly SettingOrigins _origins = new(
        EnvironmentVariables(), call.Given, project.List("ClearedSettings"), PropsFiles(project));

    /// <summary>What is wrong, each an error whatever other settings say.</summary>
    public IReadOnlyList<Diagnostic> Problems =>
        [.. ProjectSettings.Problems(TextOf, Frameworks, project.ArgumentSets), .. _origins.Problems(TextOf)];

    /// <summary>The environment variables that have the name of a setting and no effect.</summary>
    public IReadOnlyList<string> IgnoredVariables => _origins.Ignored;

    private string[] Frameworks => [.. project.List("TargetFrameworks").Select(framework => framework.Trim())];

    private string TextOf(Setting setting) => project[setting.Property];

    /// <summary>On Windows a variable has the case that somebody happened to give it first, and any other finds it too.</summary>
    private static Dictionary<string, string> EnvironmentVariables()
    {
        var ignoresCase = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
        var variables = new Dictionary<string, string>();
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            var name = (string)entry.Key;
            variables[ignoresCase ? name.ToUpperInvariant() : name] = (string?)entry.Value ?? "";
        }

        return variables;
    }

    /// <summary>What MSBuild imports before a package's props: Directory.Build.props, and the files that it may import.</summary>
    private static IEnumerable<string> PropsFiles(ProjectDescription project)
    {
        if (File.Exists(project["PropsFile"]))
            yield return project["PropsFile"];
        for (var folder = new DirectoryInfo(project.Folder); folder is not null; folder = folder.Parent)
        {
            foreach (var file in folder.Exists ? Directory.GetFiles(folder.FullName, "*.props") : [])
                yield return file;
        }
    }
}
