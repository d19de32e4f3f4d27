using System.Reflection;
using Microsoft.Build.Utilities;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.Processes;
using MigrationsBuild.Tasks.Projects;
using MigrationsBuild.Tasks.Tests;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>What a start of the worker gave.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Connections">What the contexts connect to, by full name, if that was asked for.</param>
/// <param name="Output">What the build's log has of the start: the command, and what the fixture's own code printed.</param>
public sealed record Start(WorkerAnswer Answer, IReadOnlyDictionary<string, MessageLine> Connections, string Output)
{
    /// <summary>The one problem, which tests that ask for a refusal expect.</summary>
    public Diagnostic Problem => Answer.Problems.Single();
}

/// <summary>A compiled fixture, about which the worker is asked as a build asks it: in a process of its own.</summary>
public sealed class Fixture
{
    private static readonly string _packages = typeof(Fixture).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "PackageFolder").Value!;

    private readonly string _name;
    private readonly string _framework;
    private readonly Lazy<Start> _start;

    private Fixture(string name, string framework = "net10.0")
    {
        (_name, _framework) = (name, framework);
        Folder = Path.Combine(Repository.Root, "tests", name);
        _start = new(() => Ask());
    }

    /// <summary>Models in a library, in whose PDB paths are mapped as a build server maps them.</summary>
    public static Fixture Models { get; } = new("MigrationsBuild.Worker.Fixtures");

    /// <summary>Those of them that are compiled for EF Core 8, too.</summary>
    public static Fixture ModelsOnEfCore8 { get; } = new("MigrationsBuild.Worker.Fixtures", "net8.0");

    /// <summary>Those of them that are compiled for EF Core 9, too.</summary>
    public static Fixture ModelsOnEfCore9 { get; } = new("MigrationsBuild.Worker.Fixtures", "net9.0");

    /// <summary>An application whose arguments say what its start-up code does.</summary>
    public static Fixture Startup { get; } = new("MigrationsBuild.Worker.Fixtures.Startup");

    /// <summary>What the worker answers to a build. One start answers for all contexts, and for all tests.</summary>
    public Start Shared => _start.Value;

    /// <summary>The project's folder.</summary>
    public string Folder { get; }

    /// <summary>The assembly.</summary>
    public string AssemblyPath => Path.Combine(Folder, "bin", Repository.Configuration, _framework, _name + ".dll");

    /// <summary>The report on a context.</summary>
    /// <param name="context">Its name without namespace.</param>
    public ContextReport this[string context] => Shared.Answer.Contexts.Single(report => report.ShortName == context);

    /// <summary>The drift of a context.</summary>
    /// <param name="context">Its name without namespace.</param>
    public IReadOnlyList<Finding> Drift(string context) => [.. this[context].Drift.Select(diagnostic => new Finding(diagnostic, Folder))];

    /// <summary>Asks for a draft, as <c>DbRevision</c> does.</summary>
    /// <param name="context">The name of its context.</param>
    /// <param name="name">Its name; by default it follows from the changes.</param>
    public Start Draft(string context, string name = "") =>
        Ask(request => request with { Revision = true, RevisionName = name, ContextName = context });

    /// <summary>Starts the worker.</summary>
    /// <param name="ask">Changes a build's request.</param>
    /// <param name="describe">Changes how the targets describe the project.</param>
    public Start Ask(Func<WorkerRequest, WorkerRequest>? ask = null, Action<Dictionary<string, string>>? describe = null)
    {
        using var state = new TestFolder();
        var metadata = Describe(state.Path);
        describe?.Invoke(metadata);
        var project = new ProjectDescription(new TaskItem(Path.Combine(Folder, _name + ".csproj"), metadata), []);
        var engine = new RecordingEngine();
        var worker = new WorkerProcess(project, new TaskLoggingHelper(engine, "Worker")) { ProgressInterval = TimeSpan.FromMilliseconds(100) };
        var answer = worker.Ask(ask is null ? project.Request() : ask(project.Request()), CancellationToken.None);
        return new Start(answer, worker.Connections, string.Join('\n', engine.Messages.Select(message => message.Message)));
    }

    private Dictionary<string, string> Describe(string stateFolder) => new()
    {
        ["ProjectFolder"] = Folder,
        ["StateFolder"] = stateFolder,
        ["AssemblyName"] = _name,
        ["RootNamespace"] = _name,
        ["Language"] = "C#",
        ["AssemblyPath"] = AssemblyPath,
        ["DepsPath"] = Path.ChangeExtension(AssemblyPath, ".deps.json"),
        ["RuntimeConfigPath"] = Path.ChangeExtension(AssemblyPath, ".runtimeconfig.json"),
        ["DesignAssemblyPath"] = Path.Combine(Path.GetDirectoryName(AssemblyPath)!, "Microsoft.EntityFrameworkCore.Design.dll"),
        ["DotnetPath"] = Dotnet.Path,
        ["WorkerPath"] = Repository.Assembly("MigrationsBuild.Worker", "net8.0"),
        ["PackageFolders"] = _packages,
        ["Frameworks"] = "Microsoft.NETCore.App|10.0.0" + (this == Startup ? ";Microsoft.AspNetCore.App|10.0.0" : ""),
        ["SourceRoots"] = $"/_/Fixtures/|{Folder}/",
    };
}
