using System.Diagnostics;
using Microsoft.Build.Utilities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using MigrationsBuild.Contexts;
using MigrationsBuild.Messages;
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

    private readonly TestFolder _output = new();
    private readonly TestFolder _state = new();
    private readonly EditedApplication _application =
        EditedApplication.Read(Application, Application + ".Domain", OptimizationLevel.Debug);
    private readonly RecordingEngine _engine = new();
    private readonly ProjectDescription _project;

    public EarlyStartTests()
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(Fixture.Shop.AssemblyPath)!))
            File.Copy(file, _output[Path.GetFileName(file)]);
        _project = Fixture.Shop.Project(_state.Path, metadata =>
        {
            metadata["AssemblyPath"] = _output["Shop.dll"];
            metadata["DepsPath"] = _output["Shop.deps.json"];
            metadata["RuntimeConfigPath"] = _output["Shop.runtimeconfig.json"];
        });
    }

    public void Dispose()
    {
        _project.EarlyWorkers.Dispose();
        _output.Dispose();
        _state.Dispose();
    }

    [TestMethod]
    public void Its_answer_is_about_the_assemblies_that_were_compiled_after_its_start()
    {
        Compile();
        var unchanged = Ask();
        StartEarly();

        Compile(edit: "public string? Phone { get; set; }");
        var answer = Ask();

        Assert.HasCount(1, _engine.Messages.Where(message => message.Message!.StartsWith("Starting the worker", StringComparison.Ordinal)));
        Assert.IsEmpty(unchanged.Problems);
        Assert.IsEmpty(unchanged.Contexts.SelectMany(context => context.Drift));
        Assert.IsNotEmpty(answer.Contexts.SelectMany(context => context.Drift));
        Assert.AreEqual(Text(Ask()), Text(answer), "That of a worker that is started now.");
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux, IgnoreMessage = "The files that a process has loaded are listed in /proc.")]
    public void It_loads_the_packages_and_no_assembly_of_a_project()
    {
        Compile();
        Ask();
        var worker = StartEarly();

        var loaded = File.ReadLines($"/proc/{worker.Id}/maps").Select(line => Path.GetFileName(line)).ToHashSet();

        Assert.Contains("Microsoft.EntityFrameworkCore.Relational.dll", loaded);
        Assert.DoesNotContain("Shop.dll", loaded);
        Assert.DoesNotContain("Shop.Domain.dll", loaded);
    }

    /// <summary>Starts a worker, and waits until it has prepared itself.</summary>
    private RunningWorker StartEarly()
    {
        var worker = new RunningWorker(WorkerCommand.For(_project), RunningWorker.ProfileIn(_state.Path));
        _project.EarlyWorkers.Add(_state.Path, () => worker);
        using var process = Process.GetProcessById(worker.Id);
        var (work, quiet) = (TimeSpan.Zero, 0);
        Assert.IsTrue(SpinWait.SpinUntil(
            () =>
            {
                Thread.Sleep(20);
                process.Refresh();
                quiet = process.TotalProcessorTime == work && work > TimeSpan.Zero ? quiet + 1 : 0;
                work = process.TotalProcessorTime;
                return quiet > 20;
            },
            TimeSpan.FromMinutes(1)));
        return worker;
    }

    private WorkerAnswer Ask() =>
        new WorkerProcess(_project, new TaskLoggingHelper(_engine, "Worker")).Ask(_project.Request(), CancellationToken.None);

    /// <summary>Compiles both assemblies, with another member of an entity.</summary>
    private void Compile(string edit = "")
    {
        const string Member = "public string? Email { get; set; }";
        var source = _application.Sources["Shop.Domain/Models/Customer.cs"];
        var text = source.ToString();
        Assert.Contains(Member, text);
        var edited = source.WithChangedText(SourceText.From(text.Replace(Member, Member + edit, StringComparison.Ordinal)));
        Assert.IsTrue(_application.TryWrite(new Dictionary<SyntaxTree, SyntaxTree> { [source] = edited }, _output.Path));
    }

    private static string Text(WorkerAnswer answer) => MessagePipe.Text(answer.ToMessages());
}
