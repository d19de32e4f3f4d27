using MigrationsBuild.Contexts;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Core.Tests.Protocol;

[TestClass]
public class RequestTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void The_runner_gets_what_was_asked(bool flag)
    {
        var request = new RunnerRequest("migrate", "/project" + Wire.Odd)
        {
            To = Wire.Odd,
            Force = "shop",
            DryRun = flag,
            Purge = flag,
            Idempotent = !flag,
            Verbose = flag,
            OutputPath = "out.sql",
            Settings = RunSettingsTests.Odd,
            ConnectionVariable = "VARIABLE",
            ConnectionSource = "appsettings.json",
        };

        Assert.AreEqual(request, RunnerRequest.From(Wire.Send(request.ToMessage()).Single()));
    }

    [TestMethod]
    public void A_runners_request_of_defaults_comes_back()
    {
        var request = new RunnerRequest("current", "/project");

        Assert.AreEqual(request, RunnerRequest.From(Wire.Send(request.ToMessage()).Single()));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void The_worker_gets_what_was_asked(bool flag)
    {
        var request = new WorkerRequest("/bin/App.dll", [])
        {
            HashCachePath = "hashes",
            HistoryCachePath = "history",
            DesignAssemblyPath = "design",
            ContextName = "Shop",
            Timeout = TimeSpan.FromSeconds(1.5),
            StepLimit = TimeSpan.FromSeconds(0.5),
            Emission = EmissionScope.Drafts,
            EmitRevisions = "head-1",
            Revision = !flag,
            RevisionName = "AddUsers",
            RevisionEmpty = flag,
            RevisionAmend = !flag,
            AutoDraft = flag,
            ListEntities = !flag,
            Discard = !flag,
            WantsConnections = flag,
        };

        AssertComesBack(request);
    }

    [TestMethod]
    public void The_worker_gets_what_it_needs_before_the_request()
    {
        var start = new WorkerStart("42", "/obj/" + Wire.Odd, IsEarly: true, WritesCode: true);

        Assert.AreEqual(start, WorkerStart.From(Wire.Send(start.ToMessages())));
    }

    [TestMethod]
    public void A_workers_request_of_defaults_comes_back()
    {
        var request = new WorkerRequest("/bin/App.dll", []);

        AssertComesBack(request);
    }

    [TestMethod]
    public void A_step_of_other_work_may_take_ten_times_as_long_as_the_start_up_code() =>
        Assert.AreEqual(TimeSpan.FromSeconds(20), new WorkerRequest("/bin/App.dll", []) { Timeout = TimeSpan.FromSeconds(2) }.StepTimeout);

    [TestMethod]
    public void Projects_come_in_order()
    {
        var odd = new MigrationsProject("Shop.Data", "/" + Wire.Odd)
        {
            RootNamespace = "App.Ä",
            Language = "VB",
            MigrationsFolder = "Data/" + Wire.Odd,
            MigrationsNamespace = "Shop.Storage",
            IsCheckedElsewhere = true,
        };
        MigrationsProject[] projects = [new("App", "/app"), odd];
        var request = new WorkerRequest("/bin/App.dll", projects);

        CollectionAssert.AreEqual(projects, WorkerRequest.From(Wire.Send(request.ToMessages())).Projects.ToArray());
        Assert.AreEqual(odd, request.Find("shop.data"));
        Assert.IsNull(request.Find("Other"));
    }

    /// <summary>Lists are compared by other tests.</summary>
    private static void AssertComesBack(WorkerRequest request)
    {
        var read = WorkerRequest.From(Wire.Send(request.ToMessages()));

        var withSameLists = read with
        {
            Arguments = request.Arguments,
            SourceRoots = request.SourceRoots,
            Projects = request.Projects,
            KnownSnapshots = request.KnownSnapshots,
        };
        Assert.AreEqual(request, withSameLists);
    }

    [TestMethod]
    public void Arguments_come_in_order()
    {
        string[] arguments = ["--provider", "", Wire.Odd, "--provider"];
        var request = new WorkerRequest("/bin/App.dll", []) { Arguments = arguments };

        CollectionAssert.AreEqual(arguments, WorkerRequest.From(Wire.Send(request.ToMessages())).Arguments.ToArray());
    }

    [TestMethod]
    public void Known_snapshots_come_in_order()
    {
        DraftKey[] drafts = [new("Shop.ShopContext", "1_A"), new("Shop." + Wire.Odd, "1_A")];
        var request = new WorkerRequest("/bin/App.dll", []) { KnownSnapshots = drafts };

        CollectionAssert.AreEqual(drafts, WorkerRequest.From(Wire.Send(request.ToMessages())).KnownSnapshots.ToArray());
    }

    [TestMethod]
    public void Source_roots_come_in_order()
    {
        SourceRoot[] roots = [new("/_1/", "C:\\new\\"), new("/_/", Wire.Odd)];
        var request = new WorkerRequest("/bin/App.dll", []) { SourceRoots = roots };

        CollectionAssert.AreEqual(roots, WorkerRequest.From(Wire.Send(request.ToMessages())).SourceRoots.ToArray());
    }
}
