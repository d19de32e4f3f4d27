using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Core.Tests.Review;

/// <summary>The approvals file's header is held against the model in every check.</summary>
[TestClass]
public sealed class HeaderDifferenceTests : IDisposable
{
    private readonly ReviewedProject _project = new ReviewedProject("1_A").WriteSql().Approve("1_A");

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void A_header_as_the_model_has_it_is_none() => Assert.AreEqual("", _project.Findings());

    [TestMethod]
    [DataRow("# context: App.Shop", "# context: Old.Shop",
        2, "Shop was approved with the name Old.Shop, but now has App.Shop. If that is intended, run: dotnet build -t:DbApprove")]
    [DataRow("# assembly: App", "# assembly: Old",
        3, "Shop was approved with the migrations assembly Old, but now has App. If that is intended, run: dotnet build -t:DbApprove")]
    [DataRow("# provider: Provider",
        "# provider: Old", 4, "Shop was approved with the provider Old, but now has Provider. The approved SQL is for the other database")]
    [DataRow("# history: History", "# history: old.History", 5,
        "Shop was approved with the history table old.History, but now has History")]
    public void Each_other_value_is_found_at_its_line_with_its_fix(string now, string approved, int line, string text)
    {
        _project.Folder.Replace("Migrations/Shop.approvals", now + "\n", approved + "\n");

        Assert.AreEqual("Approved", _project.States());
        Assert.AreEqual(new Location(_project["Shop.approvals"], line, 1), _project.Finding().Location);
        Assert.AreEqual(DiagnosticCodes.HeaderDiffers, _project.Finding().Code);
        Assert.StartsWith(text, _project.Finding().Text);
    }

    [TestMethod]
    public void Several_are_found_at_once()
    {
        _project.Report = _project.Report with { Provider = "Other", History = new HistoryTable("shop", "History", "Id", "Version", "") };

        CollectionAssert.AreEqual(
            new[] { "provider", "history" }, _project.Review().Differences.Select(difference => difference.Field.Name).ToArray());
        Assert.AreEqual("MIG1018 Shop.approvals, MIG1018 Shop.approvals", _project.Findings());
    }

    [TestMethod]
    public void SQL_of_the_name_that_the_file_has_is_no_further_finding()
    {
        _project.Report = _project.Report with { Name = "New.Shop" };

        Assert.AreEqual("MIG1018 Shop.approvals", _project.Findings());
    }
}
