using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.BuildTasks;

namespace MigrationsBuild.Tasks.Tests;

[TestClass]
public class CheckMigrationsTests
{
    private static readonly Diagnostic _drift = new(
        DiagnosticCodes.Drift,
        "User.Avatar has no migration {0}",
        new Location("/elsewhere/User.cs", 12, 20));

    [TestMethod]
    public void A_finding_has_a_code_a_location_and_a_page()
    {
        using var harness = new TaskHarness();

        Assert.IsTrue(harness.Answers(harness.Context(_drift)).Execute(new CheckMigrations()));

        var warning = harness.Engine.Warnings.Single();
        Assert.AreEqual(("MIG1001", "/elsewhere/User.cs", 12, 20), (warning.Code, warning.File, warning.LineNumber, warning.ColumnNumber));
        Assert.AreEqual("User.Avatar has no migration {0}", warning.Message);
        Assert.AreEqual("file:///help/MIG1001.md", warning.HelpLink);
    }

    [TestMethod]
    public void Locations_are_relative_to_the_project_and_the_default_is_the_project()
    {
        using var harness = new TaskHarness();
        var inside = _drift with { Location = new Location(harness.Folder["Models/User.cs"], 1, 2) };

        harness.Answers(harness.Context(inside, _drift with { Location = null })).Execute(new CheckMigrations());

        CollectionAssert.AreEqual(
            new[] { "Models/User.cs", harness.Folder["App.csproj"] },
            harness.Engine.Warnings.ConvertAll(warning => warning.File));
    }

    [TestMethod]
    public void The_second_build_shows_it_again_and_starts_nothing()
    {
        using var harness = new TaskHarness();
        harness.Answers(harness.Context(_drift)).Execute(new CheckMigrations());

        harness.Execute(new CheckMigrations());

        Assert.AreEqual(1, harness.Starts);
        Assert.AreEqual("MIG1001", harness.Engine.Warnings.Single().Code);
    }

    [TestMethod]
    public void A_changed_input_starts_the_worker_again()
    {
        using var harness = new TaskHarness();
        harness.Answers(harness.Context(_drift)).Execute(new CheckMigrations());
        harness.Folder.Write("bin/App.dll", "another assembly");

        harness.Answers(harness.Context()).Execute(new CheckMigrations());

        Assert.AreEqual(2, harness.Starts);
        Assert.IsEmpty(harness.Engine.Warnings);
    }

    [TestMethod]
    public void Output_of_the_application_is_not_a_diagnostic()
    {
        using var harness = new TaskHarness();
        harness.Answers(harness.Context());
        harness.WorkerScript(
            "print error XY1: fail: Program.cs(1,1): error CS0001: boom",
            "error Unhandled exception. Password=hush-hush",
            harness.Folder.Read("obj/worker-script"));

        Assert.IsTrue(harness.Execute(new CheckMigrations()));

        Assert.IsEmpty(harness.Engine.Errors);
        Assert.IsEmpty(harness.Engine.Warnings);
        Assert.DoesNotContain(message => message.Message!.Contains("hush-hush", StringComparison.Ordinal), harness.Engine.Messages);
    }

    [TestMethod]
    public void A_worker_that_ends_without_answer_gives_no_verdict_and_is_asked_again()
    {
        using var harness = new TaskHarness();
        harness.WorkerScript("error Failed to load: Password=hush-hush", "exit 134");

        harness.Execute(new CheckMigrations());
        harness.Execute(new CheckMigrations());

        Assert.AreEqual("MIG1009", harness.Engine.Warnings.Single().Code);
        Assert.Contains("ended with code 134 and no answer: Failed to load: Password=***", harness.Engine.Warnings.Single().Message!);
        Assert.AreEqual(2, harness.Starts);
    }

    [TestMethod]
    [DataRow("print only half", "context\tname=x")]
    [DataRow("print nothing", "")]
    [DataRow("leave-child", "context\tname=x\n")]
    public void An_answer_that_breaks_off_is_none(string script, string text)
    {
        using var harness = new TaskHarness();
        harness.Folder.Write("canned", text);
        harness.WorkerScript(script, $"answer {harness.Folder["canned"]}");

        harness.Execute(new CheckMigrations());

        Assert.AreEqual("MIG1009", harness.Engine.Warnings.Single().Code);
    }

    [TestMethod]
    public void A_process_that_the_application_has_started_may_outlive_the_worker()
    {
        using var harness = new TaskHarness();
        harness.Answers(harness.Context(_drift));
        harness.WorkerScript("leave-child", harness.Folder.Read("obj/worker-script"));

        Assert.IsTrue(harness.Execute(new CheckMigrations()));

        using var child = harness.Child;
        Assert.IsFalse(child.HasExited, "It holds the pipe and standard output open.");
        Assert.AreEqual("MIG1001", harness.Engine.Warnings.Single().Code);
    }

    [TestMethod]
    public void The_applications_code_finds_standard_input_at_its_end()
    {
        using var harness = new TaskHarness();
        harness.Answers(harness.Context(_drift));
        harness.WorkerScript("wait-for-end", harness.Folder.Read("obj/worker-script"));

        Assert.IsTrue(harness.Execute(new CheckMigrations()));

        Assert.AreEqual("MIG1001", harness.Engine.Warnings.Single().Code);
    }

