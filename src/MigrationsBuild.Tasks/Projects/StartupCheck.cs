using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Tasks.Projects;

/// <summary>Whether the build of a start-up project checks the migrations of a library.</summary>
/// <param name="library">The library.</param>
/// <param name="startup">The start-up project, with the settings that decide whether its build checks.</param>
internal sealed class StartupCheck(ProjectDescription library, ITaskItem startup)
{
    private static readonly Regex _reference = new(@"""msbuildProject""\s*:\s*""((?:[^""\\]|\\.)*)""");

    /// <summary>Why no build checks the library; <see langword="null"/> if the start-up project does.</summary>
    public Diagnostic? Problem => ChecksNothing
        ? Failure("its builds don't check migrations. Set DbCheckDuringBuild to true in that project")
        : !IsReferenced
            ? Failure($"it doesn't reference this project. Run: dotnet add \"{startup.ItemSpec}\" reference \"{library.FilePath}\"")
            : null;

    private bool ChecksNothing
    {
        get
        {
            var settings = new ProjectDescription(startup, []).Settings;
            return settings.ChecksNoBuild || library.IsStrict && !settings.ChecksBuildOf("");
        }
    }

    /// <summary>
    /// Whether the start-up project references the library, directly or through others. Only NuGet knows that before a build. If it has not
    /// restored the start-up project, the build of that project fails.
    /// </summary>
    private bool IsReferenced
    {
        get
        {
            var assets = startup.GetMetadata("AssetsFile");
            return !File.Exists(assets) || _reference.Matches(File.ReadAllText(assets)).Cast<Match>()
                .Select(match => Path.Combine(Path.GetDirectoryName(startup.ItemSpec)!, Regex.Unescape(match.Groups[1].Value)))
                .Any(path => string.Equals(Path.GetFullPath(path), library.FilePath, StringComparison.OrdinalIgnoreCase));
        }
    }

    private Diagnostic Failure(string reason) => new(
        DiagnosticCodes.NoStartupProject,
        $"No build checks the migrations of this project: {Path.GetFileName(startup.ItemSpec)} creates its contexts, but {reason}");
}
