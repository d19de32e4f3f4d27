using MigrationsBuild.Designers;

namespace MigrationsBuild.Core.Tests.Designers;

[TestClass]
public class DesignerFileTests
{
    [TestMethod]
    public void The_newest_two_of_each_context_keep_their_models() => Assert.AreEqual(
        "1 2 5", Without(File(3), File(1), File(4), File(2), File(5, "Other"), File(6, "Other"), File(7, "Other")));

    [TestMethod]
    public void A_migration_that_needs_a_model_keeps_its_own_and_the_one_before() =>
        Assert.AreEqual("1 4", Without(File(1), File(2), File(3) with { MayNeedModel = true }, File(4), File(5), File(6)));

    [TestMethod]
    public void A_short_history_is_compiled_as_it_is() => Assert.AreEqual("", Without(File(1), File(2)));

    private static DesignerFile File(int number, string context = "App|AppDbContext") => new(
        $"/app/{number}.Designer.cs", $"2026010100000{number}_M", "App.M", context,
        MayNeedModel: false, MayNameOwnTypes: false, ModelDatabase.PostgreSql);

    private static string Without(params DesignerFile[] files) => string.Join(
        " ", DesignerFile.WithoutEntities(files).Select(file => Path.GetFileName(file.Path).Split('.')[0]).Order());
}