    [TestMethod]
    public void A_cancelled_build_doesnt_wait_for_the_applications_code()
    {
        using var harness = new TaskHarness();
        harness.WorkerScript("sleep");
        var task = harness.Prepare(new CheckMigrations());
        var run = Task.Run(task.Execute);
        harness.WaitForWorker();

        task.Cancel();

        Assert.IsTrue(run.Wait(TimeSpan.FromSeconds(20)));
        Assert.AreEqual("MIG3012", harness.Engine.Errors.Single().Code);
    }

    [TestMethod]
    public void A_project_without_a_context_is_left_in_peace()
    {
        using var harness = new TaskHarness();

        Assert.IsTrue(harness.Answers().Execute(new CheckMigrations()));

        Assert.IsEmpty(harness.Engine.Warnings);
        Assert.IsEmpty(harness.Engine.Lines);
    }

    [TestMethod]
    public void Before_the_first_build_it_reports_the_missing_assembly()
    {
        using var harness = new TaskHarness();
        File.Delete(harness.Folder["bin/App.dll"]);
        Directory.Delete(harness.Folder["obj"], recursive: true);

        Assert.IsTrue(harness.Execute(new CheckMigrations()));

        Assert.AreEqual("MIG1009", harness.Engine.Warnings.Single().Code);
        Assert.EndsWith("App.dll, and this call builds nothing. Run first: dotnet build", harness.Engine.Warnings.Single().Message!);
    }

    [TestMethod]
    public void A_difference_in_the_format_of_the_snapshot_is_a_message()
    {
        using var harness = new TaskHarness();
        harness.Metadata["DbStrict"] = "true";
        var context = harness.Context(new Diagnostic(DiagnosticCodes.SnapshotFormat, "no table changes")) with { Migrations = [] };

        Assert.IsTrue(harness.Answers(context).Execute(new CheckMigrations()));

        Assert.IsEmpty(harness.Engine.Warnings);
        Assert.ContainsSingle(message => message.Message == "MIG1007: no table changes", harness.Engine.Messages);
    }

    [TestMethod]
    public void Settings_make_it_louder_and_say_why()
    {
        using var harness = new TaskHarness();
        (harness.Metadata["DbDrift"], harness.Metadata["DbStrict"], harness.Metadata["StrictBecause"]) = ("error", "true", "CI=true");

        Assert.IsFalse(harness.Answers(harness.Context(_drift)).Execute(new CheckMigrations()));

        Assert.EndsWith("(Error because CI=true.)", harness.Engine.Errors.Single().Message!);
    }

    [TestMethod]
    public void An_error_that_NoWarn_names_has_the_setting_that_silences_it()
    {
        using var harness = new TaskHarness();
        (harness.Metadata["DbStrict"], harness.Metadata["StrictBecause"], harness.Metadata["NoWarn"]) = ("true", "CI=true", "MIG1001");

        Assert.IsFalse(harness.Answers(harness.Context(_drift)).Execute(new CheckMigrations()));

        Assert.EndsWith(
            "(Error because CI=true. NoWarn has no effect on errors: set DbDrift.)", harness.Engine.Errors.Single().Message!);
    }

    [TestMethod]
    [DataRow("", false, "warning")]
    [DataRow("", true, "error")]
    [DataRow("CS0168;mig1001", false, "")]
    public void The_log_for_code_scanning_has_the_severity_that_MSBuild_shows(string noWarn, bool isPromoted, string level)
    {
        using var harness = new TaskHarness();
        (harness.Metadata["DbErrorLog"], harness.Metadata["NoWarn"]) = ("a.sarif", noWarn);
        var task = harness.Answers(harness.Context(_drift) with { Migrations = [] }).Prepare(new CheckMigrations());
        if (isPromoted)
            harness.Engine.Promoted.Add("MIG1001");

        task.Execute();

        var text = harness.Folder.Read("a.sarif");
        bool Has(string each) => text.Contains($"\"level\": \"{each}\"", StringComparison.Ordinal);
        Assert.AreEqual(level, Has("error") ? "error" : Has("warning") ? "warning" : "");
    }

    [TestMethod]
    public void A_local_build_writes_the_SQL_of_drafts_and_a_strict_one_doesnt()
    {
        using var harness = new TaskHarness();
        var context = harness.Context();
        harness.Folder.Write(
            "Migrations/ShopContext.approvals",
            new ApprovalsFile(context.Name, "App", context.Provider, "__EFMigrationsHistory", []).ToText());
        harness.Metadata["DbStrict"] = "true";

        harness.Answers(context).Execute(new CheckMigrations());
        Assert.IsFalse(File.Exists(harness.Folder["Migrations/20260101000000_A.sql"]));
        harness.Metadata["DbStrict"] = "false";
        harness.Execute(new CheckMigrations());

        Assert.EndsWith("\n\nCREATE TABLE a (x);\n", harness.Folder.Read("Migrations/20260101000000_A.sql"));
        Assert.AreEqual("MIG1002", harness.Engine.Warnings.Single().Code);
        Assert.AreEqual(1, harness.Starts, "The answer was kept.");
    }
}
