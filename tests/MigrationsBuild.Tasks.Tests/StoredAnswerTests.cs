using Microsoft.Build.Utilities;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>When an answer that an earlier call has kept will do, and when the worker is asked again.</summary>
[TestClass]
public sealed class StoredAnswerTests : IDisposable
{
    private const string Variable = "TASKS_TESTS_PROVIDER";
    private readonly TaskHarness _harness = new();

    public static IEnumerable<Type> Writing { get; } =
        [typeof(DbMigrate), typeof(DbRollback), typeof(DbStamp), typeof(DbReset), typeof(DbScript)];

    public static IEnumerable<Type> Reading { get; } = [typeof(DbCurrent), typeof(DbHistory), typeof(DbHeads), typeof(DbShow)];

    [TestInitialize]
    public void Build()
    {
        _harness.HasConnection = true;
        _harness.Answers(_harness.Context()).Execute(new CheckMigrations());
        _harness.Execute(new DbApprove());
        _harness.Execute(new CheckMigrations());
        _harness.ForgetStarts();
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        Environment.SetEnvironmentVariable("TZ", null);
        TimeZoneInfo.ClearCachedData();
        _harness.Dispose();
    }

    [TestMethod]
    public void A_strict_build_believes_no_other_call()
    {
        (_harness.Metadata["DbStrict"], _harness.Metadata["StrictBecause"]) = ("true", "CI=true");
        _harness.Execute(new CheckMigrations());
        _harness.Answers(_harness.Context(new Diagnostic(DiagnosticCodes.Drift, "a row of a table that no stamp sees")));

        Assert.IsFalse(_harness.Execute(new CheckMigrations()));

        Assert.AreEqual("MIG1001", _harness.Engine.Errors.Single().Code);
        Assert.HasCount(2, _harness.WorkerRequests);
    }

    [TestMethod]
    [DoNotParallelize]
    public void A_process_of_MSBuild_that_has_built_in_another_time_zone_knows_this_one()
    {
        Environment.SetEnvironmentVariable("TZ", "Asia/Tokyo");
        _harness.Execute(new CheckMigrations());
        _harness.ForgetStarts();
        Environment.SetEnvironmentVariable("TZ", "Europe/Zurich");
        TimeZoneInfo.ClearCachedData();
        Assert.AreEqual("Europe/Zurich", TimeZoneInfo.Local.Id);
        Environment.SetEnvironmentVariable("TZ", "Asia/Tokyo");

        _harness.Execute(new CheckMigrations());

        Assert.AreEqual(0, _harness.Starts, "The answer from that time zone is kept.");
    }

    [TestMethod]
    public void Findings_for_inputs_that_were_saved_while_the_worker_answered_arent_shown_again()
    {
        _harness.Folder.Write("appsettings.json", "{}");
        _harness.Inputs.Add(new TaskItem(_harness.Folder["appsettings.json"]));
        Assert.IsTrue(_harness.ExecuteDuring(
            new CheckMigrations(), () => _harness.Folder.Write("appsettings.json", "{ \"Schema\": \"new\" }")));
        _harness.Answers(_harness.Context(new Diagnostic(DiagnosticCodes.Drift, "the new schema")));

        _harness.Execute(new CheckMigrations());

        Assert.AreEqual("MIG1001", _harness.Engine.Warnings.Single().Code);
    }

    [TestMethod]
    [DoNotParallelize]
    [DataRow("", false)]
    [DataRow("_FILE", false)]
    [DataRow("__ShopContext", false)]
    [DataRow("__ShopContext_FILE", false)]
    [DataRow("_PROVIDER", true)]
    [DataRow("S", true)]
    public void A_variable_that_only_begins_like_that_of_the_connection_counts(string suffix, bool asks)
    {
        _harness.Metadata["DbConnectionVariable"] = Variable;
        _harness.Execute(new CheckMigrations());
        _harness.ForgetStarts();
        Environment.SetEnvironmentVariable(Variable + suffix, "x");
        try
        {
            _harness.Execute(new CheckMigrations());
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable + suffix, null);
        }

