using System.Text.Json;
using Microsoft.Build.Framework;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Tests;

[TestClass]
public sealed class RunnerTaskTests : IDisposable
{
    private readonly TaskHarness _harness = new();

    [TestInitialize]
    public void SetConnection()
    {
        _harness.HasConnection = true;
        _harness.Adopt();
    }

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    public void The_task_of_a_verb_starts_the_runner_if_the_table_says_so()
    {
        var verbTasks = typeof(RunnerTask).Assembly.GetTypes().Where(type => VerbTable.OfTarget(type.Name) is not null).ToList();

        CollectionAssert.AreEquivalent(
            VerbTable.All.Where(verb => verb.DatabaseNeed is not null).Select(verb => verb.Target).ToArray(),
            verbTasks.Where(type => type.IsSubclassOf(typeof(RunnerTask))).Select(type => type.Name).ToArray());
    }

    [TestMethod]
    public void The_runner_gets_the_request_and_its_lines_are_shown()
    {
        Says(new MessageLine(RunnerMessages.Line).With("text", "20260101000000_A  3 ms {0}"));

        Assert.IsTrue(_harness.Execute(new DbMigrate(), ("DbTo", "a%3Bb"), ("DbForce", "app.db"), ("DbDryRun", "true")));

        Assert.Contains("20260101000000_A  3 ms {0}", _harness.Engine.Lines);
        var request = RunnerRequest.From(_harness.RunnerRequests.Single()[0]);
        Assert.AreEqual(
            ("migrate", "a;b", "app.db", true, "TASKS_TESTS_CONNECTION"),
            (request.Verb, request.To, request.Force, request.DryRun, request.ConnectionVariable));
        Assert.AreEqual("20260101000000_A", Manifest.From(_harness.RunnerRequests.Single().Skip(1)).Migrations.Single().Id);
        Assert.HasCount(1, _harness.WorkerRequests, "What is applied comes from no other call's answer.");
    }

    [TestMethod]
    public void Agreement_to_SQL_of_the_journal_is_a_property_of_the_call()
    {
        Says();
        Assert.IsTrue(_harness.Execute(new DbRollback(), ("DbTo", "A"), ("DbAcceptSql", "5d0c4f2d9b1e")));
        Assert.AreEqual("5d0c4f2d9b1e", RunnerRequest.From(_harness.RunnerRequests.Single()[0]).AcceptSql);

        Assert.IsFalse(_harness.Execute(new DbCurrent(), ("DbAcceptSql", "5d0c4f2d9b1e")));
        Assert.AreEqual("MIG4010", _harness.Engine.Errors.Single().Code);
    }

    [TestMethod]
    [DataRow(typeof(DbRollback), "DbRev", "DbRollback has no property DbRev. It accepts: -p:DbTo=")]
    [DataRow(typeof(DbStamp), "DbTo", "DbStamp has no property DbTo. It accepts: -p:DbRev=")]
    [DataRow(typeof(DbMigrate), "Msg", "DbMigrate has no property Msg.")]
    public void A_property_that_a_verb_doesnt_have_is_refused(Type verb, string property, string text)
    {
        Assert.IsFalse(_harness.Execute((RunnerTask)Activator.CreateInstance(verb)!, (property, "base")));

        Assert.AreEqual("MIG4010", _harness.Engine.Errors.Single().Code);
        Assert.StartsWith(text, _harness.Engine.Errors.Single().Message!);
        Assert.AreEqual(0, _harness.Starts);
    }

    [TestMethod]
    public void A_finding_that_fails_the_build_prevents_applying()
    {
        _harness.Answers(_harness.Context(new Diagnostic(DiagnosticCodes.Drift, "drift")));
        _harness.RunnerScript("exit 0");

        Assert.IsTrue(_harness.Execute(new DbMigrate()));
        Assert.AreEqual("MIG1001", _harness.Engine.Warnings.Single().Code);
        Assert.AreEqual(1, _harness.RunnerStarts);

        (_harness.Metadata["DbStrict"], _harness.Metadata["StrictBecause"]) = ("true", "CI=true");
        Assert.IsFalse(_harness.Execute(new DbMigrate()));
        Assert.AreEqual("MIG1001", _harness.Engine.Errors.Single().Code);
        _harness.Metadata["DbStrict"] = "false";
        var task = _harness.Prepare(new DbMigrate());
        _harness.Engine.Promoted.Add("MIG1001");
        Assert.IsFalse(task.Execute(), "-warnaserror");
        Assert.AreEqual(1, _harness.RunnerStarts, "No runner was started, so no database was created.");
    }

