using MigrationsBuild.Protocol;

namespace MigrationsBuild.Tasks.Building;

/// <summary>What the tasks know of the project: the metadata of one item, which <c>MigrationsBuild.targets</c> makes.</summary>
/// <param name="item">The item.</param>
/// <param name="inputs">The assemblies that the model may come from.</param>
public sealed class ProjectDescription(Microsoft.Build.Framework.ITaskItem item, IReadOnlyList<string> inputs)
{
    /// <summary>The project file, absolute.</summary>
    public string FilePath => item.ItemSpec;

    /// <summary>The project's folder, absolute.</summary>
    public string Folder => this["ProjectFolder"];

    /// <summary>Where our own files go: a folder below <c>obj</c>, absolute.</summary>
    public string StateFolder => this["StateFolder"];

    /// <summary>The assembly in the output folder.</summary>
    public string AssemblyPath => this["AssemblyPath"];

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

    /// <summary>Whether a finding that is a warning on a developer's machine is an error here.</summary>
    public bool IsStrict => Is("Strict");

    /// <summary>Why it is strict: <c>CI=true</c>, say.</summary>
    public string StrictBecause => this["StrictBecause"];

    /// <summary>Whether a build drafts a migration when it finds drift. A strict one never writes into the source tree.</summary>
    public bool DraftsByItself => Is("AutoDraft") && !IsStrict;

    /// <summary>Whether MSBuild's terminal logger is on, which hides messages.</summary>
    public bool HasTerminalLogger => this["TerminalLogger"] is "1" or "true";

    /// <summary>The environment variable that a connection string comes in.</summary>
    public string ConnectionVariable => this["ConnectionVariable"];

    /// <summary>Whether pending migrations that are older than applied ones may be applied anywhere.</summary>
    public bool AllowsOutOfOrder => string.Equals(this["OutOfOrder"], "allow", StringComparison.OrdinalIgnoreCase);

    /// <summary>The assemblies that the model may come from, deps.json and settings files: when one changes, so may the model.</summary>
    public IReadOnlyList<string> Inputs => inputs;

    /// <summary>A setting as the project has it.</summary>
    /// <param name="name">The metadata's name.</param>
    public string this[string name] => item.GetMetadata(name);

    /// <summary>A file of ours below <c>obj</c>.</summary>
    /// <param name="name">Its name.</param>
    public string StateFile(string name) => Path.Combine(StateFolder, name);

    /// <summary>The request to the worker that every build makes; verbs add what they want.</summary>
    public WorkerRequest Request() => new(Folder, AssemblyPath, StateFile("answer.tmp"))
    {
        HashCachePath = StateFile("hashes"),
        HistoryCachePath = StateFile("history"),
        RootNamespace = this["RootNamespace"],
        Nullable = string.Equals(this["Nullable"], "enable", StringComparison.OrdinalIgnoreCase),
        Language = this["Language"],
        MigrationsFolder = this["MigrationsFolder"],
        MigrationsNamespace = this["MigrationsNamespace"],
        DesignAssemblyPath = List("DesignAssemblyPath").FirstOrDefault() ?? "",
        Timeout = TimeSpan.FromSeconds(Seconds("WorkerTimeout", 30)),
        SourceRoots = [.. List("SourceRoots").Select(pair => pair.Split('|')).Where(pair => pair.Length == 2 && pair[0].Length > 0).Select(pair => new KeyValuePair<string, string>(pair[0], pair[1]))],
    };

    /// <summary>The values of a list.</summary>
    /// <param name="name">The metadata's name.</param>
    public IReadOnlyList<string> List(string name) => this[name].Split([';'], StringSplitOptions.RemoveEmptyEntries);

    private bool Is(string name) => string.Equals(this[name], "true", StringComparison.OrdinalIgnoreCase);

    private double Seconds(string name, double otherwise) =>
        double.TryParse(this[name], System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var value) && value > 0 ? value : otherwise;
}
