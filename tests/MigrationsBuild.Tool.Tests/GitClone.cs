using MigrationsBuild.Testing;
using MigrationsBuild.Tool.Setup;

namespace MigrationsBuild.Tool.Tests;

/// <summary>A git repository in which the tool is installed, and git is set up for it.</summary>
internal sealed class GitClone : IDisposable
{
    private readonly TestFolder _folder;
    private readonly TestFolder _programs = new();

    /// <summary>Creates the repository with the files of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="hasTool">Whether the tool is installed.</param>
    /// <param name="hasDriver">Whether the merge driver is configured.</param>
    /// <param name="start">A command of the shell that starts the tool.</param>
    public GitClone(TestFolder folder, bool hasTool = true, bool hasDriver = true, string start = ":")
    {
        _folder = folder;
        _programs.Write(
            "dotnet-db", hasTool ? $"#!/bin/sh\n{start}\nexec {Dotnet.Path} exec {Db.Assembly} \"$@\"\n" : "#!/bin/sh\nexit 1\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_programs["dotnet-db"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Succeed("init", "-q", "-b", "main");
        folder.Write(".gitignore", "bin/\nobj/\n*.db\n*.binlog\n");
        if (hasDriver)
        {
            folder.Write(".gitattributes", string.Join("\n", MergeDriver.Attributes) + "\n");
            Succeed("config", $"merge.{MergeDriver.Name}.driver", MergeDriver.Command);
        }

        Commit("first");
    }

    /// <summary>Who commits. The address is that of <c>example.org</c>.</summary>
    public string Person { get; set; } = "Test";

    /// <summary>The environment in which the tool is found.</summary>
    public Dictionary<string, string?> Environment => new()
    {
        ["PATH"] = $"{_programs.Path}{Path.PathSeparator}{Path.GetDirectoryName(Dotnet.Path)}{Path.PathSeparator}"
            + System.Environment.GetEnvironmentVariable("PATH"),
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
    };

    public CommandResult Run(params string[] arguments) => CommandLine.Run(
        _folder.Path,
        "git",
        [
            "-c", $"user.name={Person}", "-c", $"user.email={Person.ToLowerInvariant()}@example.org", "-c", "core.editor=true",
            .. arguments,
        ],
        Environment);

    /// <summary>Runs a command, which must succeed, and returns its output.</summary>
    public string Succeed(params string[] arguments)
    {
        var result = Run(arguments);
        Assert.AreEqual(0, result.ExitCode, result.ToString());
        return result.Output;
    }

    /// <summary>Commits all files.</summary>
    public void Commit(string message)
    {
        Succeed("add", "--all");
        Succeed("commit", "-q", "-m", message);
    }

    public void Dispose() => _programs.Dispose();
}
