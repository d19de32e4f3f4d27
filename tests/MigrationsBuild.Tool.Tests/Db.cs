using MigrationsBuild.Testing;

namespace MigrationsBuild.Tool.Tests;

/// <summary>The built tool as a process.</summary>
internal static class Db
{
    public static string Assembly { get; } = Repository.Part("MigrationsBuild.Tool");

    /// <summary>Runs it, whatever its exit code.</summary>
    public static CommandResult Run(string folder, IReadOnlyDictionary<string, string?>? environment, params string[] arguments) =>
        Dotnet.RunTool(folder, Dotnet.Path, ["exec", Assembly, .. arguments], environment);

    /// <summary>Runs it on a project whose packages are restored.</summary>
    public static CommandResult Call(
        this TestProject project,
        IReadOnlyDictionary<string, string?>? environment,
        params string[] arguments) =>
        Run(project.Folder.Path, environment, [.. arguments, "--no-restore"]);

    /// <summary>Runs it on a project's own database; it must succeed.</summary>
    public static string Succeed(this TestProject project, params string[] arguments) => project.Succeed(null, arguments);

    /// <summary>Runs it; it must succeed.</summary>
    public static string Succeed(this TestProject project, IReadOnlyDictionary<string, string?>? environment, params string[] arguments)
    {
        var result = project.Call(environment, arguments);
        Assert.AreEqual(0, result.ExitCode, result.ToString());
        return result.Output;
    }
}
