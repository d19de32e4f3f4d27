using MigrationsBuild.Testing;

namespace MigrationsBuild.Package.Tests;

/// <summary>The quick start with the packed tool: it is installed, and adds the packed package to a project.</summary>
[TestClass]
public class InitTests
{
    [TestMethod]
    public void A_project_is_ready_for_its_first_migration()
    {
        using var tools = new TestFolder("tools");
        using var project = Consumer.CreateWithoutPackage(TestPackages.WithoutDesign, null);
        var feed = PackageFeed.Shared;
        var install = Dotnet.Run(
            project.Folder.Path,
            ["tool", "install", "MigrationsBuild.Tool", "--version", feed.Version, "--tool-path", tools.Path],
            feed.Environment);
        Assert.AreEqual(0, install.ExitCode, install.ToString());
        feed.CopyAs(Db("--version").Split('+')[0].Trim(), tools.Path);
        project.Folder.Replace("NuGet.config", "</packageSources>", $"<add key=\"copy\" value=\"{tools.Path}\" /></packageSources>");

        Assert.Contains("App.csproj: added MigrationsBuild ", Db("init"));

        Assert.Contains("drafted", Db("revision", "-m", "initial"));
        Db("approve");
        Assert.Contains("1 migration applied", Db("migrate"));
        Assert.Contains("Everything is set up.", Db("init"));

        string Db(params string[] arguments)
        {
            var result = Dotnet.RunTool(project.Folder.Path, tools["dotnet-db"], arguments, feed.Environment);
            Assert.AreEqual(0, result.ExitCode, result.ToString());
            return result.Output;
        }
    }
}