        Assert.AreEqual(asks, _harness.WorkerRequests.Count > 0);
    }

    [TestMethod]
    public void An_answer_for_other_arguments_isnt_taken()
    {
        _harness.Metadata["DbArguments"] = "--provider \"Postgre SQL\"";

        _harness.Execute(new CheckMigrations());

        CollectionAssert.AreEqual(
            new[] { "--provider", "Postgre SQL" }, WorkerRequest.From(_harness.WorkerRequests.Single()).Arguments.ToArray());
    }

    [TestMethod]
    public void One_build_asks_once()
    {
        (_harness.Metadata["DbStrict"], _harness.Metadata["StrictBecause"]) = ("true", "this is a publish");

        Assert.IsTrue(_harness.Execute(new CheckMigrations()));
        Assert.IsTrue(_harness.ExecuteInSameBuild(new CheckMigrations()));
        Assert.IsTrue(_harness.ExecuteInSameBuild(new PublishMigrations()));

        Assert.HasCount(1, _harness.WorkerRequests);
    }

    [TestMethod]
    [DynamicData(nameof(Writing))]
    public void A_verb_that_writes_believes_no_other_call(Type verb)
    {
        _harness.Execute((MigrationsTask)Activator.CreateInstance(verb)!);

        Assert.HasCount(1, _harness.WorkerRequests);
    }

    [TestMethod]
    [DynamicData(nameof(Reading))]
    public void A_verb_that_only_reads_does(Type verb)
    {
        Assert.IsTrue(_harness.Execute((MigrationsTask)Activator.CreateInstance(verb)!));

        Assert.IsEmpty(_harness.WorkerRequests);
    }

    [TestMethod]
    [DoNotParallelize]
    public void An_environment_variable_may_change_the_model()
    {
        Assert.IsTrue(Asks(() => Environment.SetEnvironmentVariable(Variable, "pg")));
        Assert.IsTrue(Asks(() => Environment.SetEnvironmentVariable(Variable, "lite")));
        Assert.IsFalse(Asks(() => Environment.SetEnvironmentVariable("TERM_SESSION_ID", Guid.NewGuid().ToString())), "It means nothing.");
        Assert.IsFalse(
            Asks(() => Environment.SetEnvironmentVariable(TaskHarness.ConnectionVariable, "Data Source=other.db")),
            "It is the runner's.");
        TaskHarness.SetConnection();
    }

    [TestMethod]
    [DataRow("seed/things.json", true)]
    [DataRow("Scripts/fill.sql", true)]
    [DataRow("app.db", false)]
    [DataRow("app.db-wal", false)]
    [DataRow("Migrations/20260101000000_A.sql", false)]
    [DataRow("Migrations/20260101000000_A.down.sql", false)]
    [DataRow("Migrations/First.sql", false, DisplayName = "SQL of a migration with another id")]
    [DataRow("Seeds/Views.sql", true, DisplayName = "SQL beside a class that isn't a migration")]
    [DataRow("Migrations/ShopContext.approvals", false)]
    public void A_file_beside_the_project_may_be_read_by_it(string path, bool mayBe)
    {
        _harness.Folder.Write("Migrations/20260101000000_A.cs", "class A;")
            .Write("Migrations/First.cs", "class First;")
            .Write("Migrations/First.sql", "-- MigrationsBuild SQL 1\n-- Migration: First\n")
            .Write("Seeds/Views.cs", "class Views;");
        if (!File.Exists(_harness.Folder[path]))
            _harness.Folder.Write(path, "one");
        _harness.Inputs.Add(new TaskItem(_harness.Folder[path], new Dictionary<string, string> { ["IsData"] = "true" }));
        _harness.Execute(new CheckMigrations());

        Assert.AreEqual(mayBe, Asks(() => File.AppendAllText(_harness.Folder[path], "\n-- two")));
    }

    [TestMethod]
    [DoNotParallelize]
    public void The_users_secrets_are_read_in_development()
    {
        var home = Environment.GetEnvironmentVariable("HOME");
        try
        {
            Environment.SetEnvironmentVariable("HOME", _harness.Folder.Path);
            Environment.SetEnvironmentVariable("APPDATA", null);
            _harness.Metadata["UserSecretsId"] = "app";
            _harness.Execute(new CheckMigrations());

            Assert.IsTrue(Asks(() => _harness.Folder.Write(".microsoft/usersecrets/app/secrets.json", "{}")));
            Assert.IsFalse(Asks(() => { }));
        }
        finally
        {
            Environment.SetEnvironmentVariable("HOME", home);
        }
    }

    /// <summary>Whether the next build asks the worker after a change.</summary>
    private bool Asks(Action change)
    {
        _harness.ForgetStarts();
        change();
        _harness.Execute(new CheckMigrations());
        return _harness.WorkerRequests.Count > 0;
    }
}
