using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Build.Utilities;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.Processes;
using MigrationsBuild.Tasks.Projects;
using MigrationsBuild.Tasks.Tests;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>The result of a start of the worker.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Connections">The connections of the contexts by full name, if the request asks for them.</param>
/// <param name="Output">The build's log: the command, and the output of the fixture's own code.</param>
public sealed record Start(WorkerAnswer Answer, IReadOnlyDictionary<string, MessageLine> Connections, string Output)
{
    /// <summary>The only problem, for tests that expect a refusal.</summary>
    public Diagnostic Problem => Answer.Problems.Single();
}

/// <summary>A compiled fixture. The worker is asked about it in a process of its own, as in a build.</summary>
public sealed class Fixture
{
    private static readonly string _packages = typeof(Fixture).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "PackageFolder").Value!;

    private readonly string _name;
    private readonly string _framework;
    private readonly string _assembly;
    private readonly Lazy<Start> _start;
    private readonly Lazy<Start> _detailed;
    private readonly ConcurrentDictionary<(string Context, string Name), Lazy<Start>> _drafts = [];

    private Fixture(string name, string framework = "net10.0", string? assembly = null)
    {
        (_name, _framework, _assembly) = (name, framework, assembly ?? name);
        Folder = Path.Combine(Repository.Root, "tests", name);
        _start = new(() => Ask());
        _detailed = new(() => Ask(request => request with
        {
            Emission = EmissionScope.Drafts,
            ListEntities = true,
            WantsConnections = true,
        }));
    }

    /// <summary>Models in a library, on EF Core 10. The paths in its PDB are mapped, as by a build server.</summary>
    public static Fixture Models { get; } = new("MigrationsBuild.Worker.Fixtures");

    /// <summary>The models that are also compiled for EF Core 8.</summary>
    public static Fixture ModelsOnEfCore8 { get; } = new("MigrationsBuild.Worker.Fixtures", "net8.0");

    /// <summary>The models that are also compiled for EF Core 9.</summary>
    public static Fixture ModelsOnEfCore9 { get; } = new("MigrationsBuild.Worker.Fixtures", "net9.0");

    /// <summary>An application whose start-up code depends on its arguments.</summary>
    public static Fixture Startup { get; } = new("MigrationsBuild.Worker.Fixtures.Startup");

    /// <summary>A web application with a library. Other tests edit it.</summary>
    public static Fixture Shop { get; } = new("MigrationsBuild.Worker.Fixtures.Shop", assembly: "Shop");

    /// <summary>The answer to a build. All tests share one start, which reports all contexts.</summary>
    public Start Shared => _start.Value;

    /// <summary>
    /// The answer to a request for everything that a build doesn't need: the SQL of drafts, entities, and connections. All tests share one
    /// start.
    /// </summary>
    public Start Detailed => _detailed.Value;

    public string Folder { get; }

    public string AssemblyPath => Path.Combine(Folder, "bin", Repository.Configuration, _framework, _assembly + ".dll");

    /// <summary>The report on a context.</summary>
    /// <param name="context">Its name without namespace.</param>
    public ContextReport this[string context] => Shared.Answer.Contexts.Single(report => report.ShortName == context);

    /// <summary>The drift of a context.</summary>
    /// <param name="context">Its name without namespace.</param>
    public IReadOnlyList<Finding> Drift(string context) =>
        [.. this[context].Drift.Select(diagnostic => new Finding(diagnostic, Folder))];

    /// <summary>Asks for a draft, as <c>DbRevision</c> does. Tests share the start for the same draft.</summary>
    /// <param name="context">The name of its context.</param>
    /// <param name="name">Its name; empty to derive it from the changes.</param>
    public Start Draft(string context, string name = "") => _drafts
        .GetOrAdd((context, name), _ => new Lazy<Start>(() =>
            Ask(request => request with { Revision = true, RevisionName = name, ContextName = context })))
        .Value;

    /// <summary>Starts the worker.</summary>
    /// <param name="ask">Changes a build's request.</param>
    /// <param name="describe">Changes how the targets describe the project.</param>
    public Start Ask(Func<WorkerRequest, WorkerRequest>? ask = null, Action<Dictionary<string, string>>? describe = null)
    {
        using var state = new TestFolder();
        var project = Project(state.Path, describe);
        var engine = new RecordingEngine();
        var worker = new WorkerProcess(project, new TaskLoggingHelper(engine, "Worker"))
        {
            ProgressInterval = TimeSpan.FromMilliseconds(100),
        };
        var answer = worker.Ask(ask is null ? project.Request() : ask(project.Request()), CancellationToken.None);
        return new Start(answer, worker.Connections, string.Join('\n', engine.Messages.Select(message => message.Message)));
    }

    /// <summary>The project as a build describes it to the tasks.</summary>
    /// <param name="stateFolder">The package's own folder below <c>obj</c>.</param>
    /// <param name="describe">Changes how the targets describe the project.</param>
    internal ProjectDescription Project(string stateFolder, Action<Dictionary<string, string>>? describe = null)
    {
        var metadata = Describe(stateFolder);
        describe?.Invoke(metadata);
        return new ProjectDescription(new TaskItem(Path.Combine(Folder, _name + ".csproj"), metadata), []);
    }

    private Dictionary<string, string> Describe(string stateFolder) => new()
    {
        ["ProjectFolder"] = Folder,
        ["StateFolder"] = stateFolder,
        ["AssemblyName"] = _assembly,
        ["RootNamespace"] = _assembly,
        ["Language"] = "C#",
        ["AssemblyPath"] = AssemblyPath,
        ["DepsPath"] = Path.ChangeExtension(AssemblyPath, ".deps.json"),
        ["RuntimeConfigPath"] = Path.ChangeExtension(AssemblyPath, ".runtimeconfig.json"),
        ["DesignAssemblyPath"] = Path.Combine(Path.GetDirectoryName(AssemblyPath)!, "Microsoft.EntityFrameworkCore.Design.dll"),
        ["DotnetPath"] = Dotnet.Path,
        ["WorkerPath"] = Repository.Part("MigrationsBuild.Worker"),
        ["PackageFolders"] = _packages,
        ["Frameworks"] = "Microsoft.NETCore.App|10.0.0" + (this == Startup || this == Shop ? ";Microsoft.AspNetCore.App|10.0.0" : ""),
        ["SourceRoots"] = $"/_/Fixtures/|{Folder}/",
    };
}
