using MigrationsBuild.Testing;

namespace MigrationsBuild.Tasks.Tests;

[TestClass]
public class FolderTests
{
    [TestMethod]
    public void No_folder_uses_one_that_uses_it() =>
        Assert.AreEqual(
            "",
            string.Join(
                "\n", new FolderDependencies(typeof(MigrationsBuild.Tasks.VerbTasks.DbApprove).Assembly, "MigrationsBuild.Tasks").Circles));
}
