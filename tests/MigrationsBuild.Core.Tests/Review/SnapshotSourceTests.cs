using MigrationsBuild.Review;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Review;

[TestClass]
public class SnapshotSourceTests
{
    [TestMethod]
    [DataRow("Bookshop")]
    [DataRow("Upgrade8")]
    [DataRow("Veteran")]
    public void The_Designer_file_of_the_newest_migration_gives_the_snapshot_that_EF_Core_wrote(string project)
    {
        var folder = Path.Combine(Repository.Root, "tests/Projects", project, "Migrations");
        var snapshot = File.ReadAllText(Directory.GetFiles(folder, "*ModelSnapshot.cs").Single());
        var designer = File.ReadAllText(Directory.GetFiles(folder, "*.Designer.cs").Order(StringComparer.Ordinal).Last());

        var text = SnapshotSource.FromDesigner(designer, snapshot);

        Assert.AreEqual(WithoutUsings(snapshot), WithoutUsings(text!));
    }

    [TestMethod]
    public void Class_base_and_namespace_are_the_snapshots_own()
    {
        const string snapshot = """
            namespace Other
            {
                [DbContext(typeof(ShopContext))]
                partial class Shop : global::Microsoft.EntityFrameworkCore.Infrastructure.ModelSnapshot
                {
                    protected override void BuildModel(ModelBuilder modelBuilder) { }
                }
            }
            """;
        const string designer = """
            using Microsoft.EntityFrameworkCore.Migrations;

            namespace App.Migrations
            {
                [DbContext(typeof(ShopContext))]
                [Migration("20260101000000_A")]
                partial class A
                {
                    /// <inheritdoc />
                    protected override void BuildTargetModel(ModelBuilder modelBuilder) { }
                }
            }
            """;

        Assert.AreEqual(snapshot, SnapshotSource.FromDesigner(designer, snapshot)!.TrimStart());
    }

    [TestMethod]
    [DataRow("[Migration(\"20260101000000_A\")] partial class A { }", "partial class Shop : ModelSnapshot { }")]
    [DataRow("partial class A { protected override void BuildTargetModel(ModelBuilder modelBuilder) { } }", "class Shop { }")]
    public void What_EF_Core_doesnt_write_gives_none(string designer, string snapshot) =>
        Assert.IsNull(SnapshotSource.FromDesigner(designer, snapshot));

    private static string WithoutUsings(string text) =>
        string.Join("\n", text.Split('\n').Where(line => !line.StartsWith("using ", StringComparison.Ordinal)));
}
