using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>The verbs that only look, as targets.</summary>
[TestClass]
public class ReadOnlyVerbTests
{
    [TestMethod]
    public void Heads_show_history_and_script_need_no_database()
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql);
        string Look(string target, params string[] properties)
        {
            var result = project.Build(TestCode.Ci, ["-t:" + target, "-p:NoBuild=true", .. properties]);
            Assert.IsTrue(result.Succeeded, result.ToString());
            return result.Output;
        }

        Assert.IsTrue(project.Build().Succeeded);
        var history = Look("DbHeads;DbHistory");
        Assert.Contains("_Initial (head)\n", history);
        Assert.Contains("<base> -> ", history);
        Assert.Contains("CREATE TABLE \"Users\"", Look("DbShow", "-p:DbRev=init"));
        Assert.Contains("Wrote ", Look("DbScript", "-p:DbSqlFile=out/all.sql", "-p:DbIdempotent=true"));
        Assert.Contains("CREATE TABLE \"Users\"", project.Folder.Read("out/all.sql"));
    }
}
