using MigrationsBuild.Diagnostics;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests;

[TestClass]
public class FolderTests
{
    [TestMethod]
    public void No_folder_uses_one_that_uses_it() =>
        Assert.AreEqual("", string.Join("\n", new FolderDependencies(typeof(Diagnostic).Assembly, "MigrationsBuild").Circles));
}
