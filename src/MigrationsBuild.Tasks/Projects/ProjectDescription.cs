using Microsoft.Build.Framework;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Settings;
using MigrationsBuild.Tasks.BuildState;
using MigrationsBuild.Tasks.Designers;

namespace MigrationsBuild.Tasks.Projects;

/// <summary>The project as the tasks know it: the metadata of one item that <c>MigrationsBuild.targets</c> creates.</summary>
/// <param name="item">The item.</param>
/// <param name="inputs">The files that the model may depend on.</param>
internal sealed class ProjectDescription(ITaskItem item, IReadOnlyList<ITaskItem> inputs)
{
    private static readonly char[] _separators = [';', ',', ' ', '\t', '\r', '\n'];

    private readonly Lazy<ProjectSettings> _settings = new(() => new ProjectSettings(
        setting => item.GetMetadata(setting.Property),
        isTestProject: IsTrue(item.GetMetadata("IsTestProject"))));

    private readonly Lazy<ConfiguredSeverities> _severities = new(() => new ConfiguredSeverities(
        item.GetMetadata("AnalyzerConfigs").Split(['\n'], StringSplitOptions.RemoveEmptyEntries)));

    private string? _requestText;

    /// <summary>The absolute path of the project file.</summary>
    public string FilePath => item.ItemSpec;

    public FreshAnswers Answers { get; init; } = new();

    public CheckResults Results { get; init; } = new();

    public EarlyWorkers EarlyWorkers { get; init; } = new();

    /// <summary>The absolute path of the project's folder.</summary>
    public string Folder => this["ProjectFolder"];

    /// <summary>The absolute path of the package's own folder below <c>obj</c>.</summary>
    public string StateFolder => this["StateFolder"];

    /// <summary>The assembly in the output folder: that of the start-up project if there is one, else the project's own.</summary>
    public string AssemblyPath => this["AssemblyPath"];

    /// <summary>The absolute path of the project whose start-up code creates the contexts; empty if it is this one.</summary>
    public string StartupProject => this["StartupProject"];

    /// <summary>
    /// The absolute path of the folder in which the start-up code runs. Relative paths of settings and databases are relative to it.
    /// As with <c>dotnet run</c>, <c>RunWorkingDirectory</c> overrides the project's folder.
    /// </summary>
    public string StartupFolder =>
        this["RunFolder"] is { Length: > 0 } folder && Directory.Exists(folder) ? folder
        : StartupProject.Length > 0 ? Path.GetDirectoryName(StartupProject)!
        : Folder;

    /// <summary>Why the start-up project can't provide the contexts; <see langword="null"/> if it can, or if there is none.</summary>
    public Diagnostic? StartupProblem
    {
        get
        {
            if (StartupProject.Length == 0 || IsTrue(this["HasStartup"]))
                return null;
            if (!File.Exists(StartupProject))
            {
                return new Diagnostic(
                    DiagnosticCodes.NoStartupProject,
                    $"The start-up project {StartupProject} doesn't exist. "
                    + "Set DbStartupProject to the path of a project file, relative to this project's folder.");
            }

            return new Diagnostic(
                DiagnosticCodes.NoStartupProject,
                $"{Path.GetFileName(StartupProject)} creates the contexts of this project and is built after it, "
                + "so its build has to check them, but it doesn't have the package. "
                + $"Run: dotnet add \"{StartupProject}\" package MigrationsBuild");
        }
    }

    /// <summary>The deps.json of <see cref="AssemblyPath"/>.</summary>
    public string DepsPath => this["DepsPath"];

    /// <summary>
    /// Whether the application may depend on Microsoft.Extensions.Hosting, by a framework, a package or a file. The worker doesn't run the
    /// entry point of an application that doesn't: it would run to its end.
    /// </summary>
    public bool MayBuildHost => !File.Exists(DepsPath)
        || File.ReadAllText(DepsPath).Contains("Microsoft.Extensions.Hosting")
        || List("Frameworks").Any(framework => framework.Split('|')[0] != "Microsoft.NETCore.App")
        || Directory.EnumerateFiles(Path.GetDirectoryName(AssemblyPath)!, "Microsoft.Extensions.Hosting*.dll").Any();

    /// <summary>The <c>dotnet</c> that runs this build.</summary>
    public string DotnetPath => this["DotnetPath"] is { Length: > 0 } path ? path : "dotnet";

    public string WorkerPath => this["WorkerPath"];