    [TestMethod]
    public void Its_errors_and_warnings_are_the_builds()
    {
        Says(
            new Diagnostic(DiagnosticCodes.Ahead, "ahead").ToMessage(RunnerMessages.Diagnostic),
            new Diagnostic(DiagnosticCodes.NotEmittable, "no SQL", new Location(_harness.Folder["a.sql"], 3, 4))
                .ToMessage(RunnerMessages.Diagnostic));

        Assert.IsFalse(_harness.Execute(new DbMigrate()));

        Assert.AreEqual("MIG3010", _harness.Engine.Warnings.Single().Code);
        var error = _harness.Engine.Errors.Single();
        Assert.AreEqual(("MIG1010", "a.sql", 3, 4), (error.Code, error.File, error.LineNumber, error.ColumnNumber));
    }

    [TestMethod]
    [DataRow("true", "")]
    [DataRow("true", "error")]
    [DataRow("false", "off")]
    public void What_a_verification_has_measured_is_a_warning(string strict, string lint)
    {
        _harness.Metadata["DbStrict"] = strict;
        _harness.Metadata["DbLint"] = lint;
        _harness.RunnerScript("print " + new Diagnostic(DiagnosticCodes.UniqueOnRows, "Measured: the statement fails.")
        {
            Severity = Severity.Warning,
        }.ToMessage(RunnerMessages.Diagnostic));

        Assert.IsTrue(_harness.Execute(new DbVerify()));

        Assert.AreEqual("MIG2203", _harness.Engine.Warnings.Single().Code);
    }

    [TestMethod]
    public void A_runner_that_breaks_down_is_our_fault()
    {
        _harness.RunnerScript("error Unhandled exception: Password=hush-hush", "exit 134");

        Assert.IsFalse(_harness.Execute(new DbMigrate()));

        Assert.AreEqual("MIG9001", _harness.Engine.Errors.Single().Code);
        Assert.DoesNotContain("hush-hush", _harness.Engine.Errors.Single().Message!);
    }

    [TestMethod]
    public void A_cancelled_build_lets_the_runner_end_in_order()
    {
        _harness.RunnerScript(
            "wait-for-end",
            "print " + new Diagnostic(DiagnosticCodes.Interrupted, "undone").ToMessage(RunnerMessages.Diagnostic),
            "exit 1");
        var task = _harness.Prepare(new DbMigrate());
        var run = Task.Run(task.Execute);
        _harness.WaitForRunner();

        task.Cancel();

        Assert.IsTrue(run.Wait(TimeSpan.FromSeconds(20)));
        Assert.AreEqual("MIG3012", _harness.Engine.Errors.Single().Code);
    }

    [TestMethod]
    public void Without_a_connection_a_strict_build_stops()
    {
        _harness.HasConnection = false;
        (_harness.Metadata["DbStrict"], _harness.Metadata["StrictBecause"]) = ("true", "CI=true");

        foreach (var verb in new RunnerTask[] { new DbMigrate(), new DbShow() })
        {
            Assert.IsFalse(_harness.Execute(verb, verb is DbShow ? [("DbRev", "current")] : []));

            Assert.AreEqual("MIG4006", _harness.Engine.Errors.Single().Code);
            Assert.Contains("Set the environment variable TASKS_TESTS_NO_CONNECTION", _harness.Engine.Errors.Single().Message!);
        }

        Assert.AreEqual(0, _harness.RunnerStarts);
    }

