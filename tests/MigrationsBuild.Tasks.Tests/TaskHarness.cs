using System.Diagnostics;
using System.Globalization;
using Microsoft.Build.Utilities;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;
using MigrationsBuild.Testing;
using Task = System.Threading.Tasks.Task;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>A project as the targets describe it to the tasks, with stand-ins for worker and runner.</summary>
internal sealed class TaskHarness : IDisposable
{
    /// <summary>
    /// The variable with the connection string of each project that has one. It is set for all tests, because a stored answer is valid for
    /// one environment, and tests that run at once share theirs.
    /// </summary>
    public const string ConnectionVariable = "TASKS_TESTS_CONNECTION";

    private static readonly string _fake = Path.Combine(
        Repository.Root,
        "tests/MigrationsBuild.FakeParts/bin",
        Repository.Configuration,
        "net10.0/MigrationsBuild.FakeParts.dll");
    private readonly TestFolder _folder = new();

    static TaskHarness() => SetConnection();

    public TaskHarness()
    {
        _folder.Write("bin/App.dll", "an assembly").Write("obj/runner-script", "");
        Inputs = [new TaskItem(_folder["bin/App.dll"])];
        Metadata = new()
        {
            ["ProjectFolder"] = _folder.Path,
            ["AssemblyName"] = "App",
            ["StateFolder"] = _folder["obj"],
            ["AssemblyPath"] = _folder["bin/App.dll"],
            ["DotnetPath"] = Dotnet.Path,
            ["WorkerPath"] = _fake,
            ["RunnerPath"] = _fake,
            ["PortableRunnerPath"] = _fake,
            ["HelpFolder"] = "/help",
            ["Frameworks"] = "Microsoft.NETCore.App|10.0.0",
            ["DbStrict"] = "false",
        };
        HasConnection = false;
    }

    public Dictionary<string, string> Metadata { get; }

    /// <summary>Whether the environment has a connection string for the project.</summary>
    public bool HasConnection
    {
        set => Metadata["DbConnectionVariable"] = value ? ConnectionVariable : "TASKS_TESTS_NO_CONNECTION";
    }

    /// <summary>The files that the model may depend on.</summary>
    public List<TaskItem> Inputs { get; }

    public RecordingEngine Engine { get; private set; } = new();

    public TestFolder Folder => _folder;

    /// <summary>The project as the targets describe it.</summary>
    public TaskItem Item => new(_folder["App.csproj"], Metadata);

    /// <summary>The number of times that the worker or the runner was started.</summary>
    public int Starts => Directory.GetFiles(_folder["obj"], "start-*").Length;

    /// <summary>The number of times that the runner was started.</summary>
    public int RunnerStarts => Directory.GetFiles(_folder["obj"], "start-*").Count(IsRunner);

    /// <summary>The standard input of each worker.</summary>
    public IReadOnlyList<IReadOnlyList<MessageLine>> WorkerRequests => Received(path => !IsRunner(path));

    /// <summary>The standard input of each runner.</summary>
    public IReadOnlyList<IReadOnlyList<MessageLine>> RunnerRequests => Received(IsRunner);

    private static bool IsRunner(string start) => File.ReadAllText(start).Contains("--request", StringComparison.Ordinal);

    private IReadOnlyList<IReadOnlyList<MessageLine>> Received(Predicate<string> isWanted) =>
    [
        .. Directory.GetFiles(_folder["obj"], "received-*")
            .Where(path => !path.EndsWith(".tmp", StringComparison.Ordinal))
            .Where(path => isWanted(path.Replace("received-", "start-", StringComparison.Ordinal)))
            .Select(path => MessageFile.Read(path).ToList()),
    ];

    /// <summary>Sets the variable, in case a test has changed it.</summary>
    public static void SetConnection() => Environment.SetEnvironmentVariable(ConnectionVariable, "Data Source=app.db");

    /// <summary>Checks and approves the project as its user did before the test, with one context.</summary>
    public void Adopt()
    {
        Answers(Context()).Execute(new CheckMigrations());
        Execute(new DbApprove());
        ForgetStarts();
    }

    /// <summary>Takes back the notes of starts so far.</summary>
    public void ForgetStarts()
    {
        foreach (var pattern in new[] { "start-*", "received-*" })
            Array.ForEach(Directory.GetFiles(_folder["obj"], pattern), File.Delete);
    }

    /// <summary>Waits until a worker was started.</summary>
    public void WaitForWorker() => WaitFor(() => Starts - RunnerStarts, 1);

