using System.Text.Json;
using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Tool.DotnetBuild;

namespace MigrationsBuild.Tool.Setup;

/// <summary>Adds the packages to the project, with <c>dotnet add package</c>, which knows central package management.</summary>
internal sealed partial class PackagesStep(ProjectChoice project) : ISetupStep
{
    private const string Package = "MigrationsBuild";
    private const string Design = "Microsoft.EntityFrameworkCore.Design";
    private const string EfCore = "Microsoft.EntityFrameworkCore";

    /// <summary>The ids of all packages that the project uses, directly or through others.</summary>
    public IReadOnlyCollection<string> Used { get; private set; } = [];

    /// <inheritdoc/>
    public void Run(Action<FileChange> add, Action<Diagnostic> warn)
    {
        var (assetsPath, centralPath) = Paths();
        var assets = ProjectAssets.Read(assetsPath);
        Used = assets.Packages.Select(package => package.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missing = new[] { (Id: Package, Version: ToolVersion.Current), (Id: Design, Version: VersionOfEfCore(assets)) }
            .Where(package => !assets.IsReferenced(package.Id))
            .ToList();
        var git = GitFolder.Find(project.Folder);
        var files = new[] { project.Path, centralPath }.Where(File.Exists)
            .Select(path => (Path: path, Before: File.ReadAllBytes(path), CanRestore: git?.CanRestore(path) == true))
            .ToList();
        var added = new List<(string Id, string Version)>();
        try
        {
            foreach (var package in missing)
            {
                Add(package.Id, package.Version);
                added.Add(package);
            }
        }
        finally
        {
            foreach (var file in files.Where(file => !File.ReadAllBytes(file.Path).SequenceEqual(file.Before)))
            {
                var names = added.Select(package => $"{package.Id} {package.Version}");
                add(new FileChange(file.Path, $"added {string.Join(" and ", names)}")
                {
                    Reverse = file.CanRestore ? "" : Reverse(file.Path, added.Select(package => package.Id)),
                });
            }
        }
    }

    private static string Reverse(string path, IEnumerable<string> packages) => Path.GetExtension(path) == ".props"
        ? $"remove the versions of {string.Join(" and ", packages)} from {FileChange.Relative(path)}"
        : string.Join(" && ", packages.Select(id => $"dotnet remove {FileChange.Relative(path)} package {id}"));

    private void Add(string id, string version)
    {
        var run = ProgramRun.Of(DotnetProgram.Path, project.Folder, "add", project.Path, "package", id, "--version", version);
        if (!run.Succeeded)
            throw Failed($"dotnet add package {id} --version {version} failed: {ErrorOf(run)}");
    }

    /// <summary>Restores the project, and reads the paths of its assets file and of the file with the central versions.</summary>
    private (string Assets, string Central) Paths()
    {
        var run = ProgramRun.Of(
            DotnetProgram.Path, project.Folder, "msbuild", project.Path, "-t:Restore", "-nologo", "-tl:off",
            "-getProperty:ProjectAssetsFile", "-getProperty:DirectoryPackagesPropsPath");
        if (!run.Succeeded)
            throw Failed($"{Path.GetFileName(project.Path)} can't be restored: {ErrorOf(run)}");
        using var json = JsonDocument.Parse(run.Output);
        var properties = json.RootElement.GetProperty("Properties");
        return (Value("ProjectAssetsFile"), Value("DirectoryPackagesPropsPath"));

        string Value(string name) => properties.GetProperty(name).GetString()!;
    }

    private string VersionOfEfCore(ProjectAssets assets)
    {
        var versions = assets.Packages.Where(package => package.Id == EfCore).Select(package => package.Version).Distinct().ToList();
        return versions switch
        {
            [var version] => version,
            [] => throw Failed(
                $"{Path.GetFileName(project.Path)} doesn't use EF Core. Run the command on the application that creates the contexts: "
                + "dotnet db init --project <application>. In a new project, first add the provider of the database"),
            _ => throw Failed(
                $"{Path.GetFileName(project.Path)} uses several versions of EF Core: {string.Join(", ", versions)}. "
                + $"Add {Package} and, for each target framework, {Design} to the project file"),
        };
    }

    private static string ErrorOf(ProgramRun run) =>
        (run.Output + "\n" + run.Error).Split('\n').Select(line => line.Trim())
            .FirstOrDefault(line => Error().IsMatch(line)) is { } line
            ? Secrets.Mask(line)
            : $"exit code {run.ExitCode}";

    private static MigrationsException Failed(string why) => new(DiagnosticCodes.NoPackagesAdded, $"{why.TrimEnd('.')}.");

    [GeneratedRegex(@"\berror\s*(?:[A-Z]+\d+)?\s*:")]
    private static partial Regex Error();
}
