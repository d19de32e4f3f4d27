using MigrationsBuild.Tool.Output;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.Tests;

[TestClass]
public class ToolWordsTests
{
    [TestMethod]
    [DataRow("Run: dotnet build -t:DbApprove", "Run: dotnet db approve")]
    [DataRow("Run: dotnet build -t:DbRevision -p:Msg=\"add user avatar\"", "Run: dotnet db revision -m \"add user avatar\"")]
    [DataRow("then run: dotnet build -t:DbApprove -p:DbRev=20260101000000_A.", "then run: dotnet db approve 20260101000000_A.")]
    [DataRow("dotnet build -t:DbApprove -p:DbRev=A,B -p:DbContextName=Shop.Context", "dotnet db approve A B --context Shop.Context")]
    [DataRow("dotnet build -t:DbRollback -p:DbTo=-1, or dotnet build -t:DbStamp -p:DbRev=head -p:DbPurge=true", "dotnet db rollback -1, or dotnet db stamp head --purge")]
    [DataRow("dotnet build -t:DbScript -p:DbRev=<its newest migration>:head", "dotnet db script <its newest migration>:head")]
    [DataRow("dotnet build \"../my app/App.csproj\" -t:DbCheck", "dotnet db check --project \"../my app/App.csproj\"")]
    [DataRow("name it: -p:DbForce=shop", "name it: --force shop")]
    [DataRow("Say which: -p:DbContextName=Shop", "Say which: --context Shop")]
    [DataRow("or -p:DbOutOfOrder=allow", "or -p:DbOutOfOrder=allow")]
    [DataRow("DbReset asks before it changes app.db", "`reset` asks before it changes app.db")]
    [DataRow("dotnet build -t:DbHistory -p:DbRev=A:head", "dotnet db history A:head")]
    [DataRow("Run first: dotnet build", "Run first: dotnet build")]
    [DataRow("dotnet build -t:DbUnheardOf", "dotnet build -t:DbUnheardOf")]
    public void Commands_are_those_of_the_tool(string text, string expected) =>
        Assert.AreEqual(expected, ToolWords.For(VerbTable.Find("migrate")!).Of(text));
}
