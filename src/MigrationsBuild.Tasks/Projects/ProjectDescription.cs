using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Settings;
using MigrationsBuild.Tasks.BuildState;

namespace MigrationsBuild.Tasks.Projects;

/// <summary>What the tasks know of the project: the metadata of one item, which <c>MigrationsBuild.targets</c> makes.</summary>
/// <param name="item">The item.</param>
/// <param name="inputs">What the model may come from.</param>
internal sealed class ProjectDescription(ITaskItem item, IReadOnlyList<ITaskItem> inputs)
{
    private static readonly char[] _separators = [';', ',', ' ', '\t', '\r', '\n'];

    private readonly Lazy<ProjectSettings> _settings = new(() => new ProjectSettings(
        setting => item.GetMetadata(setting.Property),
        isTestProject: IsTrue(item.GetMetadata("IsTestProject"))));

    /// <summary>The project file, absolute.</summary>
    public string FilePath => item.ItemSpec;

    /// <summary>The answers that this build has had.</summary>
    public FreshAnswers Answers { get; init; } = new();

    /// <summary>What the checks of this build have come to so far.</summary>
    public CheckResults Results { get; init; } = new();

    /// <summary>The project's folder, absolute.</summary>
    public string Folder => this["ProjectFolder"];

    /// <summary>Where our own files go: a folder below <c>obj</c>, absolute.</summary>
    public string StateFolder => this["StateFolder"];

    /// <summary>The assembly in the output folder: the project's own, or its start-up project's.</summary>
    public string AssemblyPath => this["AssemblyPath"];

    /// <summary>The project whose start-up code creates the contexts, absolute; empty if it's this one.</summary>
    public string StartupProject => this["StartupProject"];

    /// <summary>
    /// The folder where the start-up code finds its settings, and that a relative path of a database is relative to, absolute. As with
    /// <c>dotnet run</c>, a project can say which (<c>RunWorkingDirectory</c>).
    /// </summary>
    public string StartupFolder => this["RunFolder"] is { Length: > 0 } folder && Directory.Exists(folder) ? folder
        : StartupProject.Length > 0 ? Path.GetDirectoryName(StartupProject)! : Folder;

    /// <summary>Why the start-up project gives no contexts, if there is one and it doesn't.</summary>
    public Diagnostic? StartupProblem =>
        StartupProject.Length == 0 || IsTrue(this["HasStartup"]) ? null
        : !File.Exists(StartupProject) ? new Diagnostic(DiagnosticCodes.NoStartupProject, $"The start-up project {StartupProject} doesn't exist. Correct DbStartupProject: a project file, relative to this project's folder.")
        : new Diagnostic(DiagnosticCodes.NoStartupProject, $"{Path.GetFileName(StartupProject)} makes the contexts of this project and is built after it, so its build has to check them, and it doesn't have the package. Run: dotnet add \"{StartupProject}\" package MigrationsBuild");

    /// <summary>Its deps.json.</summary>
    public string DepsPath => this["DepsPath"];

    /// <summary>The <c>dotnet</c> that runs this build.</summary>
    public string DotnetPath => this["DotnetPath"] is { Length: > 0 } path ? path : "dotnet";

    /// <summary>The worker's assembly.</summary>
    public string WorkerPath => this["WorkerPath"];

    /// <summary>The runner's assembly.</summary>
    public string RunnerPath => this["RunnerPath"];

    /// <summary>The folder of the pages of diagnostics.</summary>
    public string HelpFolder => this["HelpFolder"];

    /// <summary>What the project sets.</summary>
    /// <exception cref="MigrationsException">A setting can't be understood: see <see cref="SettingCheck"/>.</exception>
    public ProjectSettings Settings => _settings.Value;

    /// <summary>Whether a finding that is a warning on a developer's machine is an error here.</summary>
    public bool IsStrict => Settings.IsStrict;

    /// <summary>Why it is strict: <c>CI=true</c>, say.</summary>
    public string StrictBecause => this["StrictBecause"];

