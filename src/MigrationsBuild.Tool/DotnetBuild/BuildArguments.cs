using System.Globalization;
using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.DotnetBuild;

/// <summary>The command line of <c>dotnet build</c> for a call.</summary>
internal static class BuildArguments
{
    // A name, because the type itself needs MSBuild's assemblies, which the tool doesn't have.
    private const string Logger = "MigrationsBuild.Tool.DotnetBuild.EventLogger";

    /// <summary>The arguments.</summary>
    /// <param name="call">The call.</param>
    /// <param name="project">The project or solution.</param>
    /// <param name="eventPipe">See <see cref="EventReader.PipeName"/>.</param>
    /// <param name="isRecording">Whether the build reports the files that its answer depends on.</param>
    public static IReadOnlyList<string> Of(VerbCall call, ProjectChoice project, string eventPipe, bool isRecording)
    {
        var parameters = eventPipe + (isRecording ? "|" + EventLogger.Recording : "");
        var logger = $"-logger:{Logger},{typeof(BuildArguments).Assembly.Location};{parameters}";
        List<string> arguments = ["build", project.Path, "-nologo", "-noConsoleLogger", logger, "-t:" + call.Verb.Target];
        if (call.NoRestore || call.NoBuild)
            arguments.Add("--no-restore");
        if (call.NoBuild)
            arguments.Add("-p:NoBuild=true");
        if (call.Configuration is { } configuration)
            arguments.Add("-p:Configuration=" + Escape(configuration));
        if (project.IsSolution)
            arguments.Add("-p:DirectorySolutionTargetsPath=" + Escape(Path.Combine(AppContext.BaseDirectory, "Solution.targets")));
        arguments.Add($"-p:{ToolHints.Property}={ToolHints.Value}");
        arguments.AddRange(call.Properties.Select(property => $"-p:{property.Key}={Escape(property.Value)}"));
        return arguments;
    }

    /// <summary>
    /// A value with percent-encoded special characters. Quotes are not enough: MSBuild also evaluates separators, escapes and expressions
    /// in quoted values.
    /// </summary>
    public static string Escape(string value) => string.Concat(value.Select(c =>
        "%$@'();?*,\"\r\n".Contains(c, StringComparison.Ordinal)
            ? "%" + ((int)c).ToString("X2", CultureInfo.InvariantCulture)
            : c.ToString()));
}
