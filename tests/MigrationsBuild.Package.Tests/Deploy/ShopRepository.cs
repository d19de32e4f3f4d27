using System.Diagnostics;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Package.Tests.Deploy;

/// <summary>
/// A git repository with the project <c>Shop</c>, which gets the packed package. Its first commit has one migration, and what is checked
/// out has a second one, as in a pull request.
/// </summary>
internal sealed class ShopRepository : IDisposable
{
    private static readonly Lazy<ShopRepository> _shared = new(() => new ShopRepository());
    private readonly Consumer _project = Consumer.Create(TestPackages.Npgsql, folder: "Shop");

    private ShopRepository()
    {
        _project.Folder.Replace("AppContext.cs", "AppDbContext", "ShopContext");
        File.WriteAllText(PathOf(".gitignore"), "bin/\nobj/\nout/\n*.binlog\n");
        WriteRollOut();
        Git("init", "--quiet");
        CommitMigration("initial");
        _project.Folder.Replace("Models/User.cs", "\n}", "\n\n    public string? Avatar { get; set; }\n}");
        CommitMigration("add user avatar");
    }

    /// <summary>The one of this test run.</summary>
    public static ShopRepository Shared => _shared.Value;

    /// <summary>The application and its migrations, as the workflow publishes them.</summary>
    public string Published
    {
        get
        {
            if (!File.Exists(PathOf("out/migrations/MigrationsBuild.Runner.dll")))
                PipelineStep.OfGitHub(DeployDocument.Yaml("deploy.yml"), "build").Single(step => !step.IsAction).Succeeds([], []);
            return PathOf("out");
        }
    }

    /// <summary>The absolute path of a file in it.</summary>
    public string PathOf(string relative) => Path.Combine(_project.Folder.Run, relative);

    /// <summary>Runs a program with the package feed and the <c>dotnet</c> of these tests.</summary>
    /// <param name="folder">Where, relative to the repository.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables for it alone.</param>
    public CommandResult Run(
        string folder, string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>> environment) =>
        CommandLine.Run(PathOf(folder), program, arguments, Variables(environment));

    /// <summary>Starts a program as <see cref="Run"/> does; its output is the caller's to read.</summary>
    public Process Start(
        string folder, string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>> environment) =>
        CommandLine.Start(PathOf(folder), program, arguments, Variables(environment));

    /// <summary>Runs git, which must succeed.</summary>
    public string Git(params string[] arguments)
    {
        var result = Run("", "git", ["-c", "user.name=Tester", "-c", "user.email=tester@example.com", .. arguments], []);
        Assert.AreEqual(0, result.ExitCode, result.ToString());
        return result.Output.Trim();
    }

    public void Dispose() => _project.Dispose();

    private static Dictionary<string, string?> Variables(IEnumerable<KeyValuePair<string, string?>> environment)
    {
        var variables = PackageFeed.Shared.Environment;
        variables["PATH"] = string.Join(Path.PathSeparator, Path.GetDirectoryName(Dotnet.Path), Environment.GetEnvironmentVariable("PATH"));
        foreach (var (name, value) in environment)
            variables[name] = value;
        return variables;
    }

    private void CommitMigration(string message)
    {
        _project.Verb("DbRevision", $"Msg={message}");
        _project.Verb("DbApprove");
        Git("add", "--all");
        Git("commit", "--quiet", "--message", message);
    }

    /// <summary>The script that rolls out succeeds only with an application, and on a migrated database.</summary>
    private void WriteRollOut()
    {
        Directory.CreateDirectory(PathOf("deploy"));
        File.WriteAllText(
            PathOf("deploy/roll-out.sh"),
            "#!/bin/sh\nset -e\ntest -f \"$1/App.dll\"\npsql -c 'SELECT \"Avatar\" FROM \"Users\"'\necho 'Rolled out'\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(PathOf("deploy/roll-out.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
