using System.Diagnostics;
using System.Globalization;
using Microsoft.Build.Utilities;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.Processes;
using MigrationsBuild.Tasks.Tests.Fingerprints;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>When the worker starts before the compilation, and how it ends.</summary>
[TestClass]
public sealed class StartWorkerTests : IDisposable
{
    private readonly TaskHarness _harness = new();
    private readonly TestFolder _sources = new();
    private CompiledShop _shop = CompiledShop.Create();

    private string Assembly => _harness.Folder["bin/Shop.dll"];

    private string Assets => _harness.Folder["obj/project.assets.json"];

    [TestInitialize]
    public void BuildOnce()
    {
        _harness.Folder.Write("obj/project.assets.json", "{}");
        File.SetLastWriteTimeUtc(Assets, DateTime.UtcNow.AddMinutes(-1));
        _harness.Metadata["AssemblyPath"] = Assembly;
        _harness.Inputs.Clear();
        _harness.Inputs.Add(new TaskItem(Assembly, new Dictionary<string, string> { ["IsCode"] = "true" }));
        _shop.Emit(Assembly, _sources);
        _harness.Answers(_harness.Context()).Execute(new CheckMigrations());
        _harness.ForgetStarts();
    }

    public void Dispose()
    {
        _harness.Engine.End();
        _harness.Dispose();
        _sources.Dispose();
    }

    [TestMethod]
    [DataRow("Order.cs", "public int Tenant", "public long Tenant")]
    [DataRow("State.cs", "Open, Closed", "Open, Closed, Lost", DisplayName = "A type without code")]
    public void A_changed_entity_starts_it_and_the_check_asks_it(string file, string old, string @new)
    {
        Edit(file, old, @new);

        Build();

        Assert.AreEqual((1, 1), (_harness.Starts, _harness.WorkerRequests.Count));
        Assert.Contains($"The worker is started before the compilation, because {_sources[file]} has changed.", Messages);
        Assert.IsEmpty(_harness.Engine.Errors);
    }

    [TestMethod]
    [DataRow("Program.cs", "\"hello\"", "\"good evening\"")]
    [DataRow("Endpoints.cs", "namespace Shop;", "namespace Shop; // endpoints")]
    public void Another_change_starts_nothing(string file, string old, string @new)
    {
        Edit(file, old, @new);

        Build();

        Assert.IsFalse(HasStartedEarly);
        Assert.AreEqual(0, _harness.Starts);
    }

    [TestMethod]
    public void A_file_whose_edit_left_the_model_unchanged_starts_no_worker_until_another_edit_of_it_changes_the_model()
    {
        Edit("Order.cs", "public int Tenant", "/* the tenant */ public int Tenant");
        Build();
        Assert.IsTrue(HasStartedEarly);
        Assert.IsEmpty(_harness.WorkerRequests, "Started, but not needed.");

        Edit("Order.cs", "/* the tenant */", "/* its tenant */");
        Build();
        Assert.IsFalse(HasStartedEarly);

        Edit("Order.cs", "public int Tenant", "public long Tenant");
        Build();
        Assert.IsFalse(HasStartedEarly);
        Assert.HasCount(1, _harness.WorkerRequests);
        Edit("Order.cs", "public long Tenant", "public short Tenant");
        Build();
        Assert.IsTrue(HasStartedEarly);
    }

    [TestMethod]
    public void After_a_strict_build_the_worker_is_started_once_without_being_needed()
    {
        Edit("Order.cs", "public int Tenant", "public long Tenant");
        _shop.Emit(Assembly, _sources);
        (_harness.Metadata["DbStrict"], _harness.Metadata["StrictBecause"]) = ("true", "CI=true");
        _harness.Execute(new CheckMigrations());
        (_harness.Metadata["DbStrict"], _harness.Metadata["StrictBecause"]) = ("false", "");

        Check(Start());
        Assert.IsTrue(HasStartedEarly);
        Check(Start());

        Assert.IsFalse(HasStartedEarly);
        Assert.HasCount(1, _harness.WorkerRequests);
    }

    [TestMethod]
    [DoNotParallelize]
    public void If_the_build_changes_the_environment_another_one_is_asked()
    {
        Edit("Order.cs", "public int Tenant", "public long Tenant");
        var engine = Start();
        using var process = Worker();
        _shop.Emit(Assembly, _sources);

        Environment.SetEnvironmentVariable("START_WORKER_TESTS", "changed");
        try
        {
            Check(engine);
        }
        finally
        {
            Environment.SetEnvironmentVariable("START_WORKER_TESTS", null);
        }

        Assert.AreEqual((2, 1), (_harness.Starts, _harness.WorkerRequests.Count));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("source\tpath=\tstamp=x")]
    [DataRow("start\tcommand.program=dotnet\nsource")]
    public void With_a_damaged_file_the_worker_isnt_started_early(string content)
    {
        Edit("Order.cs", "public int Tenant", "public long Tenant");
        _harness.Folder.Write("obj/early-start", content);

        Build();

        Assert.IsFalse(HasStartedEarly);
        Assert.HasCount(1, _harness.WorkerRequests);
        Assert.IsEmpty(_harness.Engine.Errors);
        Edit("Order.cs", "public long Tenant", "public short Tenant");
        Build();
        Assert.IsTrue(HasStartedEarly);
    }

