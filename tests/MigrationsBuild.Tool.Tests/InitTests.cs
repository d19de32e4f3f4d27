using System.Text.Json;
using System.Text.RegularExpressions;
using MigrationsBuild.Testing;
using MigrationsBuild.Tool.Setup;

namespace MigrationsBuild.Tool.Tests;

/// <summary><c>dotnet db init</c> on real projects and repositories.</summary>
[TestClass]
public class InitTests
{
    [TestMethod]
    public void A_project_in_a_repository_gets_all_of_it_once()
    {
        using var source = new PackageSource();
        using var project = TestProject.Create(TestPackages.WithoutDesign);
        source.Configure(project.Folder);
        project.Folder.Write(".github/CODEOWNERS", "docs/ @writers\n* @team # all\n").Write(".gitattributes", "*.png binary\r\n");
        using var git = new GitClone(project.Folder, hasDriver: false);

        var first = Run(project, git, source, "--git", "--pipeline", "github");

        Assert.AreEqual(0, first.ExitCode, first.ToString());
        Assert.AreEqual("", first.Error);
        Assert.AreEqual(
            $"""
              App.csproj: added MigrationsBuild {ToolVersion.Current} and Microsoft.EntityFrameworkCore.Design {PackageVersions.EfCore10}
              .gitattributes: added {string.Join(" | ", MergeDriver.Attributes)}
              .git/config: added the merge driver. It is valid for this clone: in every other one, run: dotnet db init --git
              .github/CODEOWNERS: added *.approvals @team
              .github/workflows/pull-request.yml: created
              To undo: git restore App.csproj .gitattributes .github/CODEOWNERS
              To undo: git config --local --remove-section merge.migrationsbuild
              To undo: delete .github/workflows/pull-request.yml

            """.ReplaceLineEndings("\n"),
            first.Output);
        Assert.HasCount(2, Regex.Matches(project.Folder.Read("App.csproj"), "<PrivateAssets>all</PrivateAssets>"));
        var attributes = MergeDriver.Attributes.Prepend("*.png binary").Select(line => line + "\r\n");
        Assert.AreEqual(string.Concat(attributes), project.Folder.Read(".gitattributes"));
        Assert.AreEqual("docs/ @writers\n* @team # all\n*.approvals @team\n", project.Folder.Read(".github/CODEOWNERS"));
        Assert.AreEqual(MergeDriver.Command, git.Succeed("config", "merge.migrationsbuild.driver").TrimEnd());
        Assert.Contains("dotnet build App.csproj -p:DbReport", project.Folder.Read(".github/workflows/pull-request.yml"));

        var files = project.Folder.Sources();
        using var again = JsonDocument.Parse(Run(project, git, source, "--git", "--pipeline", "github", "--json").Output);
        Assert.AreEqual("init", again.RootElement.GetProperty("verb").GetString());
        Assert.IsTrue(again.RootElement.GetProperty("success").GetBoolean());
        Assert.AreEqual("Everything is set up.", again.RootElement.GetProperty("lines").EnumerateArray().Single().GetString());
        CollectionAssert.AreEquivalent(files.ToArray(), project.Folder.Sources().ToArray());

        project.Folder.Write(".github/workflows/pull-request.yml", "name: Mine\n");
        var kept = Run(project, git, source, "--pipeline", "github");
        Assert.AreEqual(0, kept.ExitCode, kept.ToString());
        Assert.Contains("warning MIG4025: .github/workflows/pull-request.yml exists and is not changed.", kept.Error);
        Assert.AreEqual("name: Mine\n", project.Folder.Read(".github/workflows/pull-request.yml"));

        git.Succeed("restore", "App.csproj", ".gitattributes", ".github/CODEOWNERS");
        git.Succeed("config", "--local", "--remove-section", "merge.migrationsbuild");
        Assert.AreEqual("?? .github/workflows/", git.Succeed("status", "--short").TrimEnd());
    }

