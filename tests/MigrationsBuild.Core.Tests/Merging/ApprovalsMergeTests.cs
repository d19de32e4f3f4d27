using System.Text;
using MigrationsBuild.Merging;
using MigrationsBuild.Review;

namespace MigrationsBuild.Core.Tests.Merging;

/// <summary>Approvals files of two branches.</summary>
[TestClass]
public class ApprovalsMergeTests
{
    private const string Start = """
        # MigrationsBuild approvals 1
        # context: App.ShopContext
        # assembly: App
        # provider: Some.Provider
        # history: __EFMigrationsHistory
        # migration previous up-sql down-sql source

        """;

    private static readonly string _base = Start + Line("1_A", "base");

    [TestMethod]
    public void Lines_of_both_branches_are_kept_in_the_order_of_their_migrations()
    {
        var ours = _base + Line("2_B", "1_A") + Line("5_E", "2_B");
        var theirs = _base + Line("3_C", "1_A") + Line("4_D", "3_C", "verified accepts MIG2102 \"unused\"");

        var merged = Merge(_base, ours, theirs);

        Assert.AreEqual(
            _base + Line("2_B", "1_A") + Line("3_C", "1_A") + Line("4_D", "3_C", "verified accepts MIG2102 \"unused\"")
                + Line("5_E", "2_B"),
            merged);
        Assert.AreEqual(merged, Merge(_base, theirs, ours));
        Assert.AreEqual(merged, ApprovalsFile.Parse(merged, "").ToText());
    }

    [TestMethod]
    public void One_branch_removes_and_re_approves_lines_and_the_other_adds_one() => Assert.AreEqual(
        Start + Line("1_A", "base", "verified") + Line("3_C", "2_B"),
        Merge(_base + Line("2_B", "1_A"), Start + Line("1_A", "base", "verified"), _base + Line("2_B", "1_A") + Line("3_C", "2_B")));

    [TestMethod]
    public void A_squash_of_one_branch_keeps_the_line_after_its_approval() => Assert.AreEqual(
        Start + Line("2_S", "base") + "2_S replaces 1_A 2_B\n" + Line("3_C", "2_B"),
        Merge(
            _base + Line("2_B", "1_A"),
            Start + Line("2_S", "base") + "2_S replaces 1_A 2_B\n",
            _base + Line("2_B", "1_A") + Line("3_C", "2_B")));

    [TestMethod]
    public void Headers_are_merged_by_their_names() => Assert.AreEqual(
        _base.Replace("App.ShopContext", "App.StoreContext\n# formerly: App.ShopContext").Replace("Some.", "Other."),
        Merge(
            _base, _base.Replace("App.ShopContext", "App.StoreContext\n# formerly: App.ShopContext"), _base.Replace("Some.", "Other.")));

    [TestMethod]
    public void A_file_that_both_branches_have_created_is_merged() => Assert.AreEqual(
        _base + Line("2_B", "base"), Merge("", _base, Start + Line("2_B", "base")));

    [TestMethod]
    public void The_same_line_with_different_changes_is_a_conflict_and_the_rest_is_merged()
    {
        var ours = Start + Line("1_A", "base", "verified") + Line("2_B", "1_A");
        var theirs = Start + Line("1_A", "base", "accepts MIG2102 \"unused\"") + Line("3_C", "1_A");

        var merged = Merge(_base, ours, theirs, hasConflicts: true, markerSize: 9);

        Assert.AreEqual(
            $"{Start}<<<<<<<<< ours\n{Line("1_A", "base", "verified")}=========\n{Line("1_A", "base", "accepts MIG2102 \"unused\"")}"
                + $">>>>>>>>> theirs\n{Line("2_B", "1_A")}{Line("3_C", "1_A")}",
            merged);
    }

    [TestMethod]
    public void A_removed_line_that_the_other_branch_has_changed_is_a_conflict() => Assert.AreEqual(
        $"{Start}<<<<<<< ours\n=======\n{Line("1_A", "base", "verified")}>>>>>>> theirs\n",
        Merge(_base, Start, Start + Line("1_A", "base", "verified"), hasConflicts: true));

    [TestMethod]
    [DataRow("not an approvals file\n", DisplayName = "another file")]
    [DataRow("", DisplayName = "an empty file")]
    [DataRow("\uFFFE", DisplayName = "an unreadable file")]
    [DataRow(Start + "<<<<<<< ours\n", DisplayName = "a file with conflicts")]
    [DataRow(Start + "\n", DisplayName = "an empty line")]
    public void Other_files_are_not_merged(string theirs)
    {
        Assert.IsNull(FileMerge.Merge(Bytes(_base), Bytes(_base + Line("2_B", "1_A")), Bytes(theirs), "Shop.approvals", 7));
        Assert.IsNull(FileMerge.Merge([0xFF], Bytes(_base), Bytes(_base), "Shop.approvals", 7));
    }

    [TestMethod]
    public void A_result_that_is_no_approvals_file_is_not_written() => Assert.IsNull(
        FileMerge.Merge(
            Bytes(_base),
            Bytes(_base + "3_S replaces 0_X 2_B\n"),
            Bytes(_base + Line("2_B", "1_A")),
            "Shop.approvals",
            7),
        "A migration that is replaced can't be approved.");

    [TestMethod]
    public void Line_ends_of_Windows_are_kept() => Assert.AreEqual(
        (_base + Line("2_B", "1_A") + Line("3_C", "1_A")).ReplaceLineEndings("\r\n"),
        Merge(
            _base.ReplaceLineEndings("\r\n"),
            (_base + Line("2_B", "1_A")).ReplaceLineEndings("\r\n"),
            (_base + Line("3_C", "1_A")).ReplaceLineEndings("\r\n")));

    private static string Merge(string before, string ours, string theirs, bool hasConflicts = false, int markerSize = 7)
    {
        var merge = FileMerge.Merge(Bytes(before), Bytes(ours), Bytes(theirs), "Migrations/Shop.approvals", markerSize);
        Assert.IsNotNull(merge);
        Assert.AreEqual(hasConflicts, merge.HasConflicts);
        return Encoding.UTF8.GetString(merge.Content);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Line(string id, string previous, string marks = "") =>
        $"{id} {previous} {new string('a', 64)} {new string('b', 64)} {new string('c', 64)}{(marks.Length > 0 ? " " : "")}{marks}\n";
}
