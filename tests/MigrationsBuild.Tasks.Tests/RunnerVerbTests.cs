using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.Verbs;

namespace MigrationsBuild.Tasks.Tests;

[TestClass]
[DoNotParallelize]
public sealed class RunnerVerbTests : IDisposable
{
    private readonly TaskHarness _harness = new();

    [TestInitialize]
    public void SetConnection()
    {
        Environment.SetEnvironmentVariable("TASKS_TESTS_CONNECTION", "Data Source=app.db");
        _harness.Answers(_harness.Context()).Execute(new CheckMigrations());
        _harness.Execute(new DbApprove());
        _harness.ForgetStarts();
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("TASKS_TESTS_CONNECTION", null);
        _harness.Dispose();
    }

    [TestMethod]
    public void The_runner_gets_the_request_and_its_lines_are_shown()
    {
        Says(new MessageLine(RunnerMessages.Line).With("text", "20260101000000_A  3 ms {0}"));

        Assert.IsTrue(_harness.Execute(new DbMigrate(), ("DbTo", "a%3Bb"), ("DbForce", "app.db"), ("DbDryRun", "true")));

        Assert.Contains("20260101000000_A  3 ms {0}", _harness.Engine.Lines);
        var request = RunnerRequest.From(_harness.Received.Single()[0]);
        Assert.AreEqual(("migrate", "a;b", "app.db", true, "TASKS_TESTS_CONNECTION"), (request.Verb, request.To, request.Force, request.DryRun, request.ConnectionVariable));
        Assert.AreEqual("20260101000000_A", Manifest.From(_harness.Received.Single().Skip(1)).Migrations.Single().Id);
        Assert.AreEqual(1, _harness.Starts, "No worker is needed.");
    }

    [TestMethod]
    public void Its_errors_and_warnings_are_the_builds()
    {
        Says(
            new Diagnostic(DiagnosticCodes.Ahead, "ahead").ToMessage(RunnerMessages.Diagnostic),
            new Diagnostic(DiagnosticCodes.NotEmittable, "no SQL", new Place(_harness.Folder["a.sql"], 3, 4)).ToMessage(RunnerMessages.Diagnostic));

        Assert.IsFalse(_harness.Execute(new DbMigrate()));

        Assert.AreEqual("MIG3010", _harness.Engine.Warnings.Single().Code);
        Assert.AreEqual(("MIG1010", "a.sql", 3, 4), (_harness.Engine.Errors.Single().Code, _harness.Engine.Errors.Single().File, _harness.Engine.Errors.Single().LineNumber, _harness.Engine.Errors.Single().ColumnNumber));
    }

    [TestMethod]
    public void A_runner_that_breaks_down_is_our_fault()
    {
        _harness.Script("error Unhandled exception: Password=hush-hush", "exit 134");

        Assert.IsFalse(_harness.Execute(new DbMigrate()));

        Assert.AreEqual("MIG9001", _harness.Engine.Errors.Single().Code);
        Assert.DoesNotContain("hush-hush", _harness.Engine.Errors.Single().Message!);
    }

    [TestMethod]
    public void A_cancelled_build_lets_the_runner_end_in_order()
    {
        _harness.Script("wait-for-end", "print " + new Diagnostic(DiagnosticCodes.Interrupted, "undone").ToMessage(RunnerMessages.Diagnostic), "exit 1");
        var task = _harness.Prepare(new DbMigrate());
        var run = Task.Run(task.Execute);
        _harness.WaitForStarts(1);

        task.Cancel();

        Assert.IsTrue(run.Wait(TimeSpan.FromSeconds(20)));
        Assert.AreEqual("MIG3012", _harness.Engine.Errors.Single().Code);
    }

    [TestMethod]
    public void Without_a_connection_a_strict_build_stops()
    {
        Environment.SetEnvironmentVariable("TASKS_TESTS_CONNECTION", null);
        (_harness.Metadata["DbStrict"], _harness.Metadata["StrictBecause"]) = ("true", "CI=true");

        Assert.IsFalse(_harness.Execute(new DbMigrate()));

        Assert.AreEqual("MIG4006", _harness.Engine.Errors.Single().Code);
        Assert.AreEqual(0, _harness.Starts);
    }

    [TestMethod]
    public void Under_the_terminal_logger_lines_wait_for_the_builds_end()
    {
        _harness.Metadata["TerminalLogger"] = "1";
        Says(new MessageLine(RunnerMessages.Line).With("text", "a line"));
        _harness.Execute(new DbHistory());
        var console = Console.Error;
        using var captured = new StringWriter();
        Console.SetError(captured);
        try
        {
            ((IDisposable)_harness.Engine.GetRegisteredTaskObject("MigrationsBuild.VerbOutput", Microsoft.Build.Framework.RegisteredTaskObjectLifetime.Build)).Dispose();
        }
        finally
        {
            Console.SetError(console);
        }

        Assert.AreEqual("a line\n", captured.ToString().ReplaceLineEndings("\n"));
    }

    private void Says(params MessageLine[] messages) => _harness.Script([.. messages.Select(message => "print " + message), .. messages.Any(message => message.Name == RunnerMessages.Diagnostic) ? new[] { "exit 1" } : []]);
}
