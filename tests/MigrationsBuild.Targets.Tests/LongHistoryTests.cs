using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>A project on SQLite whose ten migrations were made in the years of EF Core 5 to 10, adopted.</summary>
[TestClass]
public class LongHistoryTests
{
    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void EF_Core_and_MigrationsBuild_create_the_same_database()
    {
        using var project = TestProject.CreateFrom("Veteran", TestPackages.Sqlite);
        project.Run("DbApprove");
        Assert.IsEmpty(project.Build(TestCode.Ci).Diagnostics);

        project.Execute(Veteran(project, "theirs.db"), "migrate");
        Assert.Contains("10 migrations applied", project.RunOn(DataSource(project, "ours.db"), "DbMigrate").Output);
        project.RunOn(DataSource(project, "both.db"), "DbMigrate", "DbTo=AddGrades");
        project.Execute(Veteran(project, "both.db"), "migrate");

        var expected = SqliteFile.Dump(project.Folder["theirs.db"]);
        Assert.Contains("CREATE TABLE \"Rides\"", expected);
        Assert.AreEqual(expected, SqliteFile.Dump(project.Folder["ours.db"]));
        Assert.AreEqual(expected, SqliteFile.Dump(project.Folder["both.db"]));
        Assert.Contains("Nothing to apply", project.RunOn(DataSource(project, "both.db"), "DbMigrate").Output);
    }

    private static string DataSource(TestProject project, string file) => $"Data Source={project.Folder[file]}";

    private static Dictionary<string, string?> Veteran(TestProject project, string file) =>
        new() { ["VETERAN_CONNECTION"] = DataSource(project, file) };
}
