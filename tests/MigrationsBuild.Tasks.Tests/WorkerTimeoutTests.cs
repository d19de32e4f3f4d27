using Microsoft.Build.Utilities;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.Processes;
using MigrationsBuild.Tasks.Projects;
using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>The timeouts of the worker, and the progress that is shown.</summary>
[TestClass]
public sealed class WorkerTimeoutTests : IDisposable
{
    private readonly TaskHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    public void A_worker_that_hangs_as_a_whole_is_stopped_and_its_last_step_named()
    {
        // The limit of its step counts, whatever the start-up code may take.
        _harness.Metadata["DbWorkerTimeout"] = "3600";
        HangsAt("ShopContext: SQL of 3 of 9 migrations");

        Assert.IsFalse(_harness.Execute(new DbCheck()));

        var error = _harness.Engine.Errors.Single();
        Assert.AreEqual("MIG1009", error.Code);
        Assert.Contains("Its last step: ShopContext: SQL of 3 of 9 migrations", error.Message!);
    }

    [TestMethod]
    public void The_step_that_takes_long_is_shown_in_the_build()
    {
        HangsAt("ShopContext: SQL of 3 of 9 migrations, now 20260104000000_D");
        var project = new ProjectDescription(_harness.Item, []);
        var engine = new RecordingEngine();
        var worker = new WorkerProcess(project, new TaskLoggingHelper(engine, "Worker"))
        {
            ProgressInterval = TimeSpan.FromMilliseconds(20),
        };

        worker.Ask(project.Request(), CancellationToken.None);

        Assert.StartsWith("ShopContext: SQL of 3 of 9 migrations, now 20260104000000_D (", engine.Lines.First());
    }

    [TestMethod]
    public void A_check_that_couldnt_look_fails_whatever_the_settings_say_of_a_build()
    {
        _harness.Answers(new WorkerAnswer([], [new Diagnostic(DiagnosticCodes.NoVerdict, "no context")]));
        _harness.Metadata["DbNoVerdict"] = "warning";

        Assert.IsFalse(_harness.Execute(new DbCheck()));
        Assert.IsTrue(_harness.Execute(new CheckMigrations()));

        Assert.AreEqual("MIG1009", _harness.Engine.Warnings.Single().Code);
    }

    [TestMethod]
    public void Long_work_shows_its_progress_and_short_work_shows_nothing()
    {
        List<string> lines = [];
        using (var work = new ProgressLines(lines.Add, TimeSpan.FromMinutes(1)))
            work.At("short");
        using (var work = new ProgressLines(lines.Add, TimeSpan.FromMilliseconds(20)))
        {
            work.At("SQL of 3 of 9 migrations");
            Assert.IsTrue(SpinWait.SpinUntil(() => lines.Count > 1, TimeSpan.FromSeconds(30)));
        }

        Assert.IsTrue(lines.TrueForAll(line => line == "SQL of 3 of 9 migrations (0 s)"), string.Join("\n", lines));
    }

    /// <summary>Has the worker hang at a step.</summary>
    private void HangsAt(string step)
    {
        // Less than nothing takes most of the patience away that the worker has beyond the step's own limit.
        _harness.Folder.Write("canned", new WorkerProgress(step, TimeSpan.FromSeconds(-14)).ToMessage() + "\n");
        _harness.WorkerScript($"answer {_harness.Folder["canned"]}", "sleep");
    }
}