    [TestMethod]
    public void Without_a_connection_a_strict_build_still_runs_the_verbs_that_need_none()
    {
        _harness.HasConnection = false;
        (_harness.Metadata["DbStrict"], _harness.Metadata["StrictBecause"]) = ("true", "CI=true");
        _harness.RunnerScript("exit 0");

        foreach (var verb in new RunnerTask[] { new DbHistory(), new DbScript(), new DbShow(), new DbHeads() })
            Assert.IsTrue(_harness.Execute(verb, verb is DbShow ? [("DbRev", "head")] : []), verb.GetType().Name);

        Assert.AreEqual(4, _harness.RunnerStarts);
    }

    [TestMethod]
    [DataRow(null, "ShopContext is configured without a connection string")]
    [DataRow(
        "'ConnectionStrings:Shop' was not found.",
        "The connection string of ShopContext can't be read: 'ConnectionStrings:Shop' was not found. Set")]
    public void Without_a_connection_a_verb_that_needs_none_runs_and_the_others_name_the_variable(string? problem, string why)
    {
        _harness.HasConnection = false;
        var connection = new MessageLine(WorkerMessages.Connection).With("context", "App.ShopContext").With("problem", problem);
        _harness.Folder.Write("../canned", MessagePipe.Text(new WorkerAnswer([_harness.Context()], []).ToMessages().Append(connection)));
        Says();

        foreach (var verb in new RunnerTask[] { new DbHistory(), new DbScript(), new DbShow(), new DbHeads() })
            Assert.IsTrue(
                _harness.Execute(verb, verb is DbShow ? [("DbRev", "head")] : []),
                _harness.Engine.Errors.FirstOrDefault()?.Message);
        Assert.AreEqual("", RunnerRequest.From(_harness.RunnerRequests[0][0]).ConnectionVariable);

        foreach (var verb in new RunnerTask[] { new DbCurrent(), new DbMigrate() })
        {
            Assert.IsFalse(_harness.Execute(verb));
            Assert.AreEqual("MIG4006", _harness.Engine.Errors.Single().Code);
            Assert.Contains(why, _harness.Engine.Errors.Single().Message!);
            Assert.Contains("TASKS_TESTS_NO_CONNECTION", _harness.Engine.Errors.Single().Message!);
        }
    }

    [TestMethod]
    public void The_runner_gets_how_the_context_records_a_migration_and_creates_its_database()
    {
        var context = _harness.Context();
        var recording = new HistoryScripts("INSERT INTO h VALUES ('A', '1.4.2')", "DELETE FROM h");
        var creation = new DatabaseCreation("admin", "countries", "C", "fast");
        Says();

        _harness.Answers(context with { Creation = creation, Migrations = [context.Migrations[0] with { Recording = recording }] });
        Assert.IsTrue(_harness.Execute(new DbMigrate()));

        var manifest = Manifest.From(_harness.RunnerRequests.Single().Skip(1));
        Assert.AreEqual(creation, manifest.Creation);
        Assert.AreEqual(recording, manifest.Migrations.Single().Recording);
        Assert.AreEqual(context.History, manifest.History);
    }

    [TestMethod]
    public void The_connection_of_the_configuration_is_the_runners_and_is_named_by_its_context()
    {
        _harness.HasConnection = false;
        var connection = new MessageLine(WorkerMessages.Connection).With("context", "App.ShopContext")
            .With("string", "Data Source=shop.db").With("remark", "a remark");
        _harness.Folder.Write("../canned", MessagePipe.Text(new WorkerAnswer([_harness.Context()], []).ToMessages().Append(connection)));
        Says();

        Assert.IsTrue(_harness.Execute(new DbMigrate()));

        Assert.AreEqual(
            "the configuration of ShopContext; a remark",
            RunnerRequest.From(_harness.RunnerRequests.Single()[0]).ConnectionSource);
    }

    [TestMethod]
    [DataRow("true", true)]
    [DataRow("false", false)]
    public void The_runner_knows_whether_the_build_is_strict(string strict, bool expected)
    {
        _harness.Metadata["DbStrict"] = strict;

        _harness.Execute(new DbMigrate());

        Assert.AreEqual(expected, RunnerRequest.From(_harness.RunnerRequests.Single()[0]).IsStrict);
    }