    /// <summary>The folder in which the build was started; in Visual Studio that of the solution.</summary>
    public string CallFolder => this["CallFolder"];

    /// <summary>The runner that this build starts.</summary>
    public string RunnerPath => this["RunnerPath"];

    /// <summary>The runner as a native program of this system; empty if there is none.</summary>
    public string NativeRunnerPath => this["NativeRunnerPath"];

    /// <summary>The runner that a publish adds to its output.</summary>
    public string PortableRunnerPath => this["PortableRunnerPath"];

    /// <summary>The folder of the code pages.</summary>
    public string HelpFolder => this["HelpFolder"];

    /// <summary>The project's settings.</summary>
    /// <exception cref="MigrationsException">A setting is invalid: see <see cref="SettingCheck"/>.</exception>
    public ProjectSettings Settings => _settings.Value;

    /// <summary>Whether findings that are warnings on a developer's machine are errors in this build.</summary>
    public bool IsStrict => Settings.IsStrict;

    /// <summary>Why the build is strict, such as <c>CI=true</c>.</summary>
    public string StrictBecause => this["StrictBecause"];

    /// <summary>The argument sets, in the form of <c>DbArguments</c>: the items <c>DbArgumentSet</c>.</summary>
    public IReadOnlyList<string> ArgumentSets => this["ArgumentSets"].Split(['\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The argument set of this check or verb; empty if the project has none.</summary>
    public string ArgumentSet => ArgumentSets.Contains(this["DbArguments"]) ? this["DbArguments"] : "";

    /// <summary>The name of a state file of which there is one for each argument set.</summary>
    public string NameForArguments(string name) =>
        this["DbArguments"] is { Length: > 0 } arguments ? name + "-" + Fingerprint.Of(arguments) : name;

    /// <summary>The severities that <c>.editorconfig</c> files and global analyzer configs set.</summary>
    public ConfiguredSeverities Severities => _severities.Value;

    /// <summary>
    /// The severity of a finding in these files; <see langword="null"/> if they set none. An entry for the C# of a migration is also one
    /// for its SQL.
    /// </summary>
    public Severity? ConfiguredSeverity(Diagnostic diagnostic)
    {
        var file = diagnostic.Location is { } location ? PathOf(location.File) : FilePath;
        var related = diagnostic.Related is { } other ? PathOf(other.Location.File) : MigrationReport.SourceOf(file);
        return Severities.Of(diagnostic.Code.Id, related is null ? [file] : [file, related]);
    }

    /// <summary>Whether <c>NoWarn</c>, an <c>.editorconfig</c> file or a global analyzer config hides warnings like a finding.</summary>
    public bool Silences(Diagnostic diagnostic) => Silences(diagnostic.Code) || ConfiguredSeverity(diagnostic) == Severity.Off;

    /// <summary>Whether the project's <c>NoWarn</c> contains a code.</summary>
    public bool Silences(DiagnosticCode code) =>
        this["NoWarn"].Split(_separators, StringSplitOptions.RemoveEmptyEntries).Contains(code.Id, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether this build checks the migrations.</summary>
    public bool ChecksDuringBuild => Settings.ChecksBuildOf(this["TargetFramework"]);

    /// <summary>
    /// The words for the setting that makes a publish deploy migrations; <see langword="null"/> if the project doesn't set
    /// <c>DbPublish</c>. The default value doesn't show that the project wants to deploy them.
    /// </summary>
    /// <exception cref="MigrationsException">The setting is invalid.</exception>
    public string? Publishes => this["DbPublish"].Length > 0 ? Deployment : null;

    /// <summary>The words for a publish of this project; <see langword="null"/> if it deploys no migrations.</summary>
    /// <exception cref="MigrationsException">The setting is invalid.</exception>
    public string? Deployment => Settings.Publish == DeploymentForms.None ? null
        : $"a publish with DbPublish={(this["DbPublish"] is { Length: > 0 } forms ? forms : "files")}";

    /// <summary>Whether <c>dotnet publish</c> has started this build.</summary>
    public bool IsPublishing => IsTrue(this["IsPublishing"]);

    /// <summary>Whether MSBuild's terminal logger is on, which hides messages.</summary>
    public bool HasTerminalLogger => this["TerminalLogger"] is "1" or "true";

    /// <summary>
    /// The files that the model may depend on, except for <see cref="Code"/>: deps.json, runtimeconfig.json, settings, and data files.
    /// </summary>
    public IReadOnlyList<string> Inputs =>
    [
        .. InputFiles.Of(inputs.Where(input => !IsTrue(input.GetMetadata("IsCode")))),
        .. InputFiles.UserSecrets(this["UserSecretsId"]),
        // An edit of a Designer file that isn't compiled doesn't change the assembly.
        .. DesignerFolders.Values.Select(folder => new DesignerList(folder).FilePath),
    ];

    /// <summary>The assemblies of the project, its start-up project, and the projects that they reference.</summary>
    public IReadOnlyList<string> Code =>
        [.. inputs.Where(input => IsTrue(input.GetMetadata("IsCode"))).Select(input => input.GetMetadata("FullPath")).Distinct()];

    /// <summary>The projects in which contexts are searched for: this one first.</summary>
    public IReadOnlyList<MigrationsProject> Projects => new ReferencedProjects(this, inputs).All;

    /// <summary>See <see cref="ReferencedProjects.DesignerFolders"/>.</summary>
    public IReadOnlyDictionary<string, string> DesignerFolders => new ReferencedProjects(this, inputs).DesignerFolders;

    /// <summary>The value of metadata that is not a setting.</summary>
    public string this[string name] => item.GetMetadata(name);

    /// <summary>The values of metadata that is a list.</summary>
    public IReadOnlyList<string> List(string name) => this[name].Split([';'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The path of a file in the state folder.</summary>
    public string StateFile(string name) => Path.Combine(StateFolder, name);

    /// <summary>Deletes a file of the state folder. Neither has to exist.</summary>
    public void DeleteStateFile(string name)
    {
        if (File.Exists(StateFile(name)))
            File.Delete(StateFile(name));
    }

    /// <summary>The absolute path of a path that is relative to the project's folder.</summary>
    public string PathOf(string path) => Path.GetFullPath(Path.Combine(Folder, path));

    /// <summary>
    /// An absolute path for a diagnostic: relative to the project's folder if it is below it, as in the compiler's diagnostics.
    /// </summary>
    public string Relative(string path) => RelativePath.IsBelow(path, Folder) ? RelativePath.From(Folder, path) : path;

    /// <summary>
    /// An absolute path for a verb's output: relative to the project's folder if it is below it, or below the folder of a referenced
    /// project.
    /// </summary>
    public string Shown(string path) =>
        new ReferencedProjects(this, inputs).Folders.Prepend(Folder).Any(folder => RelativePath.IsBelow(path, folder))
            ? RelativePath.From(Folder, path)
            : path;

    /// <summary>The path of a source file whose path a deterministic build has mapped.</summary>
    public string RealPath(string mapped) => SourceRoots.FirstOrDefault(root => mapped.StartsWith(root.Mapped, StringComparison.Ordinal))
        is { } root ? Path.GetFullPath(Path.Combine(root.Path, mapped.Substring(root.Mapped.Length))) : mapped;

    private IReadOnlyList<SourceRoot> SourceRoots =>
    [
        .. List("SourceRoots").Select(pair => pair.Split('|')).Where(pair => pair.Length == 2 && pair[0].Length > 0)
            .Select(pair => new SourceRoot(pair[0], pair[1])),
    ];

    /// <summary>The request to the worker that every check sends. Verbs add to it.</summary>
    public WorkerRequest Request() => Request(Projects);

    private WorkerRequest Request(IReadOnlyList<MigrationsProject> projects) => new(AssemblyPath, projects)
    {
        HashCachePath = StateFile("hashes"),
        HistoryCachePath = StateFile("history"),
        DesignAssemblyPath = List("DesignAssemblyPath").FirstOrDefault() ?? "",
        Timeout = Settings.WorkerTimeout,
        Arguments = Settings.Arguments,
        RevisionOnline = Settings.DraftsOnline,
        Lints = Settings.Lint != Severity.Off,
        SourceRoots = SourceRoots,
    };

    /// <summary>
    /// The request of a check as one text, for stamps. It contains each setting that the worker gets, so no stamp can omit one. The lists
    /// of Designer files that aren't compiled are among <see cref="Inputs"/> and aren't read.
    /// </summary>
    public string RequestText => _requestText ??= MessagePipe.Text(
        (Request(new ReferencedProjects(this, inputs).WithAllEntities) with { AutoDraft = Settings.DraftsByItself }).ToMessages());

    private static bool IsTrue(string text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
}