    [TestMethod]
    public void It_ends_with_a_build_that_doesnt_compile()
    {
        Edit("Order.cs", "public int Tenant", "public Tenant");
        var engine = Start();
        using var process = Worker();

        engine.End();

        Assert.IsTrue(process.WaitForExit(TimeSpan.FromSeconds(30)));
    }

    [TestMethod]
    public void It_ends_if_the_check_doesnt_need_it()
    {
        Edit("Order.cs", "public int Tenant", "/* the tenant */ public int Tenant");
        _shop.Emit(Assembly, _sources);
        var engine = Start();
        using var process = Worker();

        Check(engine);

        Assert.IsTrue(process.WaitForExit(TimeSpan.FromSeconds(30)));
    }

    [TestMethod]
    public void If_the_early_worker_has_exited_another_worker_is_asked()
    {
        Edit("Order.cs", "public int Tenant", "public long Tenant");
        var engine = Start();
        using (var process = Worker())
        {
            process.Kill();
            process.WaitForExit();
        }

        _shop.Emit(Assembly, _sources);
        Check(engine);

        Assert.AreEqual((2, 1), (_harness.Starts, _harness.WorkerRequests.Count));
        Assert.IsEmpty(_harness.Engine.Errors);
    }

    [TestMethod]
    public void If_the_build_changes_how_it_starts_another_one_is_asked()
    {
        Edit("Order.cs", "public int Tenant", "public long Tenant");
        var engine = Start();
        using var process = Worker();

        _shop.Emit(Assembly, _sources);
        _harness.Metadata["Frameworks"] += ";Microsoft.AspNetCore.App|10.0.0";
        Check(engine);

        Assert.AreEqual((2, 1), (_harness.Starts, _harness.WorkerRequests.Count));
        Assert.IsTrue(process.WaitForExit(TimeSpan.FromSeconds(30)));
    }

    [TestMethod]
    public void It_isnt_started_if_packages_may_have_changed()
    {
        Edit("Order.cs", "public int Tenant", "public long Tenant");
        File.SetLastWriteTimeUtc(Assets, DateTime.UtcNow.AddMinutes(1));

        Start();

        Assert.IsFalse(HasStartedEarly);
    }

    [TestMethod]
    [DataRow("", DisplayName = "That of checks")]
    [DataRow(".code", DisplayName = "That of drafts")]
    public void A_process_that_ends_before_the_request_is_started_again_without_its_profile(string extension)
    {
        Edit("Order.cs", "public int Tenant", "public long Tenant");
        _shop.Emit(Assembly, _sources);
        var profile = RunningWorker.ProfileIn(_harness.Metadata["StateFolder"]) + extension;
        File.WriteAllText(profile, "damaged");
        _harness.WorkerScript("exit 139");

        _harness.Execute(new CheckMigrations());

        Assert.AreEqual(2, _harness.Starts);
        Assert.IsFalse(File.Exists(profile));
        Assert.AreEqual("MIG1009", _harness.Engine.Warnings.Single().Code);
    }

    private IEnumerable<string?> Messages => _harness.Engine.Messages.Select(message => message.Message);

    /// <summary>Whether the last build has started it before the compilation.</summary>
    private bool HasStartedEarly => Messages.Any(message => message!.Contains("before the compilation", StringComparison.Ordinal));

    private void Edit(string file, string old, string @new)
    {
        _shop = _shop.Edit(file, old, @new);
        _sources.Write(file, _sources.Read(file).Replace(old, @new, StringComparison.Ordinal));
    }

    private void Build()
    {
        var engine = Start();
        _shop.Emit(Assembly, _sources);
        Check(engine);
        engine.End();
    }

    /// <summary>Begins a build.</summary>
    private RecordingEngine Start()
    {
        _harness.Prepare(new CheckMigrations());
        var task = new StartWorker { BuildEngine = _harness.Engine, StateFolder = _harness.Metadata["StateFolder"], AssetsFile = Assets };
        Assert.IsTrue(task.Execute());
        return _harness.Engine;
    }

    private void Check(RecordingEngine engine)
    {
        Assert.AreSame(engine, _harness.Engine);
        _harness.ExecuteInSameBuild(new CheckMigrations());
    }

    private Process Worker()
    {
        _harness.WaitForWorker();
        var start = Directory.GetFiles(_harness.Folder["obj"], "start-*").Single();
        return Process.GetProcessById(int.Parse(start.Split('-')[^1], CultureInfo.InvariantCulture));
    }
}