    [TestMethod]
    public void DbCurrent_asks_for_every_context_and_a_verb_that_writes_wants_to_know_which()
    {
        AddOtherContext();
        _harness.RunnerScript("exit 0");
        _harness.ForgetStarts();

        Assert.IsTrue(_harness.Execute(new DbCurrent()));
        CollectionAssert.AreEquivalent(
            new[] { "App.ShopContext", "App.OtherContext" },
            _harness.RunnerRequests.Select(request => Manifest.From(request.Skip(1)).Context).ToArray());

        _harness.ForgetStarts();
        Assert.IsTrue(_harness.Execute(new DbCurrent(), ("DbContextName", "OtherContext")));
        Assert.AreEqual("App.OtherContext", Manifest.From(_harness.RunnerRequests.Single().Skip(1)).Context);

        Assert.IsFalse(_harness.Execute(new DbMigrate()));
        Assert.AreEqual("MIG4002", _harness.Engine.Errors.Single().Code);
    }

    [TestMethod]
    public void Commands_name_the_context_if_there_are_several_and_the_project_unless_the_call_was_in_its_folder()
    {
        AddOtherContext();
        var line = new MessageLine(RunnerMessages.Line).With("text", "1 pending.").With([Hint.Run(VerbTable.Migrate)]);
        Says(line);
        string Shown()
        {
            Assert.IsTrue(_harness.Execute(new DbCurrent(), ("DbContextName", "OtherContext")));
            return _harness.Engine.Lines.Single(text => text.StartsWith("1 pending.", StringComparison.Ordinal));
        }

        const string command = "-t:DbMigrate -p:DbContextName=OtherContext";
        Assert.AreEqual($"1 pending. Run: dotnet build {command}", Shown());
        _harness.Metadata["CallFolder"] = Path.GetDirectoryName(_harness.Folder.Path)!;
        Assert.AreEqual($"1 pending. Run: dotnet build {Path.GetFileName(_harness.Folder.Path)}/App.csproj {command}", Shown());
        _harness.Metadata["CallFolder"] = _harness.Folder.Path;
        _harness.Folder.Write("App.csproj", "");
        Assert.AreEqual($"1 pending. Run: dotnet build {command}", Shown());
        _harness.Folder.Write("App.sln", "");
        Assert.AreEqual($"1 pending. Run: dotnet build App.csproj {command}", Shown());
    }

    [TestMethod]
    public void Of_several_contexts_a_relative_revision_names_one()
    {
        AddOtherContext();

        Assert.IsFalse(_harness.Execute(new DbMigrate { IsPublish = true }, ("DbTo", "%2B1")));

        Assert.AreEqual("MIG4002", _harness.Engine.Errors.Single().Code);
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
            var lines = _harness.Engine.GetRegisteredTaskObject("MigrationsBuild.VerbOutput", RegisteredTaskObjectLifetime.Build);
            ((IDisposable)lines).Dispose();
        }
        finally
        {
            Console.SetError(console);
        }

