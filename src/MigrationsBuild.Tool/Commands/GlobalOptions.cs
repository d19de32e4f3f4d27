using System.CommandLine;

namespace MigrationsBuild.Tool.Commands;

/// <summary>The options that every verb has.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string?> Project = new("--project") { HelpName = "path", Description = "The project, or its folder; for check and current a solution, too" };
    public static readonly Option<string?> StartupProject = new("--startup-project", "-s") { HelpName = "path", Description = "The application whose start-up code makes the library's contexts, or its folder" };
    public static readonly Option<string?> Context = new("--context") { HelpName = "name", Description = "The DbContext, where there are several" };
    public static readonly Option<string?> Configuration = new("--configuration", "-c") { HelpName = "name", Description = "Debug or Release" };
    public static readonly Option<string?> Framework = new("--framework", "-f") { HelpName = "name", Description = "Which of several target frameworks" };
    public static readonly Option<string[]> Property = new("--property", "-p") { HelpName = "Name=Value", Description = "A property for MSBuild; may be repeated", AllowMultipleArgumentsPerToken = false };
    public static readonly Option<bool> NoBuild = new("--no-build") { Description = "Take the project as it was last built" };
    public static readonly Option<bool> NoRestore = new("--no-restore") { Description = "Don't restore packages first" };
    public static readonly Option<bool> Json = new("--json") { Description = "One JSON document on standard output, and nothing else" };
    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Warnings and errors only" };
    public static readonly Option<bool> Verbose = new("--verbose", "-v") { Description = "More: for check and history a longer form, else the build's warnings" };

    public static IReadOnlyList<Option> All { get; } = [Project, StartupProject, Context, Configuration, Framework, Property, NoBuild, NoRestore, Json, Quiet, Verbose];
}
