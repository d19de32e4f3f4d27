using MigrationsBuild.Diagnostics;
using MigrationsBuild.Revisions;

namespace MigrationsBuild.Core.Tests.Revisions;

[TestClass]
public class MigrationChainTests
{
    private static readonly MigrationChain _chain = new(
    [
        "20260103000000_AddUserNames",
        "20260101000000_Initial",
        "20260102000000_AddUsers",
        "20260104000000_Avatars",
        "20260105000000_Fix-1",
    ]);

    private const int Initial = 0, AddUsers = 1, AddUserNames = 2, Avatars = 3, Fix = 4;

    [TestMethod]
    public void Ids_are_in_EF_Cores_order_and_once_each()
    {
        var chain = new MigrationChain(["b_B", "a_Z", "B_A", "A_z"]);

        CollectionAssert.AreEqual(new[] { "B_A", "a_Z", "b_B" }, chain.Ids.ToArray());
    }

    [TestMethod]
    [DataRow("head", Fix)]
    [DataRow("HEADS", Fix)]
    [DataRow("base", MigrationChain.Base)]
    [DataRow("current", AddUsers)]
    [DataRow("", AddUsers)]
    public void Symbols_name_places(string text, int position) => Resolves(text, position);

    [TestMethod]
    [DataRow("-1", true)]
    [DataRow(" +2 ", true)]
    [DataRow("current", true)]
    [DataRow("Current-1", true)]
    [DataRow("head-1", false)]
    [DataRow("AddUsers+1", false)]
    [DataRow("20260105000000_Fix-1", false)]
    [DataRow("", false)]
    public void Some_expressions_depend_on_what_is_applied(string text, bool expected) =>
        Assert.AreEqual(expected, _chain.IsFromCurrent(text));

    [TestMethod]
    [DataRow("20260101000000_Initial", Initial)]
    [DataRow(" 20260101000000_initial ", Initial)]
    [DataRow("Initial", Initial)]
    [DataRow("init", Initial)]
    [DataRow("20260104", Avatars)]
    [DataRow("20260104000000_Av", Avatars)]
    [DataRow("20260105000000_Fix-1", Fix, DisplayName = "Even if it ends as steps do")]
    [DataRow("AddUserN", AddUserNames)]
    [DataRow("AddUsers", AddUsers)]
    public void Ids_names_and_their_beginnings_name_a_migration(string text, int position) => Resolves(text, position);

    [TestMethod]
    public void A_whole_name_counts_before_a_longer_one() =>
        Assert.AreEqual(0, new MigrationChain(["1_Add", "2_AddMore"]).Resolve("add", 0));

    [TestMethod]
    [DataRow("+1", AddUserNames)]
    [DataRow("-2", MigrationChain.Base)]
    [DataRow("+0", AddUsers)]
    [DataRow("current+3", Fix)]
    [DataRow("head-1", Avatars)]
    [DataRow("base+1", Initial)]
    [DataRow("AddUsers-1", Initial)]
    [DataRow("Fix-1", Avatars)]
    [DataRow("20260101+4", Fix)]
    public void Steps_lead_on_from_there(string text, int position) => Resolves(text, position);

    [TestMethod]
    [DataRow("+4", "Relative revision +4 didn't produce 4 migrations: from 20260102000000_AddUsers there are 3 towards head.")]
    [DataRow("-3", "Relative revision -3 didn't produce 3 migrations: from 20260102000000_AddUsers there are 2 towards base.")]
    [DataRow("base-1", "from base there are 0 towards base.")]
    [DataRow("head+2147483647", "from 20260105000000_Fix-1 there are 0 towards head.")]
    [DataRow("base-2147483648", "didn't produce 2147483648 migrations: from base there are 0 towards base.")]
    public void Steps_end_at_head_and_base(string text, string message) => Fails(text, message);

    [TestMethod]
    [DataRow("nothing", "Can't locate revision identified by 'nothing': no id or name starts with it.")]
    [DataRow("AddUser", "2 revisions start with it: 20260102000000_AddUsers, 20260103000000_AddUserNames.")]
    [DataRow("2026", "5 revisions start with it")]
    [DataRow("Users", "no id or name starts with it")]
    public void A_text_that_names_none_or_several_is_refused(string text, string message) => Fails(text, message);

    [TestMethod]
    [DataRow("20260106", "'20260106': 20260106000000_Later isn't applied.")]
    [DataRow("late", "'late': 20260106000000_Later isn't applied.")]
    [DataRow("Later-1", "'Later': 20260106000000_Later isn't applied.")]
    [DataRow("202601", "2 revisions start with it: 20260101000000_Initial, 20260102000000_AddUsers.")]
    [DataRow("More", "2 revisions start with it, and each of them isn't applied: 20260107000000_More1, 20260108000000_More2.")]
    [DataRow("nothing", "no id or name starts with it.")]
    public void The_reason_why_a_revision_is_elsewhere_is_reported(string text, string message)
    {
        var chain = new MigrationChain(
            ["20260101000000_Initial", "20260102000000_AddUsers"],
            ["20260102000000_AddUsers", "20260106000000_Later", "20260107000000_More1", "20260108000000_More2"],
            "isn't applied");

        Assert.Contains(message, Assert.ThrowsExactly<MigrationsException>(() => chain.Resolve(text, 0)).Message);
        Assert.AreEqual(1, chain.Resolve("AddU", 0));
    }

    [TestMethod]
    public void Only_the_first_ten_candidates_are_reported()
    {
        var chain = new MigrationChain(Enumerable.Range(10, 12).Select(number => $"a{number}"));

        var failure = Assert.ThrowsExactly<MigrationsException>(() => chain.Resolve("a", 0));

        Assert.Contains("12 revisions start with it: a10, a11, a12, a13, a14, a15, a16, a17, a18, a19, ….", failure.Message);
    }

    [TestMethod]
    public void Without_migrations_head_is_base()
    {
        var chain = new MigrationChain([]);

        Assert.AreEqual(MigrationChain.Base, chain.Resolve("head", MigrationChain.Base));
        Assert.Contains(
            "there are no migrations", Assert.ThrowsExactly<MigrationsException>(() => chain.Resolve("a", MigrationChain.Base)).Message);
    }

    [TestMethod]
    public void A_migrations_id_is_seen_from_head()
    {
        Assert.AreEqual("20260104000000_Avatars", _chain.IdOf("-1"));
        Assert.Contains("'base': it is base", Assert.ThrowsExactly<MigrationsException>(() => _chain.IdOf("base")).Message);
    }

    private static void Resolves(string text, int position) => Assert.AreEqual(position, _chain.Resolve(text, AddUsers));

    private static void Fails(string text, string message)
    {
        var failure = Assert.ThrowsExactly<MigrationsException>(() => _chain.Resolve(text, AddUsers));

        Assert.AreEqual(DiagnosticCodes.NoSuchRevision, failure.Diagnostic.Code);
        Assert.Contains(message, failure.Message);
        Assert.EndsWith("Run: dotnet build -t:DbHistory", failure.Message);
    }
}