        Assert.AreEqual("a line\n", captured.ToString().ReplaceLineEndings("\n"));
    }

    [TestMethod]
    [DataRow("y", true)]
    [DataRow(" YES ", true)]
    [DataRow("n", false)]
    [DataRow("", false)]
    [DataRow("yes please", false)]
    [DataRow(null, false)]
    public void A_question_of_the_runner_is_asked_at_the_terminal(string? typed, bool isYes)
    {
        var terminal = new FakeTerminal { IsInteractive = true, Typed = typed };
        _harness.RunnerScript("print " + new MessageLine(RunnerMessages.Question).With("text", "Drop shop? [y/N]"), "await-answer");

        Assert.IsTrue(_harness.Execute(new DbReset { Terminal = terminal }));

        Assert.AreEqual("Drop shop? [y/N]", terminal.Asked);
        Assert.AreEqual(new MessageLine(RunnerMessages.Answer).With("yes", isYes).ToString(), _harness.Folder.Read("obj/replied"));
        Assert.Contains(message => message.Message == terminal.Asked, _harness.Engine.Messages, "A logger that has the terminal shows it.");
        Assert.DoesNotContain(terminal.Asked, _harness.Engine.Lines, "It isn't shown twice.");
    }

    [TestMethod]
    public void A_build_that_is_cancelled_waits_for_no_answer()
    {
        using var terminal = new FakeTerminal { IsInteractive = true, IsAbsent = true };
        _harness.RunnerScript(
            "print " + new MessageLine(RunnerMessages.Question).With("text", "Drop shop? [y/N]"),
            "wait-for-end",
            "exit 1");
        var task = _harness.Prepare(new DbReset { Terminal = terminal });
        var run = Task.Run(task.Execute);
        Assert.IsTrue(terminal.IsAsking.Wait(TimeSpan.FromMinutes(1)));

        task.Cancel();

        Assert.IsTrue(run.Wait(TimeSpan.FromSeconds(20)));
    }

    [TestMethod]
    [DataRow(true, false, "", "false", Confirmation.Ask)]
    [DataRow(true, false, "0", "false", Confirmation.Ask)]
    [DataRow(true, false, "1", "false", Confirmation.Impossible, DisplayName = "The terminal logger leaves no room for a question")]
    [DataRow(false, false, "1", "false", Confirmation.None, DisplayName = "Standard input is not a terminal")]
    [DataRow(false, true, "", "false", Confirmation.Impossible, DisplayName = "A node doesn't know whether there is a terminal")]
    [DataRow(true, false, "", "true", Confirmation.None, DisplayName = "A strict build has nothing to ask")]
    public void Whether_the_runner_may_ask_depends_on_the_terminal(
        bool isInteractive, bool isNode, string terminalLogger, string strict, Confirmation expected)
    {
        (_harness.Metadata["TerminalLogger"], _harness.Metadata["DbStrict"]) = (terminalLogger, strict);

        _harness.Execute(new DbReset { Terminal = new FakeTerminal { IsInteractive = isInteractive, IsNode = isNode } });

        Assert.AreEqual(expected, RunnerRequest.From(_harness.RunnerRequests.Single()[0]).Confirmation);
    }

    [TestMethod]
    public void Differences_are_in_the_SARIF_file_that_the_call_names()
    {
        var difference = new MessageLine(RunnerMessages.Difference)
            .With("difference", "different").With("kind", "column").With("name", "public.t.n")
            .With("expected", "text").With("actual", "bigint");
        Says(difference, new MessageLine(RunnerMessages.Done).With("verb", "diff"));
        _harness.Metadata["DbErrorLog"] = "found.sarif";

        Assert.IsTrue(_harness.Execute(new DbDiff()));
        Assert.IsFalse(File.Exists(_harness.Folder["found.sarif"]), "The file of the project belongs to the check.");
        Assert.IsTrue(_harness.Execute(new DbDiff(), ("DbErrorLog", "found.sarif")));

        using var sarif = JsonDocument.Parse(_harness.Folder.Read("found.sarif"));
        var result = sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Single();
        Assert.AreEqual("MIG3035", result.GetProperty("ruleId").GetString());
        Assert.AreEqual(
            "different column public.t.n; expected: text actual: bigint", result.GetProperty("message").GetProperty("text").GetString());
    }

    [TestMethod]
    public void The_message_of_a_draft_needs_a_draft()
    {
        Assert.IsFalse(_harness.Execute(new DbDiff(), ("Msg", "add hot")));

        Assert.StartsWith("Msg has no meaning without DbDraft.", _harness.Engine.Errors.Single().Message!);
        Assert.AreEqual(0, _harness.RunnerStarts);
    }

    private void AddOtherContext()
    {
        _harness.Folder.Write("bin/App.dll", "another assembly");
        var other = _harness.Context() with { Name = "App.OtherContext", Folder = _harness.Folder["Other"] };
        _harness.Answers(_harness.Context(), other).Execute(new CheckMigrations());
        _harness.Execute(new DbApprove());
    }

    private void Says(params MessageLine[] messages)
    {
        var fails = messages.Any(message => message.Name == RunnerMessages.Diagnostic);
        _harness.RunnerScript([.. messages.Select(message => "print " + message), .. fails ? new[] { "exit 1" } : []]);
    }
}
