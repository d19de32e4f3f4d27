using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;

namespace MigrationsBuild.Core.Tests.Review;

[TestClass]
public class BrokenApprovalsTests
{
    private const string Header = "# MigrationsBuild approvals 1\n# context: C\n# assembly: A\n# provider: P\n# history: H\n";

    private static readonly string _hash = new('a', 64);
    private static readonly string _good = $"1_A base {_hash} irreversible {_hash}\n";

    [TestMethod]
    [DataRow("<<<<<<< HEAD")]
    [DataRow("=======")]
    [DataRow(">>>>>>> branch")]
    [DataRow("||||||| base")]
    public void A_merge_conflict_is_reported_at_its_line(string marker) =>
        IsBroken(Header + _good + marker + "\n", 7, "it contains a merge conflict. Keep the lines of both branches");

    [TestMethod]
    [DataRow("1_B")]
    [DataRow("1_B base HASH irreversible")]
    [DataRow("1_B base HASH irreversible HASH HASH")]
    [DataRow("1_B base irreversible irreversible HASH")]
    [DataRow("1_B base HASH none HASH")]
    [DataRow("1_B base none HASH HASH", DisplayName = "No SQL, and some that reverts it")]
    [DataRow("1_B base HASH irreversible none")]
    [DataRow("1_B base AHASH irreversible HASH", DisplayName = "A hash too long")]
    [DataRow("1/B base HASH irreversible HASH")]
    [DataRow("garbage")]
    public void An_invalid_line_is_reported(string line) =>
        IsBroken(
            Header + _good + "\n" + line.Replace("HASH", _hash, StringComparison.Ordinal),
            8,
            "this line isn't of the form \"migration previous up-sql down-sql source\"");

    [TestMethod]
    [DataRow("1_A")]
    [DataRow("1_a")]
    public void A_migration_that_is_approved_twice_is_reported_at_the_second_line(string id) =>
        IsBroken(
            Header + _good + "# between\n" + _good.Replace("1_A", id, StringComparison.Ordinal),
            8,
            $"it approves {id} twice. Delete one of the lines");

    [TestMethod]
    [DataRow("")]
    [DataRow("# MigrationsBuild approvals 2\n")]
    [DataRow("<<<<<<< HEAD\n# MigrationsBuild approvals 1\n")]
    public void The_first_line_names_the_format(string text) => IsBroken(text, 1, "its first line isn't \"# MigrationsBuild approvals 1\"");

    [TestMethod]
    [DataRow("context")]
    [DataRow("assembly")]
    [DataRow("provider")]
    [DataRow("history")]
    public void The_header_is_complete(string name) =>
        IsBroken(
            Header.Replace($"# {name}:", "# other:", StringComparison.Ordinal) + _good, 1, $"its header has no line \"# {name}: …\"");

    [TestMethod]
    [DataRow("context")]
    [DataRow("history")]
    public void The_header_says_each_thing_once(string name) =>
        IsBroken(Header + $"# {name}: other\n" + _good, 6, $"its header has two lines \"# {name}: …\". Delete one of them");

    [TestMethod]
    [DataRow("# a remark\rwhich a terminal shows over it", 11, "U+000D, a control character")]
    [DataRow("# \u202Ereversed", 3, "U+202E, a bidirectional control")]
    [DataRow("1_B\u200B base HASH irreversible HASH", 4, "U+200B, an invisible character")]
    public void What_a_reviewer_cant_see_is_refused_at_its_place(string line, int column, string character) =>
        IsBroken(
            Header + _good + line.Replace("HASH", _hash, StringComparison.Ordinal), 7,
            $"it contains {character}, which a reviewer can't see", column);

    private static void IsBroken(string text, int line, string why, int column = 1)
    {
        var failure = Assert.ThrowsExactly<MigrationsException>(() => ApprovalsFile.Parse(text, "Shop.approvals"));

        Assert.AreEqual(DiagnosticCodes.BrokenApprovals, failure.Diagnostic.Code);
        Assert.AreEqual(new Location("Shop.approvals", line, column), failure.Diagnostic.Location);
        Assert.AreEqual(
            $"The approvals file can't be read: {why}. "
            + "Fix the line or restore the file from version control, then run: dotnet build -t:DbApprove",
            failure.Message);
    }
}
