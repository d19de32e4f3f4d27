using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>A local build migrates the development database, if <c>DbSyncOnBuild</c> is set and something has changed.</summary>
[TestClass]
public sealed class SyncDatabaseTests : IDisposable
{
    private readonly TaskHarness _harness = new();

    [TestInitialize]
    public void SetConnection()
    {
        _harness.HasConnection = true;
        _harness.Adopt();
        _harness.RunnerScript("print " + new MessageLine(RunnerMessages.Done).With("verb", "migrate"), "exit 0");
    }

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    [DataRow(typeof(DbMigrate), 2)]
    [DataRow(typeof(DbRollback), 2)]
    [DataRow(typeof(DbCurrent), 1)]
    public void A_verb_that_writes_to_the_database_makes_the_next_build_migrate_it(Type verb, int builds)
    {
        Build();
        Build();
        Assert.AreEqual(1, _harness.RunnerStarts, "Nothing has changed.");

        Assert.IsTrue(_harness.Execute((RunnerTask)Activator.CreateInstance(verb)!));
        Build();

        Assert.AreEqual(builds, _harness.RunnerStarts - 1);
    }

    [TestMethod]
    public void A_problem_of_the_project_is_reported_once()
    {
        _harness.Metadata["StartupProject"] = "../Missing/Missing.csproj";

        Assert.IsTrue(_harness.Execute(new CheckMigrations()));
        Assert.IsTrue(_harness.ExecuteInSameBuild(new SyncDatabase()));

        Assert.HasCount(1, _harness.Engine.Warnings);
    }

    [TestMethod]
    public void A_check_without_a_verdict_is_not_repeated()
    {
        _harness.Folder.Write("bin/App.dll", "another assembly");
        _harness.Answers(new WorkerAnswer([], [new Diagnostic(DiagnosticCodes.NoVerdict, "no context")]));

        _harness.Execute(new CheckMigrations());
        Assert.IsTrue(_harness.ExecuteInSameBuild(new SyncDatabase()));

        Assert.AreEqual(1, _harness.Starts);
    }

    private void Build()
    {
        Assert.IsTrue(_harness.Execute(new CheckMigrations()));
        Assert.IsTrue(_harness.ExecuteInSameBuild(new SyncDatabase()));
    }
}
