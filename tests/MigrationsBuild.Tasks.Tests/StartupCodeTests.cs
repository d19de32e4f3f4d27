using MigrationsBuild.Contexts;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>Start-up code that gives no context.</summary>
[TestClass]
public sealed class StartupCodeTests : IDisposable
{
    private readonly TaskHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    [DataRow(typeof(DbRevision))]
    [DataRow(typeof(DbMigrate))]
    [DataRow(typeof(DbCurrent))]
    public void A_project_without_context_has_nothing_for_the_verbs(Type verb)
    {
        _harness.Answers(new WorkerAnswer([], []));

        Assert.IsFalse(_harness.Execute((MigrationsTask)Activator.CreateInstance(verb)!));

        Assert.AreEqual("MIG4001", _harness.Engine.Errors.Single().Code);
    }
}
