using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>A verb on a solution in which only some projects have the package, as the README's FAQ says it.</summary>
[TestClass]
public class SolutionTests
{
    [TestMethod]
    public void A_verb_runs_if_Directory_Build_props_has_an_empty_target()
    {
        using var project = Solution();
        Assert.Contains(diagnostic => diagnostic.Code == "MSB4057", Build(project, "All.sln", "-t:DbHeads").Diagnostics);
        File.WriteAllText(Path.Combine(project.Folder.Run, "Directory.Build.props"), "<Project><Target Name=\"DbHeads\" /></Project>");

        foreach (var solution in new[] { "All.sln", "All.slnx" })
            AssertHeads(Build(project, solution, "-t:DbHeads"));
        AssertHeads(Build(project, "All.slnx", "-t:DbHeads", "-graph"));
    }

    [TestMethod]
    public void A_verb_of_one_project_needs_nothing()
    {
        using var project = Solution();

        AssertHeads(Build(project, "All.sln", "-t:App:DbHeads"));
        AssertHeads(Build(project, "All.slnx", "-t:App:DbHeads", "-graph"));
    }

    private static void AssertHeads(BuildResult result)
    {
        Assert.IsTrue(result.Succeeded, result.ToString());
        Assert.HasCount(2, result.Output.Split("_Initial (head)"), result.Output);
    }

    private static BuildResult Build(TestProject project, params string[] arguments) =>
        Dotnet.Build(project.Folder.Run, ["build", "--no-restore", .. arguments]);

    private static TestProject Solution()
    {
        var project = TestProject.CreateMigrated();
        var root = project.Folder.Run;
        Directory.CreateDirectory(Path.Combine(root, "Lib"));
        File.WriteAllText(
            Path.Combine(root, "Lib", "Lib.csproj"),
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        foreach (var (format, solution) in new[] { ("sln", "All.sln"), ("slnx", "All.slnx") })
        {
            Succeeds(root, "new", "sln", "-n", "All", "--format", format);
            Succeeds(root, "sln", solution, "add", "App/App.csproj", "Lib/Lib.csproj");
        }

        Succeeds(root, "restore", "Lib");
        return project;
    }

    private static void Succeeds(string folder, params string[] arguments)
    {
        var result = Dotnet.Run(folder, arguments);
        Assert.AreEqual(0, result.ExitCode, result.ToString());
    }
}
