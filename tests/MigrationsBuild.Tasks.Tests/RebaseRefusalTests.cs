using MigrationsBuild.Tasks.VerbTasks;
using MigrationsBuild.Testing;
using static MigrationsBuild.Tasks.Tests.ShopProject;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>The cases that DbRebase refuses before it changes a file.</summary>
[TestClass]
public sealed class RebaseRefusalTests : IDisposable
{
    private readonly ShopProject _project = new();

    public RebaseRefusalTests()
    {
        Git("init", "-q", "-b", "main");
        _project.Folder.Write(".gitignore", "bin\nobj\n").Write("Migrations/ShopContextModelSnapshot.cs", Snapshot("a"));
        Commit();
        Git("switch", "-q", "-c", "feature");
        _project.Write(B, "CREATE TABLE b (x);\n");
        Assert.IsTrue(_project.Run(new DbApprove()));
        Commit();
        Git("switch", "-q", "main");
    }

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void Migrations_that_the_other_branch_has_moved_to_another_folder()
    {
        Directory.CreateDirectory(_project.Folder["Persistence"]);
        Git("mv", "Migrations", "Persistence/Migrations");

        Refuses($"main has moved or deleted {A}.cs");
    }

    [TestMethod]
    public void Approvals_that_the_other_branch_has_under_another_name()
    {
        Git("mv", Approvals, "Migrations/StoreContext.approvals");

        Refuses($"main has {A}.cs, but not ShopContext.approvals");
    }

    private void Refuses(string why)
    {
        Commit();
        Git("switch", "-q", "feature");
        var before = _project.Folder.Sources();

        Assert.IsFalse(_project.Run(new DbRebase(), ("DbOnto", "main")));

        Assert.AreEqual("MIG4020", _project.Error.Code);
        Assert.Contains(why, _project.Error.Text);
        Assert.EndsWith("Merge main first. Run: git merge main", _project.Error.Text.TrimEnd('.'));
        CollectionAssert.AreEquivalent(before.ToArray(), _project.Folder.Sources().ToArray());
    }

    private void Commit()
    {
        Git("add", "--all");
        Git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-q", "-m", "change");
    }

    private void Git(params string[] arguments)
    {
        var result = CommandLine.Run(_project.Folder.Path, "git", arguments);
        Assert.AreEqual(0, result.ExitCode, result.ToString());
    }
}
