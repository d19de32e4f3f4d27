using System.Globalization;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>Time limits and progress of work that isn't start-up code.</summary>
[TestClass]
public class LongWorkTests
{
    [TestMethod]
    public void Emission_takes_the_time_that_it_takes_shows_how_far_it_is_and_names_the_migration_that_hangs()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Replace(
            Directory.GetFiles(project.Folder["Migrations"], "*_Initial.cs").Select(path => Path.GetRelativePath(project.Folder.Path, path)).Single(),
            "migrationBuilder.CreateTable(",
            "System.Threading.Thread.Sleep(int.Parse(System.Environment.GetEnvironmentVariable(\"NAP\") ?? \"0\"));\n            migrationBuilder.CreateTable(");

        var slow = Check(project, 12_000);
        var hanging = Check(project, Timeout.Infinite);

        Assert.IsTrue(slow.Succeeded, slow.ToString());
        Assert.IsTrue(slow.Messages.Any(line => line.StartsWith("AppDbContext: SQL of 0 of 1 migrations, now ", StringComparison.Ordinal)));
        var finding = hanging.Ours.Single();
        Assert.IsTrue(finding.IsError, "A check that couldn't look has failed.");
        Assert.AreEqual("MIG1009", finding.Code);
        Assert.Contains("_Initial, after that of 0 of 1 migrations of AppDbContext, took longer than 20 s", finding.Text);
        Assert.DoesNotContain("start-up code", finding.Text);
    }

    private static BuildResult Check(TestProject project, int nap) =>
        project.Build(new Dictionary<string, string?> { ["NAP"] = nap.ToString(CultureInfo.InvariantCulture) }, "-t:DbCheck", "-p:DbWorkerTimeout=2");
}