    /// <summary>Waits until the runner was started.</summary>
    public void WaitForRunner() => WaitFor(() => RunnerStarts, 1);

    /// <summary>Holds what a first call has started until the further ones have started their own.</summary>
    /// <param name="part"><c>worker</c> or <c>runner</c>.</param>
    /// <param name="calls">The calls.</param>
    public void AtOnce(string part, params (MigrationsTask Task, (string, string)[] Properties)[] calls)
    {
        _folder.Write($"obj/{part}-hold", "");
        var runs = new List<Task>();
        foreach (var (task, properties) in calls)
        {
            Prepare(task, properties);
            runs.Add(Task.Run(task.Execute));
            WaitFor(() => part == "runner" ? RunnerStarts : Starts - RunnerStarts, runs.Count);
        }

        File.Delete(_folder[$"obj/{part}-hold"]);
        Task.WaitAll([.. runs]);
    }

    private void WaitFor(Func<int> starts, int count)
    {
        var start = Stopwatch.GetTimestamp();
        while (starts() < count)
        {
            var errors = string.Join("\n", Engine.Errors.Select(error => error.Message));
            Assert.IsLessThan(TimeSpan.FromMinutes(1), Stopwatch.GetElapsedTime(start), $"{starts()} of {count} have started.\n{errors}");
            Thread.Sleep(5);
        }
    }

    /// <summary>A context of one migration that creates a table.</summary>
    public ContextReport Context(params Diagnostic[] drift) => new(
        "App.ShopContext", "Microsoft.EntityFrameworkCore.Sqlite", "App", "10.0.14", "EF Core 10.0.14", _folder["Migrations"],
        new HistoryTable(null, "__EFMigrationsHistory", "MigrationId", "ProductVersion", ""),
        [
            new MigrationReport(
                "20260101000000_A",
                _folder["Migrations/20260101000000_A.cs"],
                new string('c', 64),
                new Emission("CREATE TABLE a (x);\n", null, "Down() throws", [], [], [])),
        ],
        drift, "");

    /// <summary>Has the worker answer this.</summary>
    public TaskHarness Answers(params ContextReport[] contexts) => Answers(new WorkerAnswer(contexts, []));

    /// <summary>Has the worker answer this.</summary>
    public TaskHarness Answers(WorkerAnswer answer)
    {
        _folder.Write("../canned", MessagePipe.Text(answer.ToMessages()));
        return WorkerScript($"answer {_folder["../canned"]}");
    }

    /// <summary>Has the worker do this.</summary>
    public TaskHarness WorkerScript(params string[] lines)
    {
        _folder.Write("obj/worker-script", string.Join("\n", lines));
        return this;
    }

    /// <summary>Has the runner do this.</summary>
    public TaskHarness RunnerScript(params string[] lines)
    {
        _folder.Write("obj/runner-script", string.Join("\n", lines));
        return this;
    }

    /// <summary>Runs a task as MSBuild does.</summary>
    public bool Execute(MigrationsTask task, params (string Name, string Value)[] globalProperties)
    {
        Prepare(task, globalProperties);
        return task.Execute();
    }

    /// <summary>Runs a task in the build of the task before.</summary>
    public bool ExecuteInSameBuild(MigrationsTask task)
    {
        var build = Engine;
        Prepare(task);
        task.BuildEngine = Engine = build;
        return task.Execute();
    }

    /// <summary>Runs a task, and makes a change while its worker works.</summary>
    public bool ExecuteDuring(MigrationsTask task, Action change)
    {
        _folder.Write("obj/worker-hold", "");
        var run = Task.Run(Prepare(task).Execute);
        WaitForWorker();
        change();
        File.Delete(_folder["obj/worker-hold"]);
        return run.GetAwaiter().GetResult();
    }

    public MigrationsTask Prepare(MigrationsTask task, params (string Name, string Value)[] globalProperties)
    {
        Engine = new RecordingEngine();
        foreach (var (name, value) in globalProperties)
            Engine.GlobalProperties[name] = value;
        task.BuildEngine = Engine;
        task.Project = Item;
        task.Inputs = [.. Inputs];
        return task;
    }

    /// <summary>The process that a worker has started and not stopped.</summary>
    public Process Child => Process.GetProcessById(int.Parse(_folder.Read("obj/child"), CultureInfo.InvariantCulture));

    public void Dispose()
    {
        if (File.Exists(_folder["obj/child"]))
        {
            using var child = Child;
            child.Kill();
        }

        _folder.Dispose();
    }
}
