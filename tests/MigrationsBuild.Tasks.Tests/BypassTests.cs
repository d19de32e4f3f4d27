using MigrationsBuild.Contexts;
using MigrationsBuild.Sql;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;
using static MigrationsBuild.Tasks.Tests.ShopProject;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>Ways around the approval that were found in reports and in a review, each closed.</summary>
[TestClass]
public sealed class BypassTests : IDisposable
{
    private readonly ShopProject _project = new();

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void A_deleted_approvals_file_doesnt_turn_the_gate_off()
    {
        File.Delete(_project.Folder[Approvals]);
        _project.Folder.Replace(Up(A), "(x)", "(y)");

        Assert.IsTrue(_project.Build().Single() is { Code: "MIG1017", IsError: false });
        Assert.IsTrue(_project.BuildStrict().Single() is { Code: "MIG1017", IsError: true });
        Assert.IsFalse(_project.Run(new PublishMigrations()));
        Assert.AreEqual("MIG1017", _project.Error.Code);
    }

    [TestMethod]
    public void A_renamed_context_doesnt_turn_the_gate_off_and_an_approval_renames()
    {
        _project.Folder.Replace(Up(A), "(x)", "(y)");
        _project.Change = report => report with { Name = "App.StoreContext" };

        Assert.IsTrue(_project.Build().Single() is { Code: "MIG1016", File: Approvals, Line: 2, IsError: false });
        Assert.IsTrue(_project.BuildStrict().Single() is { Code: "MIG1016", IsError: true });
        Assert.IsFalse(_project.Run(new PublishMigrations()));
        Assert.AreEqual("MIG1016", _project.Error.Code);
        Assert.IsTrue(_project.Run(new DbApprove()));
        Assert.IsTrue(_project.BuildStrict().Single() is { Code: "MIG1003", IsError: true } finding && finding.File == Up(A));
    }

    [TestMethod]
    public void SQL_of_one_database_isnt_run_on_another()
    {
        _project.Change = report => report with { Provider = SqlDialects.NpgsqlProvider };

        foreach (var task in new MigrationsTask[] { new PublishMigrations(), new DbMigrate(), new DbScript() })
        {
            Assert.IsFalse(_project.Run(task), task.GetType().Name);

            Assert.IsTrue(_project.Error is { Code: "MIG1018", File: Approvals, Line: 4 }, $"{task.GetType().Name}: {_project.Error}");
            Assert.Contains($"provider {SqlDialects.SqliteProvider}, but now has {SqlDialects.NpgsqlProvider}", _project.Error.Text);
        }

        Assert.AreEqual(0, _project.Harness.RunnerStarts, "No runner is started, so no database is asked.");
        Assert.IsTrue(_project.BuildStrict().Single() is { Code: "MIG1018", IsError: true });
    }

    [TestMethod]
    public void A_context_that_cant_be_checked_here_isnt_silent()
    {
        _project.Harness.Metadata["DbStrict"] = "true";
        var answer = new WorkerAnswer([], []) { Seen = [new SeenContext("App.ShopContext", SeenState.NotRelational)] };

        Assert.IsFalse(_project.Harness.Answers(answer).Execute(new CheckMigrations()));

        Assert.AreEqual(("MIG1016", Approvals), (_project.Error.Code, _project.Error.File));
        Assert.Contains("has no relational provider in this build, so it was not checked", _project.Error.Text);
    }

    [TestMethod]
    public void A_migration_that_isnt_compiled_is_named_with_its_item_and_loses_nothing()
    {
        _project.Write(B, "CREATE TABLE b (x);\n");
        _project.Build();
        _project.Forget(B);
        _project.Folder.Write("App.csproj", "<Project />");

        var finding = _project.Build().Single();
        Assert.AreEqual(("MIG1021", Source(B), false), (finding.Code, finding.File, finding.IsError));
        Assert.Contains($"<Compile Include=\"{Source(B)}\" />", finding.Text);
        Assert.IsTrue(_project.Run(new DbApprove()));
        Assert.AreEqual("MIG1021", _project.Findings.Single().Code);
        Assert.IsTrue(File.Exists(_project.Folder[Up(B)]));
        Assert.IsFalse(_project.Run(new DbRevision()));
        Assert.AreEqual("MIG1021", _project.Error.Code);
        Assert.IsTrue(_project.BuildStrict().Single() is { Code: "MIG1021", IsError: true });

        _project.Write(B, "CREATE TABLE b (x);\n");
        Assert.AreEqual("MIG1002", _project.Build().Single().Code);
        Assert.IsTrue(_project.Run(new DbApprove()));
        Assert.IsEmpty(_project.BuildStrict());
    }

    [TestMethod]
    public void A_header_with_invisible_characters_is_refused_at_its_location()
    {
        _project.Folder.Replace(Up(A), "-- Generator: ", "-- Generator: \rCREATE TABLE smuggled (id int);--");

        Assert.IsTrue(_project.BuildStrict().Single() is { Code: "MIG1020", Line: 5, IsError: true } finding && finding.File == Up(A));
        Assert.AreEqual(15, _project.Harness.Engine.Errors.Single().ColumnNumber);
        Assert.StartsWith("This SQL of ", _project.Error.Text);
        Assert.Contains("contains U+000D, a control character, which a reviewer can't see", _project.Error.Text);
        Assert.IsFalse(_project.Run(new DbApprove(), ("DbRev", "head")));
        Assert.AreEqual("MIG1020", _project.Error.Code);
    }
}
