using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

[TestClass]
public class FolderTests
{
    [TestMethod]
    public void No_folder_uses_one_that_uses_it() =>
        Assert.AreEqual(
            "",
            string.Join("\n", new FolderDependencies(typeof(MigrationsBuild.Runner.BuildCall).Assembly, "MigrationsBuild.Runner").Circles));
}
