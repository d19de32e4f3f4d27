using MigrationsBuild.Diagnostics;
using MigrationsBuild.Lint;
using MigrationsBuild.Review;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Review;

[TestClass]
public class ApprovalsFileTests
{
    private static readonly string _a = new('a', 64), _b = new('b', 64), _c = new('c', 64);

    private static readonly ApprovalsFile _file = new("App.ShopContext", "App", "Some.Provider", "shop.__EFMigrationsHistory",
    [
        new Approval("20260101000000_A", Approval.Base, _a, Approval.Irreversible, _c),
        new Approval("20260102000000_B", "20260101000000_A", _b, _a, _c),
    ]);

    [TestMethod]
    public void A_file_has_one_line_a_migration() => Assert.AreEqual(
        $"""
        # MigrationsBuild approvals 1
        # context: App.ShopContext
        # assembly: App
        # provider: Some.Provider
        # history: shop.__EFMigrationsHistory
        # migration previous up-sql down-sql source
        20260101000000_A base {_a} irreversible {_c}
        20260102000000_B 20260101000000_A {_b} {_a} {_c}

        """.ReplaceLineEndings("\n"),
        _file.ToText());

    [TestMethod]
    public void A_file_reads_as_it_was_written()
    {
        var read = Parse(_file.ToText());

        Assert.AreEqual(_file.ToText(), read.ToText());
        Assert.AreEqual(
            ("App.ShopContext", "App", "Some.Provider", "shop.__EFMigrationsHistory"),
            (read.Context, read.MigrationsAssembly, read.Provider, read.HistoryTable));
        CollectionAssert.AreEqual(
            new[] { _file.Approvals[0] with { Line = 7 }, _file.Approvals[1] with { Line = 8 } }, read.Approvals.ToArray());
    }

    [TestMethod]
    public void A_verified_migration_is_marked_and_keeps_its_accepted_findings()
    {
        var approval = _file.Approvals[0] with { IsVerified = true, Accepted = [new Acceptance("MIG2102", "unused")] };
        var text = (_file with { Approvals = [approval] }).ToText();

        Assert.EndsWith($"20260101000000_A base {_a} irreversible {_c} verified accepts MIG2102 \"unused\"\n", text);
        var read = Parse(text).Approvals.Single();
        Assert.AreEqual((true, "MIG2102 \"unused\""), (read.IsVerified, read.Accepted.Single().ToString()));
    }

    [TestMethod]
    public void A_migration_that_was_verified_with_assertions_is_marked_with_their_hash()
    {
        var approval = _file.Approvals[0] with { IsVerified = true, Assertions = _c };
        var text = (_file with { Approvals = [approval] }).ToText();

        Assert.EndsWith($"20260101000000_A base {_a} irreversible {_c} verified {_c}\n", text);
        Assert.AreEqual(approval with { Line = 7 }, Parse(text).Approvals.Single());
        Assert.ThrowsExactly<MigrationsException>(() => Parse(text.Replace($"verified {_c}", "verified soon")));
    }

    [TestMethod]
    public void Names_that_the_context_had_before_are_kept_each_once()
    {
        var report = new ReviewedProject("20260101000000_A").Report;
        var renamed = ApprovalsFile.For(report with { Name = "App.StoreContext" }, [], _file);
        var again = ApprovalsFile.For(report with { Name = "App.ShopContext" }, [], Parse(renamed.ToText()));
        var back = ApprovalsFile.For(report with { Name = "App.StoreContext" }, [], again);

        Assert.Contains("# context: App.StoreContext\n# formerly: App.ShopContext\n", renamed.ToText());
        CollectionAssert.AreEqual(new[] { "App.StoreContext" }, again.Formerly.ToArray());
        CollectionAssert.AreEqual(new[] { "App.ShopContext" }, back.Formerly.ToArray());
        Assert.IsEmpty(ApprovalsFile.For(report with { Name = "App.ShopContext" }, [], _file).Formerly);
    }

    [TestMethod]
    public void Approvals_are_in_EF_Cores_order_however_they_were_merged()
    {
        var lines = _file.ToText().TrimEnd('\n').Split('\n');
        (lines[6], lines[7]) = (lines[7], lines[6]);

        var read = Parse(string.Join('\n', lines));

        Assert.AreEqual(_file.ToText(), read.ToText());
        Assert.AreEqual(8, read.Approvals[0].Line);
    }

    [TestMethod]
    public void Layout_and_comments_dont_matter()
    {
        var text = _file.ToText()
            .Replace(" base ", " \t base  ", StringComparison.Ordinal)
            .Replace("2026010200", "\n# a remark\n  2026010200", StringComparison.Ordinal);

        Assert.AreEqual(_file.ToText(), Parse(text).ToText());
    }

    [TestMethod]
    public void SQL_that_could_not_be_emitted_is_approved_as_none() =>
        Assert.AreEqual(
            Approval.None, Parse(_file.ToText().Replace($"{_b} {_a}", "none irreversible", StringComparison.Ordinal)).Approvals[1].UpHash);

    [TestMethod]
    public void An_approval_is_found_by_id_in_any_case()
    {
        Assert.AreEqual("20260102000000_B", _file.Find("20260102000000_b")!.Id);
        Assert.IsNull(_file.Find("20260103000000_C"));
    }

    [TestMethod]
    [DataRow("\r\n", "")]
    [DataRow("\r\n", "\uFEFF")]
    public void Line_ends_and_byte_order_mark_dont_matter(string lineEnd, string byteOrderMark)
    {
        using var folder = new TestFolder();
        folder.Write("Shop.approvals", byteOrderMark + _file.ToText().Replace("\n", lineEnd, StringComparison.Ordinal));

        Assert.AreEqual(_file.ToText(), ApprovalsFile.Read(folder["Shop.approvals"]).ToText());
    }

    [TestMethod]
    public void A_file_that_isnt_text_is_broken()
    {
        using var folder = new TestFolder();
        File.WriteAllBytes(folder["Shop.approvals"], [0xFF, 0xFE, 0x41]);

        var failure = Assert.ThrowsExactly<MigrationsException>(() => ApprovalsFile.Read(folder["Shop.approvals"]));

        Assert.AreEqual(new Location(folder["Shop.approvals"]), failure.Diagnostic.Location);
        Assert.Contains("it isn't UTF-8 text", failure.Message);
    }

    private static ApprovalsFile Parse(string text) => ApprovalsFile.Parse(text, "Shop.approvals");
}
