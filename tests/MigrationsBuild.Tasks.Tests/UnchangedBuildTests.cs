using System.Globalization;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>An unchanged build doesn't do more for a longer history than to look at the sizes and times of its files.</summary>
[TestClass]
[DoNotParallelize]
public class UnchangedBuildTests
{
    private const int SqlLength = 100_000;

    [TestMethod]
    [OSCondition(OperatingSystems.Linux, IgnoreMessage = "What a process reads is counted in /proc.")]
    public void It_reads_no_SQL_file()
    {
        const int More = 30;

        var difference = BytesRead(migrations: 2 + More) - BytesRead(migrations: 2);

        // A file's name, size and time, and nothing like its content.
        Assert.IsLessThan(More * SqlLength / 50, difference);
    }

    /// <summary>What the check of an unchanged project reads, in bytes.</summary>
    private static long BytesRead(int migrations)
    {
        using var project = new ShopProject(hasMigration: false);
        var comment = "-- " + new string('x', SqlLength) + "\n";
        for (var i = 1; i <= migrations; i++)
            project.Write($"202601{i:00}000000_M{i}", $"{comment}CREATE TABLE m{i} (x);\n");
        Assert.IsTrue(project.Run(new DbApprove()));
        Assert.IsTrue(project.Run(new CheckMigrations()));
        Assert.IsTrue(project.Run(new CheckMigrations()));
        project.Harness.ForgetStarts();

        // Other threads of this process may read at the same time, so the lowest figure counts.
        var read = Enumerable.Range(0, 5).Min(_ => BytesReadByCheck(project));

        Assert.AreEqual(0, project.Harness.Starts);
        Assert.IsEmpty(project.Findings);
        return read;
    }

    private static long BytesReadByCheck(ShopProject project)
    {
        var before = ReadSoFar();
        Assert.IsTrue(project.Run(new CheckMigrations()));
        return ReadSoFar() - before;
    }

    private static long ReadSoFar() => long.Parse(
        File.ReadLines("/proc/self/io").Single(line => line.StartsWith("rchar: ", StringComparison.Ordinal))[7..],
        CultureInfo.InvariantCulture);
}
