using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>A solution that mixes what a project can look like, some of it without the package.</summary>
[TestClass]
public class MixedSolutionTests
{
    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void Each_context_is_checked_once_and_an_unchanged_build_starts_nothing()
    {
        using var solution = MixedSolution.Create();
        solution.RunOnAll("DbRevision", MixedSolution.WithMigrations, "Msg=initial").RunOnAll("DbApprove", MixedSolution.WithMigrations);
        foreach (var folder in new[] { "Storage.Migrations", "Billing", "Audit" })
            solution.Folder.Find(folder + "/Migrations", "*_Initial.sql");

        var first = solution.Build(TestCode.Ci, "All.slnx", "-m");
        Assert.IsTrue(first.Succeeded, first.ToString());
        Assert.IsEmpty(first.Diagnostics, string.Join("\n", first.Diagnostics));
        Assert.AreEqual(4, first.WorkerStarts, "Web, Billing, Audit, Reporting");
        Assert.AreEqual(4, solution.Build("All.sln", "-m").WorkerStarts, "In another environment.");
        Assert.AreEqual(0, solution.Build("All.slnx", "-m").WorkerStarts);

        solution.Folder.Replace(MixedSolution.Product, "public string Title", "public int Price { get; set; }\n\n    public string Title");
        var changed = solution.Build("All.slnx", "-m", "-graph");
        Assert.StartsWith("Product.Price has no migration", changed.Ours.Single().Text);
        Assert.AreEqual(2, changed.WorkerStarts, "Web, Reporting");
    }
}
