using System.Diagnostics;
using Microsoft.Build.Utilities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using MigrationsBuild.Contexts;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.Processes;
using MigrationsBuild.Tasks.Projects;
using MigrationsBuild.Tasks.Tests;
using MigrationsBuild.Testing;
using MigrationsBuild.Worker.Tests.Fingerprints;

namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>A worker that is started before the compilation knows nothing of the assemblies that it finds at that time.</summary>
[TestClass]
public sealed class EarlyStartTests : IDisposable
{
    private const string Application = "MigrationsBuild.Worker.Fixtures.Shop";

    private readonly TestFolder _folder = new();
    private readonly TestFolder _state = new();
    private readonly EditedApplication _application =
        EditedApplication.Read(Application, Application + ".Domain", OptimizationLevel.Debug);
    private readonly RecordingEngine _engine = new();
    private ProjectDescription _project = null!;
    private string _output = "";

    public void Dispose()
    {
        _project.EarlyWorkers.Dispose();
        _folder.Dispose();
        _state.Dispose();
    }

    [TestMethod]
    [DataRow("bin")]
    [DataRow("link", DisplayName = "In a folder that is a symbolic link")]
    public void Its_answer_is_about_the_assemblies_that_were_compiled_after_its_start(string output)
    {
        UseOutput(output);
        Compile();
        var unchanged = Ask();
        StartEarly();

        Compile(edit: "public string? Phone { get; set; }");
        var answer = Ask();

        Assert.HasCount(1, _engine.Messages.Where(message => message.Message!.StartsWith("Starting the worker", StringComparison.Ordinal)));
        Assert.AreEqual("", string.Join(";\n", unchanged.Problems.Select(problem => problem.Text)));
        Assert.IsEmpty(unchanged.Contexts.SelectMany(context => context.Drift));
        Assert.IsNotEmpty(answer.Contexts.SelectMany(context => context.Drift));
        Assert.AreEqual(Text(Ask()), Text(answer), "That of a worker that is started now.");
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux, IgnoreMessage = "The files that a process has loaded are listed in /proc.")]
    public void It_loads_the_packages_and_no_assembly_of_a_project()
    {
        UseOutput("bin");
        Compile();
        Ask();
        var worker = StartEarly();

        var loaded = Loaded(worker);

        Assert.DoesNotContain("Shop.dll", loaded);
        Assert.DoesNotContain("Shop.Domain.dll", loaded);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux, IgnoreMessage = "The files that a process has loaded are listed in /proc.")]
    public void Workers_that_write_code_have_a_profile_of_their_own()
    {
        const string Roslyn = "Microsoft.CodeAnalysis.dll";
        _project = Fixture.Models.Project(_state.Path);
        var request = _project.Request() with { ContextName = "TrailContext" };
        Ask(request);
        var check = File.ReadAllBytes(RunningWorker.ProfileIn(_state.Path));

        Assert.IsNotEmpty(Ask(request with { Revision = true, RevisionName = "Begin" }).Changes);

        CollectionAssert.AreEqual(check, File.ReadAllBytes(RunningWorker.ProfileIn(_state.Path)));
        Assert.DoesNotContain(Roslyn, Loaded(StartEarly()));
        Assert.Contains(Roslyn, Loaded(StartEarly(writesCode: true)));
    }

    /// <summary>Makes a copy of the application's output the project's.</summary>
    private void UseOutput(string name)
    {
        Directory.CreateDirectory(_folder["bin"]);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(Fixture.Shop.AssemblyPath)!))
            File.Copy(file, _folder["bin/" + Path.GetFileName(file)]);
        _output = _folder[name];
        if (name != "bin")
            Directory.CreateSymbolicLink(_output, _folder["bin"]);
        _project = Fixture.Shop.Project(_state.Path, metadata =>
        {
            metadata["AssemblyPath"] = Path.Combine(_output, "Shop.dll");
            metadata["DepsPath"] = Path.Combine(_output, "Shop.deps.json");
            metadata["RuntimeConfigPath"] = Path.Combine(_output, "Shop.runtimeconfig.json");
        });
    }

    private static HashSet<string> Loaded(RunningWorker worker) =>
        File.ReadLines($"/proc/{worker.Id}/maps").Select(line => Path.GetFileName(line)).ToHashSet();

    /// <summary>Starts a worker, and waits until it has loaded a package and has nothing more to do.</summary>
    private RunningWorker StartEarly(bool writesCode = false)
    {
        var worker = new RunningWorker(WorkerCommand.For(_project), RunningWorker.ProfileIn(_state.Path), isEarly: true, writesCode);
        _project.EarlyWorkers.Add(_state.Path, () => worker);
        using var process = Process.GetProcessById(worker.Id);
        var (work, quiet) = (TimeSpan.Zero, 0);
        Assert.IsTrue(SpinWait.SpinUntil(
            () =>
            {
                Thread.Sleep(20);
                process.Refresh();
                var isReady = !OperatingSystem.IsLinux() || Loaded(worker).Contains("Microsoft.EntityFrameworkCore.Relational.dll");
                quiet = isReady && process.TotalProcessorTime == work && work > TimeSpan.Zero ? quiet + 1 : 0;
                work = process.TotalProcessorTime;
                return quiet > 20;
            },
            TimeSpan.FromMinutes(1)));
        return worker;
    }

    private WorkerAnswer Ask(WorkerRequest? request = null) => new WorkerProcess(_project, new TaskLoggingHelper(_engine, "Worker"))
        .Ask(request ?? _project.Request(), CancellationToken.None);

    /// <summary>Compiles both assemblies, with another member of an entity.</summary>
    private void Compile(string edit = "")
    {
        const string Member = "public string? Email { get; set; }";
        var source = _application.Sources["Shop.Domain/Models/Customer.cs"];
        var text = source.ToString();
        Assert.Contains(Member, text);
        var edited = source.WithChangedText(SourceText.From(text.Replace(Member, Member + edit, StringComparison.Ordinal)));
        Assert.IsTrue(_application.TryWrite(new Dictionary<SyntaxTree, SyntaxTree> { [source] = edited }, _output));
    }

    private static string Text(WorkerAnswer answer) => MessagePipe.Text(answer.ToMessages());
}
