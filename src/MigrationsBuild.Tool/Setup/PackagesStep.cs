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
        var missing = Missing(assets).ToList();
        var git = GitFolder.Find(project.Folder);
        var files = new[] { project.Path, centralPath }.Where(File.Exists).Select(path => new PackagesFile(path, git)).ToList();
        try
        {
            foreach (var package in missing)
                Add(package, files);
        }
        finally
        {
            foreach (var change in files.Select(file => file.Change).OfType<FileChange>())
                add(change);
        }
    }

    /// <summary>The packages that the project doesn't reference, and the versions that it gets.</summary>
    private IEnumerable<(string Id, string Version)> Missing(ProjectAssets assets)
    {
        if (!assets.IsReferenced(Package))
            yield return (Package, ToolVersion.Current);
        if (!assets.IsReferenced(Design))
            yield return (Design, VersionOfEfCore(assets));
    }

    private void Add((string Id, string Version) package, List<PackagesFile> files)
    {
        var (id, version) = package;
        var run = ProgramRun.Of(DotnetProgram.Path, project.Folder, "add", project.Path, "package", id, "--version", version);
        files.ForEach(file => file.Note(package));
        if (!run.Succeeded)
            throw Failed($"dotnet add package {id} --version {version} failed: {ErrorOf(run)}");
    }

    /// <summary>Restores the project, and reads the paths of its assets file and of the file with the central versions.</summary>
    private (string Assets, string Central) Paths()
    {
        var run = ProgramRun.Of(
            DotnetProgram.Path, project.Folder, "msbuild", project.Path, "-t:Restore", "-nologo", "-tl:off",
            "-getProperty:MSBuildProjectExtensionsPath", "-getProperty:DirectoryPackagesPropsPath");
        if (!run.Succeeded)
            throw Failed($"{Path.GetFileName(project.Path)} can't be restored: {ErrorOf(run)}");
        using var json = JsonDocument.Parse(run.Output);
        var properties = json.RootElement.GetProperty("Properties");
        // ProjectAssetsFile is empty in a project with several target frameworks, unless it was restored before.
        return (Path.Combine(Value("MSBuildProjectExtensionsPath"), "project.assets.json"), Value("DirectoryPackagesPropsPath"));

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
