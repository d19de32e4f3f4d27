using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>Projects with <c>DbCompileDesigners=newest</c>.</summary>
[TestClass]
public class CompileDesignersTests
{
    private const string Newest = "<DbCompileDesigners>newest</DbCompileDesigners>";

    [TestMethod]
    public void The_SQL_of_old_migrations_is_generated_from_their_models()
    {
        using var all = TestProject.CreateFrom("Bookshop", TestPackages.Npgsql);
        using var newest = TestProject.CreateFrom("Bookshop", TestPackages.Npgsql);
        newest.Folder.Replace("App.csproj", "<Nullable>", Newest + "<Nullable>");

        all.Run("DbApprove");
        var approve = newest.Run("DbApprove");

        Assert.AreEqual(2, approve.WorkerStarts);
        CollectionAssert.AreEquivalent(
            all.Folder.Sources().Where(file => file.Key != "App.csproj").ToList(),
            newest.Folder.Sources().Where(file => file.Key != "App.csproj").ToList());
        var check = newest.Run("DbCheck");
        Assert.IsEmpty(check.Diagnostics, check.ToString());
        Assert.AreEqual(1, check.WorkerStarts);
        Assert.AreEqual("", string.Join("\n", Directory.GetDirectories(newest.Folder["obj/Debug/net10.0/MigrationsBuild"], "models-*")));
    }
}
