using MigrationsBuild.Review;

namespace MigrationsBuild.Core.Tests.Review;

[TestClass]
public sealed class MergedBranchesTests : IDisposable
{
    private readonly ReviewedProject _project = new ReviewedProject("1_A", "2_B", "3_C", "4_D").WriteSql().Approve("1_A", "2_B", "3_C", "4_D");

    public void Dispose() => _project.Dispose();

    [TestMethod]
    [DataRow("1_A")]
    [DataRow("1_a")]
    public void A_migration_of_another_branch_is_told_with_those_of_this_one(string previous)
    {
        WasApprovedBehind(3, previous);

        Assert.AreEqual("Approved Approved Approved Reordered", _project.States());
        Assert.StartsWith($"Two branches were merged: 4_D was approved behind {previous}; 2_B, 3_C, of another branch, began there, too, and come before it now", _project.Finding().Message);
    }

    [TestMethod]
    public void One_migration_is_one()
    {
        WasApprovedBehind(3, "2_B");

        Assert.StartsWith("Two branches were merged: 4_D was approved behind 2_B; 3_C, of another branch, began there, too, and comes before it now", _project.Finding().Message);
    }

    [TestMethod]
    public void Two_branches_from_base_are_branches_too()
    {
        WasApprovedBehind(1, Approval.Base);

        Assert.StartsWith("Two branches were merged: 2_B was approved behind base; 1_A, of another branch, began there, too", _project.Finding().Message);
    }

    [TestMethod]
    public void Approvals_in_a_circle_are_no_branch()
    {
        WasApprovedBehind(0, "3_C");
        WasApprovedBehind(3, "nothing");

        Assert.AreEqual("Reordered Approved Approved Reordered", _project.States());
        Assert.Contains("4_D was approved behind nothing, and now comes behind 3_C.", _project.Review().AllFindings.Last().Message);
    }

    private void WasApprovedBehind(int index, string previous) => _project.Approve(
        [.. _project.Review().Approvals!.Approvals.Select((approval, i) => i == index ? approval with { Previous = previous } : approval)]);
}
