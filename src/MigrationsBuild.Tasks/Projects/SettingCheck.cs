using System.Collections;
using System.Runtime.InteropServices;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Projects;

/// <summary>Checks the values and the origins of a project's settings, before any task does its work.</summary>
internal sealed class SettingCheck(ProjectDescription project, CallProperties call)
{
    private const string RequireReviewer = "DbRequireReviewer";

    private readonly SettingOrigins _origins = new(
        EnvironmentVariables(), call.Given, project.List("ClearedSettings"), PropsFiles(project));

    /// <summary>The problems. Each is an error, whatever the values of other settings.</summary>
    public IReadOnlyList<Diagnostic> Problems =>
    [
        .. ProjectSettings.Problems(TextOf, Frameworks, project.ArgumentSets),
        .. _origins.Problems(TextOf),
        .. project.Severities.Problems,
        .. Misplaced(),
        .. MisspelledInCall(),
        .. MeaninglessInFiles(),
    ];

    /// <summary>A property of a call that is meant to make a check stricter, and has no effect in a project.</summary>
    private IEnumerable<Diagnostic> Misplaced()
    {
        if (project["RequireReviewer"] is { Length: > 0 } value && call[RequireReviewer].Length == 0)
        {
            yield return new Diagnostic(
                DiagnosticCodes.InvalidSetting,
                $"{RequireReviewer} is {value}, but it counts only in a command line, together with DbReportSince. "
                + "Remove it from the project and from the environment.",
                Hint.Run(VerbTable.Check).With(RequireReviewer, "true"));
        }
    }

    /// <summary>Misspelled names in <c>-p:</c>. MSBuild accepts any name, and nobody reads such a property.</summary>
    private IEnumerable<Diagnostic> MisspelledInCall() =>
        from name in call.Given
        let meant = PropertyNames.Meant(name)
        where meant is not null
        select new Diagnostic(
            DiagnosticCodes.InvalidSetting, $"There is no property {name}. Did you mean {meant}?");

    /// <summary>
    /// Names in the project file and in Directory.Build.props, where most settings are, that are misspelled or count only in a command
    /// line; and settings in Directory.Build.targets, which MSBuild imports after the package has read them. <see cref="Misplaced"/>
    /// reports <see cref="RequireReviewer"/>, wherever it is.
    /// </summary>
    private IEnumerable<Diagnostic> MeaninglessInFiles() =>
        from file in new[] { project.FilePath, project["PropsFile"], project["TargetsFile"] }
        where file.Length > 0 && File.Exists(file)
        let text = File.ReadAllText(file)
        from element in ElementsLikeSettings(text)
        let problem = ProblemOf(element.Name, isReadTooLate: file == project["TargetsFile"])
        where problem is not null
        select new Diagnostic(DiagnosticCodes.InvalidSetting, problem, Location.At(file, text, element.Index));

    private static string? ProblemOf(string name, bool isReadTooLate) =>
        PropertyNames.Meant(name) is { } meant
            ? $"There is no setting {name}. Did you mean {meant}? If it is your own property, rename it."
            : PropertyNames.IsOfCallsOnly(name) && !name.Equals(RequireReviewer, StringComparison.OrdinalIgnoreCase)
                ? $"{name} has an effect only in a command line. Remove it from this file."
                : isReadTooLate && ProjectSettings.All.Any(setting => setting.Property.Equals(name, StringComparison.OrdinalIgnoreCase))
                    ? $"MSBuild imports this file after MigrationsBuild has read {name}. "
                        + "Move it to Directory.Build.props or the project file."
                    : null;

    /// <summary>
    /// The elements outside of comments whose names begin like those of settings. Without regular expressions, which would take ten
    /// milliseconds in every build.
    /// </summary>
    private static IEnumerable<NamedElement> ElementsLikeSettings(string xml)
    {
        const string Comment = "<!--";
        for (var i = xml.IndexOf('<'); i >= 0; i = xml.IndexOf('<', i + 1))
        {
            if (string.CompareOrdinal(xml, i, Comment, 0, Comment.Length) == 0)
            {
                i = xml.IndexOf("-->", i + Comment.Length, StringComparison.Ordinal);
                if (i < 0)
                    yield break;
            }
            else if (string.Compare(xml, i + 1, "Db", 0, 2, StringComparison.OrdinalIgnoreCase) == 0)
            {
                var end = i + 3;
                while (end < xml.Length && (char.IsLetterOrDigit(xml[end]) || xml[end] == '_'))
                    end++;
                if (end > i + 3)
                    yield return new(xml.Substring(i + 1, end - i - 1), i + 1);
            }
        }
    }

    /// <summary>The environment variables that have the name of a setting and no effect.</summary>
    public IReadOnlyList<string> IgnoredVariables => _origins.Ignored;

    private string[] Frameworks => [.. project.List("TargetFrameworks").Select(framework => framework.Trim())];

    private string TextOf(Setting setting) => project[setting.Property];

    /// <summary>The environment. On Windows the names of variables are not case-sensitive.</summary>
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

    /// <summary>The files that MSBuild imports before a package's props: Directory.Build.props, and files that it may import.</summary>
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

    /// <param name="Name">The name of an element.</param>
    /// <param name="Index">The index of its name in the file.</param>
    private sealed record NamedElement(string Name, int Index);
}
