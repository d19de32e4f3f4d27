using Microsoft.Build.Utilities;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>An application's migrations are often in a library beside it.</summary>
[TestClass]
public class RelativePathTests
{
    [TestMethod]
    [DataRow("/src/App/Migrations/1_A.cs", "Migrations/1_A.cs")]
    [DataRow("/src/Lib/Migrations/1_A.cs", "../Lib/Migrations/1_A.cs")]
    [DataRow("/src/App.Data/Migrations/1_A.cs", "../App.Data/Migrations/1_A.cs")]
    [DataRow("/src/Web/Program.cs", "../Web/Program.cs")]
    [DataRow("/src/Library/1_A.cs", "/src/Library/1_A.cs", DisplayName = "It only begins like the library's folder")]
    [DataRow("/root/.nuget/packages/a/1.0.0/a.cs", "/root/.nuget/packages/a/1.0.0/a.cs")]
    [DataRow("/src/App", "/src/App")]
    public void Paths_of_a_project_and_of_those_it_references_are_relative_to_it(string path, string shown)
    {
        var item = new TaskItem("/src/App/App.csproj");
        item.SetMetadata("ProjectFolder", "/src/App");
        item.SetMetadata("StartupProject", "/src/Web/Web.csproj");

        var project = new ProjectDescription(
            item,
            [Reference("/src/Lib/Lib.csproj"), Reference("/src/App.Data/App.Data.csproj"), new TaskItem("/a.dll")]);

        Assert.AreEqual(shown, project.Shown(path).Replace('\\', '/'));
    }

    [TestMethod]
    [DataRow("/src/App")]
    [DataRow("/src/App/")]
    public void A_folder_may_end_with_a_separator(string folder)
    {
        Assert.IsTrue(RelativePath.IsBelow("/src/App/obj/a.cs", folder));
        Assert.IsFalse(RelativePath.IsBelow("/src/App.Data/a.cs", folder));
        Assert.IsFalse(RelativePath.IsBelow(folder, folder));
        Assert.AreEqual("obj/a.cs", RelativePath.From(folder, "/src/App/obj/a.cs"));
        Assert.AreEqual("../Lib/a.cs", RelativePath.From(folder, "/src/Lib/a.cs"));
    }

    private static TaskItem Reference(string project)
    {
        var item = new TaskItem("/src/bin/" + Path.GetFileNameWithoutExtension(project) + ".dll");
        item.SetMetadata("MSBuildSourceProjectFile", project);
        return item;
    }
}
