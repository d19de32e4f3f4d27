using MigrationsBuild.Contexts;
using MigrationsBuild.Revisions;

namespace MigrationsBuild.Core.Tests.Revisions;

[TestClass]
public class MigrationIdTests
{
    [TestMethod]
    [DataRow("20260101000000_AddUsers", "AddUsers")]
    [DataRow("20260101000000_Snake_case", "Snake_case")]
    [DataRow("AddUsers", "AddUsers")]
    [DataRow("20260101000000_", "")]
    public void The_name_follows_the_first_underscore(string id, string name) => Assert.AreEqual(name, MigrationId.NameOf(id));

    [TestMethod]
    [DataRow("20260101000000_Größe")]
    [DataRow("A")]
    [DataRow("a.b-c+d#e")]
    public void An_id_that_files_can_be_named_after_is_usable(string id) => Assert.IsTrue(MigrationId.IsUsable(id));

    [TestMethod]
    [DataRow("")]
    [DataRow("#A")]
    [DataRow(".A")]
    [DataRow("a b")]
    [DataRow("a\tb")]
    [DataRow("a\nb")]
    [DataRow("a\u007fb")]
    [DataRow("../a")]
    [DataRow("a\\b")]
    [DataRow("a:b")]
    [DataRow("<<<<<<<")]
    [DataRow("a|b")]
    [DataRow("a*?\"")]
    [DataRow("a\u200Bb")]
    [DataRow("a\u202Eb")]
    [DataRow("a\u0085b")]
    [DataRow("a\U000E0041")]
    public void Any_other_isnt(string id) => Assert.IsFalse(MigrationId.IsUsable(id));

    [TestMethod]
    public void Nor_is_one_longer_than_the_historys_column()
    {
        Assert.IsTrue(MigrationId.IsUsable(new string('a', 150)));
        Assert.IsFalse(MigrationId.IsUsable(new string('a', 151)));
    }

    [TestMethod]
    [DataRow("20260101000000_Initial", true)]
    [DataRow("20260101000000_a b", true)]
    [DataRow("20260101000000_", false)]
    [DataRow("20260101000000Initial", false)]
    [DataRow("2026010100000_Initial", false)]
    [DataRow("2026010100000x_Initial", false)]
    [DataRow("20260101000000_Initial.Designer", false)]
    [DataRow("20260101", false)]
    [DataRow("", false)]
    public void An_id_of_EF_Core_has_a_timestamp(string id, bool has) => Assert.AreEqual(has, MigrationId.HasTimestamp(id));

    [TestMethod]
    [DataRow("/a/1_A.sql", "/a/1_A.cs")]
    [DataRow("/a/1_A.down.sql", "/a/1_A.cs")]
    [DataRow("/a/1_A.DOWN.SQL", "/a/1_A.cs")]
    [DataRow("/a/1_A.b.sql", "/a/1_A.b.cs")]
    [DataRow("/a/1_A.cs", null)]
    [DataRow("/a.sql/1_A", null)]
    public void Both_SQL_files_of_a_migration_have_its_source(string path, string? source) =>
        Assert.AreEqual(source, MigrationReport.SourceOf(path));
}
