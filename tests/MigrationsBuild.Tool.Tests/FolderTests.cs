using MigrationsBuild.Testing;

namespace MigrationsBuild.Tool.Tests;

[TestClass]
public class FolderTests
{
    [TestMethod]
    public void No_folder_uses_one_that_uses_it() =>
        Assert.AreEqual(
            "", string.Join("\n", new FolderDependencies(typeof(MigrationsBuild.Tool.VerbRun).Assembly, "MigrationsBuild.Tool").Circles));
}
