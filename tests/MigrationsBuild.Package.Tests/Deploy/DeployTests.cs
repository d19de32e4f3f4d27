using System.Globalization;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Testing;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Package.Tests.Deploy;

/// <summary><c>docs/deploy.md</c>: the tables are what the code says, and every file that it shows has a test here that runs it.</summary>
[TestClass]
public class DeployTests
{
    [TestMethod]
    public void Every_file_has_a_test()
    {
        var folder = Path.Combine(Repository.Root, "tests", "MigrationsBuild.Package.Tests", "Deploy");
        var tests = string.Concat(Directory.GetFiles(folder, "*Tests.cs").Select(File.ReadAllText));

        Assert.IsGreaterThan(8, DeployDocument.Names.Count);
        foreach (var name in DeployDocument.Names)
            Assert.Contains($"\"{name}\"", tests);
    }

    [TestMethod]
    public void The_exit_codes_are_those_of_the_runner()
    {
        var rows = Readme.Table("Exit codes", DeployDocument.Path);

        CollectionAssert.AreEqual(
            new[] { ExitCodes.Done, ExitCodes.Failed, ExitCodes.Final }.Select(code => $"`{code}`").ToArray(),
            rows.Select(row => row[0]).ToArray());
        var failing = DiagnosticCodes.All.Values.Where(code => code.IsRetryable).Select(code => $"`{code.Id}`");
        Assert.AreEqual(string.Join(" ", failing.Order(StringComparer.Ordinal)), rows[1][2]);
        Assert.Contains($"`{DiagnosticCodes.Ahead.Id}`", rows[0][1]);
    }

    [TestMethod]
    public void The_settings_and_their_defaults_are_those_of_the_runner()
    {
        var connectTimeout = RunSettings.DefaultConnectTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        var expected = RunSettings.All.Select(setting =>
            $"{setting.Property} --{setting.Name} {(setting.Property == "DbConnectTimeout" ? connectTimeout : setting.Default)}");

        var rows = Readme.Table("Timeouts and retries", DeployDocument.Path)
            .Select(row => $"{Readme.Code(row[0])} {Readme.Code(row[1])} {Readme.Code(row[2])}");

        CollectionAssert.AreEquivalent(expected.ToArray(), rows.ToArray());
    }
}