    [TestMethod]
    public void Without_a_repository_the_packages_are_added_with_central_versions_and_the_rest_says_what_is_missing()
    {
        using var source = new PackageSource();
        using var project = TestProject.Create(TestPackages.WithoutDesign);
        source.Configure(project.Folder);
        var versions = Regex.Matches(project.Folder.Read("App.csproj"), "PackageReference Include=\"(.*?)\" Version=\"(.*?)\"");
        project.Folder.Write("App.csproj", Regex.Replace(project.Folder.Read("App.csproj"), " Version=\".*?\"", ""));
        project.Folder.Write("Directory.Packages.props", $"""
            <Project>
              <PropertyGroup>
                <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(versions.Select(one => $"<PackageVersion Include=\"{one.Groups[1]}\" Version=\"{one.Groups[2]}\" />"))}
              </ItemGroup>
            </Project>
            """);
        project.Folder.Replace("AppContext.cs", "options.Use", "throw new System.InvalidOperationException(\"no vault\"); // options.Use");

        var result = Run(project, null, source, "--git");

        Assert.AreEqual(1, result.ExitCode, result.ToString());
        var central = project.Folder.Read("Directory.Packages.props");
        Assert.Contains($"<PackageVersion Include=\"MigrationsBuild\" Version=\"{ToolVersion.Current}\" />", central);
        Assert.DoesNotContain("Version=", project.Folder.Read("App.csproj"));
        Assert.Contains("To undo: dotnet remove App.csproj package MigrationsBuild && dotnet remove App.csproj package M", result.Output);
        Assert.Contains("To undo: remove the versions of MigrationsBuild and Micr", result.Output);
        Assert.Contains(
            "warning MIG4023: AppDbContext needs a factory, and has no constructor with only DbContextOptions<AppDbContext>. "
            + "See: dotnet db explain MIG1009",
            result.Error);
        Assert.Contains("error MIG4024: ", result.Error);
        Assert.Contains("isn't in a git repository, or git isn't installed. Run: git init", result.Error);
    }

