using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>The switches, settings and places with which people build: the check and the verbs work with each.</summary>
[TestClass]
public class WaysOfBuildingTests
{
    [TestMethod]
    public void As_a_graph_on_several_nodes_and_multithreaded()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        Assert.AreEqual("MIG1001", project.Build("-graph", "-m").Ours.Single().Code);
        Assert.AreEqual("MIG1001", project.Build("-mt").Ours.Single().Code);

        var draft = project.Build("-mt", "-t:DbRevision", "-p:Msg=a picture of theirs");
        Assert.Contains("drafted", draft.Output);
        Assert.Contains("_APictureOfTheirs", draft.Output);
        Assert.Contains("_APictureOfTheirs (head)", project.Build("-graph", "-m", "-t:DbHeads").Output);
    }
}
