using MigrationsBuild.Review;

namespace MigrationsBuild.Core.Tests.Review;

[TestClass]
public sealed class MergedBranchesTests : IDisposable
{
    private readonly ReviewedProject _project = new ReviewedProject("1_A", "2_B", "3_C", "4_D")
        .WriteSql()
        .Approve("1_A", "2_B", "3_C", "4_D");

    public void Dispose() => _project.Dispose();

    [TestMethod]
    [DataRow("1_A")]
    [DataRow("1_a")]
    public void A_migration_of_another_branch_is_reported_with_those_of_this_one(string previous)
    {
        WasApprovedAfter(3, previous);

        Assert.AreEqual("Approved Approved Approved Reordered", _project.States());
        Assert.StartsWith(
            $"4_D was approved directly after {previous}, but a merge has put 2_B, 3_C between them", _project.Finding().Text);
    }

    [TestMethod]
    public void One_migration_is_one()
    {
        WasApprovedAfter(3, "2_B");

        Assert.StartsWith("4_D was approved directly after 2_B, but a merge has put 3_C between them", _project.Finding().Text);
    }

    [TestMethod]
    public void Two_branches_from_base_are_branches_too()
    {
        WasApprovedAfter(1, Approval.Base);

        Assert.StartsWith("2_B was approved directly after base, but a merge has put 1_A between them", _project.Finding().Text);
    }

    [TestMethod]
    public void Approvals_in_a_circle_are_no_branch()
    {
        WasApprovedAfter(0, "3_C");
        WasApprovedAfter(3, "nothing");

        Assert.AreEqual("Reordered Approved Approved Reordered", _project.States());
        Assert.Contains("4_D was approved directly after nothing, but now follows 3_C.", _project.Review().AllFindings.Last().Text);
    }

    private void WasApprovedAfter(int index, string previous) => _project.Approve(
        [.. _project.Review().Approvals!.Approvals.Select((approval, i) => i == index ? approval with { Previous = previous } : approval)]);
}