    [TestMethod]
    public void A_context_that_a_build_cannot_create_gets_a_factory()
    {
        using var source = new PackageSource();
        using var project = TestProject.Create();
        source.Configure(project.Folder);
        const string Constructor = "AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)";
        project.Folder.Replace("AppContext.cs", "AppDbContext : DbContext", Constructor);
        project.Folder.Write("AppContext.cs", Regex.Replace(project.Folder.Read("AppContext.cs"), "\n    protected override.*?\n", ""));
        project.Folder.Write("OtherContexts.cs", """
            using Microsoft.EntityFrameworkCore;

            namespace App;

            public abstract class BaseContext(DbContextOptions<BaseContext> options) : DbContext(options);

            public class LogContext : DbContext
            {
                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=log.db");
            }

            """);

        var result = Run(project, null, source);

        Assert.AreEqual(0, result.ExitCode, result.ToString());
        Assert.AreEqual("", result.Error);
        Assert.Contains("  AppDbContextFactory.cs: created, because a build can't run the start-up code.", result.Output);
        Assert.Contains("  To undo: delete AppDbContextFactory.cs", result.Output);
        Assert.HasCount(1, Directory.GetFiles(project.Folder.Path, "*Factory.cs"));
        Assert.Contains("UseSqlite().Options", project.Folder.Read("AppDbContextFactory.cs"));
        Assert.Contains("drafted", project.Succeed(source.Environment, "revision", "-m", "initial", "--context", "AppDbContext"));
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void A_package_that_cannot_be_added_leaves_the_edits_of_the_user_and_an_undo_for_the_first_package()
    {
        using var source = new PackageSource();
        using var project = TestProject.Create(TestPackages.WithoutDesign);
        source.Configure(project.Folder);
        using var git = new GitClone(project.Folder, hasDriver: false);
        project.Folder.Replace("App.csproj", "</PropertyGroup>", "<Company>Edited</Company></PropertyGroup>");
        project.Folder.Write("Directory.Build.targets", """
            <Project>
              <Target Name="Refuse" BeforeTargets="GenerateRestoreGraphFile"
                      Condition="$([System.IO.File]::ReadAllText('$(MSBuildProjectFullPath)').Contains('&quot;MigrationsBuild&quot;'))">
                <Error Text="no network" />
              </Target>
            </Project>
            """);

        var result = Run(project, git, source, "--git");

        Assert.AreEqual(1, result.ExitCode, result.ToString());
        Assert.Contains($"App.csproj: added MigrationsBuild {ToolVersion.Current}\n", result.Output);
        Assert.Contains("To undo: dotnet remove App.csproj package MigrationsBuild\n", result.Output);
        Assert.DoesNotContain("git restore", result.Output);
        Assert.Contains("error MIG4022: dotnet add package Microsoft.EntityFrameworkCore.Design --version", result.Error);
        Assert.Contains("<Company>Edited</Company>", project.Folder.Read("App.csproj"));
        Assert.AreEqual(MergeDriver.Command, git.Succeed("config", "merge.migrationsbuild.driver").TrimEnd());
    }

    [TestMethod]
    public void A_clone_gets_the_merge_driver_even_if_its_project_cannot_be_restored()
    {
        using var folder = new TestFolder();
        folder.Write("App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><Import Project=\"missing.props\" /></Project>");
        using var git = new GitClone(folder, hasDriver: false);

        var result = Db.Run(folder.Path, git.Environment, ["init", "--git"]);

        Assert.AreEqual(1, result.ExitCode, result.ToString());
        Assert.Contains("error MIG4022: App.csproj can't be restored: ", result.Error);
        Assert.AreEqual(MergeDriver.Command, git.Succeed("config", "merge.migrationsbuild.driver").TrimEnd());
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void Target_frameworks_with_different_versions_of_EF_Core_need_no_version_if_they_have_the_packages()
    {
        using var source = new PackageSource();
        using var project = TestProject.Create();
        source.Configure(project.Folder);
        var package = $"""<PackageReference Include="MigrationsBuild" Version="{ToolVersion.Current}" />""";
        var (first, second) = (TestPackages.Sqlite8.Project("", package), TestPackages.Sqlite.Project("", package));
        project.Folder.Write(
            "App.csproj",
            On("net10.0", second)
                .Replace("<TargetFramework>net10.0</TargetFramework>", "<TargetFrameworks>net8.0;net10.0</TargetFrameworks>")
                .Replace("</Project>", Regex.Match(On("net8.0", first), "(?s)<ItemGroup.*").Value));

        var result = Run(project, null, source);

        Assert.AreEqual(0, result.ExitCode, result.ToString());
        Assert.DoesNotContain("App.csproj: added", result.Output);

        static string On(string framework, string text) =>
            text.Replace("<ItemGroup>", $"<ItemGroup Condition=\"'$(TargetFramework)' == '{framework}'\">");
    }

    [TestMethod]
    public void A_project_without_EF_Core_is_not_changed()
    {
        using var source = new PackageSource();
        using var project = TestProject.Create(TestPackages.None);
        source.Configure(project.Folder);
        var before = project.Folder.Sources();

        var result = Run(project, null, source);

        Assert.AreEqual(1, result.ExitCode, result.ToString());
        Assert.Contains("error MIG4022: App.csproj doesn't use EF Core.", result.Error);
        CollectionAssert.AreEquivalent(before.ToArray(), project.Folder.Sources().ToArray());
    }

    [TestMethod]
    [DataRow("--context x", "init has no option --context. Run: dotnet db init --help")]
    [DataRow("--pipeline jenkins", "There is no pipeline for 'jenkins'. There is one for github and gitlab.")]
    [DataRow("--gti", "init has no option --gti. Did you mean --git?")]
    public void A_wrong_option_gets_a_suggestion(string options, string expected)
    {
        using var folder = new TestFolder();
        folder.Write("App.csproj", "<Project />");

        var result = Db.Run(folder.Path, null, ["init", .. options.Split(' ')]);

        Assert.AreEqual(2, result.ExitCode, result.ToString());
        Assert.Contains($"MIG4011: {expected}", result.Error);
    }

    [TestMethod]
    public void A_pipeline_is_the_example_of_the_documentation()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "deploy.md"));

        foreach (var pipeline in Pipeline.All)
        {
            var text = pipeline.TextFor("src/My Shop");

            Assert.StartsWith($"# {pipeline.File}\n", text);
            Assert.Contains("dotnet build 'src/My Shop' -p:DbReport=", text);
            Assert.Contains(text.Replace("'src/My Shop'", "Shop", StringComparison.Ordinal), page);
            Assert.DoesNotContain("MIGRATIONS_CONNECTION", text);
            Assert.DoesNotContain("roll-out", text);
        }
    }

    private static CommandResult Run(TestProject project, GitClone? git, PackageSource source, params string[] arguments)
    {
        var environment = source.Environment;
        foreach (var (name, value) in git?.Environment ?? [])
            environment[name] = value;
        return Db.Run(project.Folder.Path, environment, ["init", .. arguments]);
    }
}