    /// <summary>
    /// The sets of arguments, one of which each check and each verb is about: items <c>DbArgumentSet</c>, in the form of <c>DbArguments</c>.
    /// Empty if the project names none.
    /// </summary>
    public IReadOnlyList<string> ArgumentSets => this["ArgumentSets"].Split(['\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The set that this check or verb is about; empty if the project has none.</summary>
    public string ArgumentSet => ArgumentSets.Contains(this["DbArguments"]) ? this["DbArguments"] : "";

    /// <summary>The name of a state file of which there is one for each set of arguments.</summary>
    /// <param name="name">The name without arguments.</param>
    public string NameForArguments(string name) =>
        this["DbArguments"] is { Length: > 0 } arguments ? name + "-" + Fingerprint.Of(arguments) : name;

    /// <summary>Whether the project's <c>NoWarn</c> names a code: its warnings are silent.</summary>
    /// <param name="code">The code.</param>
    public bool Silences(DiagnosticCode code) =>
        this["NoWarn"].Split(_separators, StringSplitOptions.RemoveEmptyEntries).Contains(code.Id, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether this build does the check.</summary>
    public bool ChecksDuringBuild => Settings.ChecksBuildOf(this["TargetFramework"]);

    /// <summary>
    /// What says that a publish of this project deploys migrations, in the words of a finding; <see langword="null"/> unless the project
    /// sets <c>DbPublish</c>: the default is no decision.
    /// </summary>
    /// <exception cref="MigrationsException">The setting can't be understood.</exception>
    public string? Publishes => this["DbPublish"].Length > 0 ? Deployment : null;

    /// <summary>A publish of this project in the words of a finding; <see langword="null"/> if it deploys no migrations.</summary>
    /// <exception cref="MigrationsException">The setting can't be understood.</exception>
    public string? Deployment => Settings.Publish == DeploymentForms.None ? null
        : $"a publish with DbPublish={(this["DbPublish"] is { Length: > 0 } forms ? forms : "files")}";

    /// <summary>Whether <c>dotnet publish</c> has begun this build.</summary>
    public bool IsPublishing => IsTrue(this["IsPublishing"]);

    /// <summary>Whether MSBuild's terminal logger is on, which hides messages.</summary>
    public bool HasTerminalLogger => this["TerminalLogger"] is "1" or "true";

    /// <summary>
    /// The files that the model may come from: assemblies, deps.json, runtimeconfig.json, settings, and what code may read besides. When one
    /// changes, so may the model.
    /// </summary>
    public IReadOnlyList<string> Inputs =>
    [
        .. inputs.Where(input => !IsTrue(input.GetMetadata("IsData")) || InputFiles.MayBeRead(input.GetMetadata("FullPath")))
            .Select(input => input.GetMetadata("FullPath")),
        .. InputFiles.UserSecrets(this["UserSecretsId"]),
    ];

    /// <summary>A value that is no setting.</summary>
    /// <param name="name">The metadata's name.</param>
    public string this[string name] => item.GetMetadata(name);

    /// <summary>A file of ours below <c>obj</c>.</summary>
    /// <param name="name">Its name.</param>
    public string StateFile(string name) => Path.Combine(StateFolder, name);

    /// <summary>Deletes a file of ours below <c>obj</c>, if there is one. Before the first build there isn't even the folder.</summary>
    /// <param name="name">Its name.</param>
    public void DeleteStateFile(string name)
    {
        if (File.Exists(StateFile(name)))
            File.Delete(StateFile(name));
    }

    /// <summary>A path that is relative to the project, absolute.</summary>
    /// <param name="path">The path.</param>
    public string PathOf(string path) => Path.GetFullPath(Path.Combine(Folder, path));

    /// <summary>A finding's path: relative to the project, as the compiler's own problem matchers expect it, if it is below it.</summary>
    /// <param name="path">An absolute path.</param>
    public string Relative(string path) => RelativePath.IsBelow(path, Folder) ? RelativePath.From(Folder, path) : path;

    /// <summary>A path in a verb's output: relative to the project, if it is below it or below a project that it references.</summary>
    /// <param name="path">An absolute path.</param>
    public string Shown(string path) =>
        RelativePath.IsBelow(path, Folder) || ReferencedFolders.Any(folder => RelativePath.IsBelow(path, folder))
            ? RelativePath.From(Folder, path)
            : path;

    /// <summary>
    /// Where the projects lie that this one references, and its start-up project. No setting is asked: one may be what is wrong.
    /// </summary>
    private IEnumerable<string> ReferencedFolders => inputs
        .Select(input => input.GetMetadata("MSBuildSourceProjectFile"))
        .Append(StartupProject)
        .Where(file => file.Length > 0)
        .Select(file => Path.GetDirectoryName(file)!);

    /// <summary>The request to the worker that every build makes; verbs add what they want.</summary>
    public WorkerRequest Request() => new(AssemblyPath, Projects)
    {
        HashCachePath = StateFile("hashes"),
        HistoryCachePath = StateFile("history"),
        DesignAssemblyPath = List("DesignAssemblyPath").FirstOrDefault() ?? "",
        Timeout = Settings.WorkerTimeout,
        Arguments = Settings.Arguments,
        SourceRoots = [.. List("SourceRoots").Select(pair => pair.Split('|')).Where(pair => pair.Length == 2 && pair[0].Length > 0).Select(pair => new KeyValuePair<string, string>(pair[0], pair[1]))],
    };

    /// <summary>The projects whose contexts are looked for: this one first.</summary>
    public IReadOnlyList<MigrationsProject> Projects =>
    [
        new MigrationsProject(this["AssemblyName"], Folder)
        {
            RootNamespace = this["RootNamespace"],
            Language = this["Language"],
            MigrationsFolder = Settings.MigrationsFolder,
            MigrationsNamespace = Settings.MigrationsNamespace,
        },
        .. StartupProject.Length > 0 ? new[] { new MigrationsProject(Path.GetFileNameWithoutExtension(AssemblyPath), Path.GetDirectoryName(StartupProject)!) { IsCheckedElsewhere = true } } : [],
        .. inputs.Where(input => input.GetMetadata("MSBuildSourceProjectFile").Length > 0).Select(Referenced).Where(project => project.AssemblyName != this["AssemblyName"]),
    ];

    /// <summary>
    /// A referenced project. With the package it tells who looks after its migrations: itself, or its start-up project. Without, it's
    /// the project that references it.
    /// </summary>
    private MigrationsProject Referenced(ITaskItem input)
    {
        var file = input.GetMetadata("MSBuildSourceProjectFile");
        var checkedBy = input.GetMetadata("MigrationsBuildCheckedBy");
        return new MigrationsProject(Path.GetFileNameWithoutExtension(input.ItemSpec), Path.GetDirectoryName(file)!)
        {
            RootNamespace = input.GetMetadata("MigrationsBuildRootNamespace") is { Length: > 0 } name ? name : Path.GetFileNameWithoutExtension(file),
            Language = Path.GetExtension(file) switch { ".fsproj" => "F#", ".vbproj" => "VB", _ => "C#" },
            MigrationsFolder = input.GetMetadata("MigrationsBuildFolder"),
            MigrationsNamespace = input.GetMetadata("MigrationsBuildNamespace"),
            IsCheckedElsewhere = StartupProject.Length > 0 || (checkedBy.Length > 0 && !string.Equals(checkedBy, FilePath, StringComparison.OrdinalIgnoreCase)),
        };
    }

    /// <summary>The values of a list.</summary>
    /// <param name="name">The metadata's name.</param>
    public IReadOnlyList<string> List(string name) => this[name].Split([';'], StringSplitOptions.RemoveEmptyEntries);

    private static bool IsTrue(string text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
}
