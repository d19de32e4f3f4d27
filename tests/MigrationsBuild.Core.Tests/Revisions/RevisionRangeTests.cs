using MigrationsBuild.Diagnostics;
using MigrationsBuild.Revisions;

namespace MigrationsBuild.Core.Tests.Revisions;

[TestClass]
public class RevisionRangeTests
{
    private const int Current = 2;

    private static readonly MigrationChain _chain = new(["0_A", "1_B", "2_C", "3_D", "4_E"]);

    [TestMethod]
    [DataRow("B:D", 1, 3)]
    [DataRow(" B : D ", 1, 3)]
    [DataRow(":C", MigrationChain.Base, 2)]
    [DataRow("C:", 2, 4)]
    [DataRow(":", MigrationChain.Base, 4)]
    [DataRow("D:B", 3, 1, DisplayName = "The way back")]
    [DataRow("current:head", Current, 4)]
    [DataRow("current-1:current+1", 1, 3)]
    public void A_range_has_two_ends(string text, int start, int end) => Is(text, start, end);

    [TestMethod]
    [DataRow("-2:D", 1, 3)]
    [DataRow("-2:", 2, 4)]
    [DataRow("-3:current", MigrationChain.Base, Current)]
    [DataRow("-9:C", MigrationChain.Base, 2)]
    [DataRow("-2147483648:base", MigrationChain.Base, MigrationChain.Base)]
    [DataRow("+9:C", 4, 2)]
    public void A_start_of_steps_counts_from_the_end_and_stops_in_the_chain(string text, int start, int end) => Is(text, start, end);

    [TestMethod]
    [DataRow("A:+2", 0, 2)]
    [DataRow(":+1", MigrationChain.Base, 0)]
    public void An_end_of_steps_counts_from_the_start(string text, int start, int end) => Is(text, start, end);

    [TestMethod]
    [DataRow("A:+9", "Relative revision +9 didn't produce 9 migrations")]
    [DataRow("A:X", "Can't locate revision identified by 'X'")]
    [DataRow("A:B:C", "History range requires [start]:[end], [start]:, or :[end]: 'A:B:C' isn't a range")]
    [DataRow("A", "History range requires")]
    public void An_end_that_cant_be_located_is_reported(string text, string message)
    {
        var failure = Assert.ThrowsExactly<MigrationsException>(() => RevisionRange.Parse(text).In(_chain, Current));

        Assert.AreEqual(DiagnosticCodes.NoSuchRevision, failure.Diagnostic.Code);
        Assert.Contains(message, failure.Message);
    }

    [TestMethod]
    public void A_range_is_no_single_place() =>
        Assert.StartsWith(
            "Range revision not allowed: 'A:B'", Assert.ThrowsExactly<MigrationsException>(() => _chain.Resolve("A:B", Current)).Message);

    [TestMethod]
    [DataRow("current")]
    [DataRow("Current+1")]
    [DataRow("-1")]
    [DataRow("A:current")]
    [DataRow("current-1:A")]
    [DataRow("-1:+1")]
    public void Some_expressions_need_a_database(string text) => Assert.IsTrue(RevisionRange.NeedsCurrent(text));

    [TestMethod]
    [DataRow("head-1")]
    [DataRow("A")]
    [DataRow("-2:head")]
    [DataRow("A:+1")]
    [DataRow(":")]
    public void Others_dont(string text) => Assert.IsFalse(RevisionRange.NeedsCurrent(text));

    private static void Is(string text, int start, int end) => Assert.AreEqual((start, end), RevisionRange.Parse(text).In(_chain, Current));
}
