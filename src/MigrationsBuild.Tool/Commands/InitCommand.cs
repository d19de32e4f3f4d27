using System.CommandLine;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Tool.Output;
using MigrationsBuild.Tool.Setup;

namespace MigrationsBuild.Tool.Commands;

/// <summary>
/// <c>dotnet db init</c>: prepares a project. It isn't a verb, because a verb is a target of the package, and the project doesn't have the
/// package yet.
/// </summary>
internal static class InitCommand
{
    /// <summary>The name of the command.</summary>
    public const string Name = "init";

    /// <summary>Examples for help.</summary>
    public static IReadOnlyList<string> Examples { get; } = ["init", "init --git --owners @database-reviewers", "init --pipeline github"];

    /// <summary>The common options that the command accepts.</summary>
    public static IReadOnlyList<Option> Options { get; } = [GlobalOptions.Project, GlobalOptions.Json, GlobalOptions.Quiet];

    public static Command Create()
    {
        var git = new Option<bool>("--git") { Description = "Set up git: line ends, the merge driver, and the owners of approvals" };
        var owners = new Option<string?>("--owners")
        {
            HelpName = "names",
            Description = "The reviewers of approvals in CODEOWNERS; the default is the owners of all files",
        };
        var pipeline = new Option<string?>("--pipeline")
        {
            HelpName = string.Join("|", Pipeline.All.Select(one => one.Name)),
            Description = "Write a pipeline that builds, checks and reports each pull request",
        };
        var command = new Command(Name, "Prepare a project: packages, a design-time factory if it needs one, git, a pipeline")
        {
            git, owners, pipeline,
        };
        command.SetAction(parsed =>
        {
            var project = ProjectChoice.Find(parsed.GetValue(GlobalOptions.Project), takesSolution: false, Name);
            var call = new InitCall(project)
            {
                Git = parsed.GetValue(git),
                Owners = parsed.GetValue(owners),
                Pipeline = parsed.GetValue(pipeline) is { } name ? Find(name) : null,
            };
            IOutput output = parsed.GetValue(GlobalOptions.Json)
                ? new JsonOutput(Name, project.Path)
                : new PlainOutput(parsed.GetValue(GlobalOptions.Quiet));
            return new InitRun(call, output).Run();
        });
        return command;
    }

    private static Pipeline Find(string name) => Pipeline.All.FirstOrDefault(one => one.Name == name)
        ?? throw new MigrationsException(
            DiagnosticCodes.Usage,
            $"There is no pipeline for '{name}'. There is one for {string.Join(" and ", Pipeline.All.Select(one => one.Name))}.");
}
