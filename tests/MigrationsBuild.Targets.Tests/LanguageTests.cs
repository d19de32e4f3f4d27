using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>Projects in F# and Visual Basic: EF Core has no generator of migrations for them, and everything else works.</summary>
[TestClass]
public class LanguageTests
{
    [TestMethod]
    public void A_build_reports_nothing_and_DbRevision_has_a_hint() => AssertHasNoGenerator("App.fsproj", "FSharp/Code.fs", "F#");

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void A_build_in_Visual_Basic_reports_nothing() => AssertHasNoGenerator("App.vbproj", "VisualBasic/Code.vb", "VB");

    [TestMethod]
    public void A_registered_generator_writes_the_projects_own_language()
    {
        using var folder = new TestFolder();
        TestPackages.WriteImports(folder, "App.vbproj");
        WriteProject(folder, "App.vbproj", "VisualBasic/Code.vb", "VisualBasic/Generator.vb");
        var draft = Dotnet.Build(folder.Path, ["build", "App.vbproj", "-t:DbRevision", "-p:Msg=initial"]);
        Assert.IsTrue(draft.Succeeded, draft.ToString());
        Assert.Contains("Inherits Migration", folder.Read(folder.Find("Migrations", "*_Initial.vb")));
        folder.Replace("Code.vb", "    Public Property Name", "    Public Property Age As Integer\n    Public Property Name");

        AssertDraftAndDrift(Dotnet.Build(folder.Path, ["build", "App.vbproj", "--no-restore"]));
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void Migrations_of_an_FSharp_context_live_in_a_CSharp_project()
    {
        using var folder = new TestFolder();
        WriteProject(folder, "Model/Model.fsproj", "FSharp/Code.fs");
        folder.Replace(
            "Model/Code.fs",
            "\"Data Source=app.db\"",
            "\"Data Source=app.db\", fun sqlite -> sqlite.MigrationsAssembly(\"App\") |> ignore");
        TestPackages.WriteImports(folder);
        folder.Write(
            "App.csproj",
            TestPackages.Sqlite.Project("", "<ProjectReference Include=\"Model/Model.fsproj\" /><Compile Remove=\"Model/**\" />"))
            .Write("Factory.cs", """
                using Microsoft.EntityFrameworkCore.Design;

                public class Factory : IDesignTimeDbContextFactory<App.AppDbContext>
                {
                    public App.AppDbContext CreateDbContext(string[] args) => new();
                }

                public static class Entry
                {
                    public static void Main()
                    {
                    }
                }

                """);
        var draft = Dotnet.Build(folder.Path, ["build", "App.csproj", "-t:DbRevision", "-p:Msg=initial"]);
        Assert.IsTrue(draft.Succeeded, draft.ToString());
        folder.Replace("Model/Code.fs", "    member val Name", "    member val Age = 0 with get, set\n    member val Name");

        AssertDraftAndDrift(Dotnet.Build(folder.Path, ["build", "App.csproj", "--no-restore"]));
    }

    private static void AssertHasNoGenerator(string project, string file, string language)
    {
        using var folder = new TestFolder();
        TestPackages.WriteImports(folder, project);
        WriteProject(folder, project, file);

        var build = Dotnet.Build(folder.Path, ["build", project]);
        Assert.IsTrue(build.Succeeded, build.ToString());
        Assert.IsEmpty(build.Ours);

        var error = Dotnet.Build(folder.Path, ["build", project, "--no-restore", "-t:DbRevision"]).Ours.Single();
        Assert.AreEqual("MIG4015", error.Code);
        Assert.StartsWith($"EF Core writes migrations in C#, and this project has no generator for {language}.", error.Text);
    }

    /// <summary>The build knows the draft, and that the age has no migration.</summary>
    private static void AssertDraftAndDrift(BuildResult build)
    {
        var codes = build.Ours.Select(finding => finding.Code).Order(StringComparer.Ordinal);
        Assert.AreEqual("MIG1001 MIG1002", string.Join(" ", codes), build.ToString());
        Assert.Contains("adds column \"Users\".\"Age\" INTEGER", build.Ours.Single(finding => finding.Code == "MIG1001").Text);
    }

    /// <summary>A project with sources of <c>tests/Projects</c>.</summary>
    private static void WriteProject(TestFolder folder, string project, params string[] sources)
    {
        // F# compiles what its project names, in that order.
        var items = project.EndsWith(".fsproj", StringComparison.Ordinal)
            ? string.Concat(sources.Select(source => $"<Compile Include=\"{Path.GetFileName(source)}\" />"))
            : "";
        folder.Write(project, TestPackages.Sqlite.Project("", items));
        foreach (var source in sources)
            folder.Write(
                Path.Combine(Path.GetDirectoryName(project)!, Path.GetFileName(source)),
                File.ReadAllText(Path.Combine(Repository.Root, "tests", "Projects", source)));
    }
}
