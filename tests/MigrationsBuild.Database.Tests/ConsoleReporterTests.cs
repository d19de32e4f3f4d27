using MigrationsBuild.Runner.Deployment;

namespace MigrationsBuild.Database.Tests;

/// <summary>Where no SDK is, a text that names commands of a build names those of the deployed runner, if it has them.</summary>
[TestClass]
public class ConsoleReporterTests
{
    [TestMethod]
    [DataRow("Run: dotnet build -t:DbMigrate", "Run: dotnet runner.dll migrate")]
    [DataRow("dotnet build -t:DbRollback -p:DbTo=-1 -p:DbContextName=Shop.", "dotnet runner.dll rollback -1 --context Shop.")]
    [DataRow("dotnet build -t:DbStamp -p:DbRev=A,B -p:DbPurge=true", "dotnet runner.dll stamp A B --purge")]
    [DataRow("dotnet build -t:DbHistory -p:DbRev=-3:current", "dotnet runner.dll history -3:current")]
    [DataRow("dotnet build -t:DbScript -p:DbRev=base:head", "dotnet runner.dll script base:head")]
    [DataRow("Run: dotnet build -t:DbApprove -p:DbRev=A", "Run: dotnet build -t:DbApprove -p:DbRev=A")]
    [DataRow("Name the target: -p:DbTo=-1", "Name the target: -1")]
    [DataRow("If you mean it: -p:DbForce=shop", "If you mean it: --force shop")]
    [DataRow("didn't end within 1 s (DbWaitTimeout): pid 7", "didn't end within 1 s (--wait-timeout): pid 7")]
    [DataRow("all in one: DbTransaction=all", "all in one: --transaction all")]
    [DataRow("-p:DbOutOfOrder=allow", "--out-of-order allow")]
    [DataRow("DbStamp needs to know the revision", "`stamp` needs to know the revision")]
    [DataRow("table \"DbRetries\" is locked", "table \"DbRetries\" is locked")]
    [DataRow("sql/DbReset.sql was changed", "sql/DbReset.sql was changed")]
    [DataRow("DbUnheardOf", "DbUnheardOf")]
    public void Commands_are_those_of_the_runner(string text, string expected)
    {
        using var output = new StringWriter();

        new ConsoleReporter(output, TextWriter.Null, "dotnet runner.dll").Line(text);

        Assert.AreEqual(expected, output.ToString().TrimEnd());
    }
}
