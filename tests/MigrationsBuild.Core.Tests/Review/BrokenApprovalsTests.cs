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
    public void A_merge_conflict_is_told_at_its_line(string marker) =>
        IsBroken(Header + _good + marker + "\n", 7, "it holds a merge conflict; keep the lines of both branches");

    [TestMethod]
    [DataRow("1_B")]
    [DataRow("1_B base HASH irreversible")]
    [DataRow("1_B base HASH irreversible HASH HASH")]
    [DataRow("1_B base irreversible irreversible HASH")]
    [DataRow("1_B base HASH none HASH")]
    [DataRow("1_B base HASH irreversible none")]
    [DataRow("1_B base AHASH irreversible HASH", DisplayName = "A hash too long")]
    [DataRow("1/B base HASH irreversible HASH")]
    [DataRow("garbage")]
    public void A_line_that_says_nothing_is_told(string line) =>
        IsBroken(Header + _good + "\n" + line.Replace("HASH", _hash, StringComparison.Ordinal), 8, "this line isn't \"migration previous up-sql down-sql source\"");

    [TestMethod]
    [DataRow("1_A")]
    [DataRow("1_a")]
    public void A_migration_that_is_approved_twice_is_told_at_the_second_line(string id) =>
        IsBroken(Header + _good + "# between\n" + _good.Replace("1_A", id, StringComparison.Ordinal), 8, $"it approves {id} twice; delete one of the lines");

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
        IsBroken(Header.Replace($"# {name}:", "# other:", StringComparison.Ordinal) + _good, 1, $"its header lacks \"# {name}: …\"");

    private static void IsBroken(string text, int line, string why)
    {
        var failure = Assert.ThrowsExactly<MigrationsException>(() => ApprovalsFile.Parse(text, "Shop.approvals"));

        Assert.AreEqual(DiagnosticCodes.BrokenApprovals, failure.Diagnostic.Code);
        Assert.AreEqual(new Place("Shop.approvals", line, 1), failure.Diagnostic.Place);
        Assert.AreEqual(
            $"The approvals file can't be read: {why}. Mend the line or restore the file from version control, then run: dotnet build -t:DbApprove", failure.Message);
    }
}
