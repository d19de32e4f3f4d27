using MigrationsBuild.Tasks.VerbTasks;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>A database that the runner doesn't know.</summary>
[TestClass]
public sealed class OtherProviderTests : IDisposable
{
    private readonly TaskHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    public void Verbs_that_need_a_connection_name_DbScript_and_those_that_dont_work()
    {
        var context = _harness.Context() with { Provider = "Microsoft.EntityFrameworkCore.SqlServer" };
        Assert.IsTrue(_harness.Answers(context).Execute(new DbApprove()));

        foreach (var verb in new RunnerTask[] { new DbMigrate(), new DbCurrent() })
        {
            Assert.IsFalse(_harness.Execute(verb));
            Assert.AreEqual("MIG3017", _harness.Engine.Errors.Single().Code);
            Assert.StartsWith(
                $"`{VerbTable.OfTarget(verb.GetType().Name)!.Name}` needs a connection, "
                + "and connections are made to PostgreSQL and SQLite only: "
                + "ShopContext uses Microsoft.EntityFrameworkCore.SqlServer.",
                _harness.Engine.Errors.Single().Message!);
            Assert.EndsWith("dotnet build -t:DbScript -p:DbRev=base:head", _harness.Engine.Errors.Single().Message!);
        }

        Assert.IsFalse(_harness.Execute(new DbScript(), ("DbRev", "current:head")));
        Assert.StartsWith("`current:head` needs a connection", _harness.Engine.Errors.Single().Message!);
        Assert.AreEqual(0, _harness.RunnerStarts);
        Assert.IsTrue(_harness.Execute(new DbHistory()));
        Assert.IsTrue(_harness.Execute(new DbScript(), ("DbRev", "base:head")));
        Assert.AreEqual(2, _harness.RunnerStarts);
    }
}
