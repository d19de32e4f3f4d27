using System.CommandLine;

namespace MigrationsBuild.Tool.Commands;

/// <summary>The options that every verb has.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string?> Project = new("--project")
    {
        HelpName = "path",
        Description = "The project file or its folder; for check and current also a solution",
    };

    public static readonly Option<string?> StartupProject = new("--startup-project", "-s")
    {
        HelpName = "path",
        Description = "The application whose start-up code creates the library's contexts, or its folder",
    };

    public static readonly Option<string?> Context = new("--context")
    {
        HelpName = "name",
        Description = "The DbContext, if there are several",
    };

    public static readonly Option<string?> Configuration = new("--configuration", "-c")
    {
        HelpName = "name",
        Description = "Debug or Release",
    };

    public static readonly Option<string?> Framework = new("--framework", "-f")
    {
        HelpName = "name",
        Description = "The target framework, if there are several",
    };

    public static readonly Option<string[]> Property = new("--property", "-p")
    {
        HelpName = "Name=Value",
        Description = "A property for MSBuild; can be repeated",
        AllowMultipleArgumentsPerToken = false,
    };

    public static readonly Option<bool> NoBuild = new("--no-build") { Description = "Use the output of the last build" };

    public static readonly Option<bool> NoRestore = new("--no-restore") { Description = "Don't restore packages before the build" };

    public static readonly Option<bool> Json = new("--json") { Description = "Write one JSON document to standard output" };

    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Show only warnings and errors" };

    public static readonly Option<bool> Verbose = new("--verbose", "-v")
    {
        Description = "Show more: a longer form of check and history, and for other verbs the build's warnings",
    };

    public static IReadOnlyList<Option> All { get; } =
    [
        Project, StartupProject, Context, Configuration, Framework, Property, NoBuild, NoRestore, Json, Quiet, Verbose,
    ];
}
