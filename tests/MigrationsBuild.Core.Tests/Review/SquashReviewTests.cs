using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;

namespace MigrationsBuild.Core.Tests.Review;

/// <summary>A migration that replaces older ones, in the approvals file and in the verdict.</summary>
[TestClass]
public sealed class SquashReviewTests : IDisposable
{
    private const string Line = "2_Squashed replaces 1_A 2_B\n";

    private readonly ReviewedProject _project = new ReviewedProject("2_Squashed", "3_C").WriteSql().Approve("2_Squashed", "3_C");

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void The_migration_after_it_was_approved_after_the_newest_replaced_one()
    {
        Rewrite("3_C 2_Squashed", "3_C 2_B");
        Assert.AreEqual("Approved Reordered", _project.States());

        AddLine(Line);

        Assert.AreEqual("Approved Approved", _project.States());
        Assert.AreEqual("", _project.Findings());
    }

    [TestMethod]
    public void A_file_and_a_manifest_keep_it_below_its_approval()
    {
        AddLine("2_B replaces 0_X 0_Y\n" + Line);
        var file = ApprovalsFile.Read(_project["Shop.approvals"]);

        var text = file.ToText();

        Assert.MatchesRegex("\n2_Squashed base .*\n2_Squashed replaces 1_A 2_B\n3_C .*\n2_B replaces 0_X 0_Y\n$", text);
        Assert.AreEqual(text, ApprovalsFile.Parse(text, "file").ToText());
        Assert.AreEqual(text, ApprovalsFile.For(_project.Report, file.Approvals, file).ToText(), "An approval keeps it.");
        var manifest = Manifest.From(Manifest.Of(_project.Review(), []).ToMessages());
        CollectionAssert.AreEqual(new[] { "2_B replaces 0_X 0_Y", "2_Squashed replaces 1_A 2_B" }, Texts(manifest).Order().ToArray());
    }

    [TestMethod]
    [DataRow("2_Squashed replaces 1_A\n2_Squashed replaces 2_B\n", "it lists twice what 2_Squashed replaces")]
    [DataRow("2_Squashed replaces 1_A 2_B\n3_C replaces 1_A\n", "1_A is replaced twice")]
    [DataRow("2_Squashed replaces 1_A 3_C\n", "3_C is approved and replaced")]
    [DataRow("2_Squashed replaces\n", "this line isn't of the form")]
    [DataRow("2_Squashed replaces 2_Squashed\n", "this line isn't of the form")]
    public void A_contradiction_is_reported(string lines, string message)
    {
        AddLine(lines);

        var failure = Assert.ThrowsExactly<MigrationsException>(() => ApprovalsFile.Read(_project["Shop.approvals"]));

        Assert.AreEqual(DiagnosticCodes.BrokenApprovals, failure.Diagnostic.Code);
        Assert.Contains(message, failure.Message);
    }

    [TestMethod]
    [DataRow("2_Squashed replaces 1_A 2_B\n", "")]
    [DataRow("9_Z replaces 1_A 2_B\n", "9_Z replaces 2 migrations, but App contains no 9_Z. Restore its files from version control.")]
    [DataRow("2_Squashed replaces 1_A 3_C\n", "2_Squashed replaces 2 migrations, but App still contains 3_C. ")]
    [DataRow("9_Z replaces 1_A 2_B\n2_Squashed replaces 9_Z\n", "")]
    public void The_assembly_has_the_squashed_migration_and_none_of_the_replaced_ones(string lines, string message)
    {
        Rewrite(File.ReadLines(_project["Shop.approvals"]).Last() + "\n", "");
        AddLine(lines);

        var finding = _project.Review().AllFindings.FirstOrDefault(finding => finding.Code == DiagnosticCodes.SquashDiffers);

        Assert.StartsWith(message, finding?.Message ?? "");
        Assert.AreEqual(message.Length > 0, finding is not null);
    }

    [TestMethod]
    public void A_draft_that_replaces_others_is_not_drafted_again()
    {
        Rewrite(File.ReadLines(_project["Shop.approvals"]).Last() + "\n", "");
        AddLine("3_C replaces 2_B\n");

        Assert.AreEqual(DraftState.Squashed, ContextReview.NewestDraft(_project.Report));
    }

    private static IEnumerable<string> Texts(Manifest manifest) => manifest.Squashes.Select(squash => squash.ToString());

    private void AddLine(string lines) => File.AppendAllText(_project["Shop.approvals"], lines);

    private void Rewrite(string old, string @new) => _project.Folder.Replace("Migrations/Shop.approvals", old, @new);
}
