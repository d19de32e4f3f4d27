using MigrationsBuild.Testing;

namespace MigrationsBuild.Tool.Tests;

/// <summary>Which project, and what if there is none that would do.</summary>
[TestClass]
public class ProjectChoiceTests
{
    private const string Empty = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
        </Project>
        """;

    /// <summary>A project that can't be restored.</summary>
    private static readonly string _unrestorable = Empty.Replace(
        "</Project>",
        """<ItemGroup><PackageReference Include="Nowhere.To.Be.Found" Version="1.0.0" /></ItemGroup></Project>""",
        StringComparison.Ordinal);

    [TestMethod]
    public void Several_projects_are_named()
    {
        using var folder = new TestFolder();
        folder.Write("A.csproj", Empty).Write("B.csproj", Empty);

        Refuses(folder, "MIG4012", "There are several projects in ", ["current"]);
        Refuses(folder, "MIG4012", ": A.csproj, B.csproj. Name one: --project A.csproj", ["current"]);
    }

    [TestMethod]
    public void None_is_asked_for()
    {
        using var folder = new TestFolder();

        Refuses(folder, "MIG4012", "There is no project in ", ["migrate"]);
        Refuses(folder, "MIG4012", "There is no ", ["migrate", "--project", "nowhere"]);
    }

    [TestMethod]
    public void A_solution_is_for_check_and_current_alone()
    {
        using var folder = new TestFolder();
        folder.Write("All.slnx", "<Solution />");

        Refuses(folder, "MIG4012", "migrate needs a project, and All.slnx is a solution.", ["migrate"]);
        Refuses(folder, "MIG4013", "No project of All.slnx has the package", ["current"]);
    }

    [TestMethod]
    public void A_project_without_the_package_gets_the_command_that_adds_it()
    {
        using var folder = new TestFolder();
        folder.Write("App.csproj", Empty);

        Refuses(folder, "MIG4014", "App.csproj isn't restored. Run: dotnet restore App.csproj", ["current", "--no-restore"]);
        Refuses(
            folder,
            "MIG4013",
            "dotnet db current --project <application>. Otherwise run: dotnet db init",
            ["current"]);
    }

    [TestMethod]
    public void Current_and_check_run_over_a_solutions_projects_that_have_the_package()
    {
        using var first = TestProject.CreateMigrated();
        using var second = TestProject.CreateMigrated();
        using var folder = new TestFolder();
        folder.Write("Other/Other.csproj", _unrestorable)
            .Write("Directory.Solution.targets", """
                <Project>
                  <Target Name="Users" AfterTargets="DbCheck"><Error Code="USER1" Text="the user's own target" /></Target>
                </Project>
                """)
            .Write("All.slnx", $"""
                <Solution>
                  <Folder Name="/First/"><Project Path="{first.Folder["App.csproj"]}" /></Folder>
                  <Project Path="Other/Other.csproj" />
                  <Project Path="{second.Folder["App.csproj"]}" />
                </Solution>
                """);

        var current = Db.Run(folder.Path, null, "current");

        Assert.AreEqual(0, current.ExitCode, current.ToString());
        Assert.HasCount(3, current.Output.Split("1 pending"), current.ToString());
        Assert.Contains(
            Path.GetRelativePath(folder.Path, first.Folder["App.csproj"]) + "\n  AppDbContext: SQLite file " + first.Folder["app.db"],
            current.Output);

        second.Folder.Replace("Models/User.cs", "\n}", "\n\n    public string? Avatar { get; set; }\n}");
        var check = Db.Run(folder.Path, null, "check", "--no-restore");
        Assert.Contains("warning MIG1001", check.Error);
        Assert.HasCount(3, check.Output.Split("AppDbContext: "), check.ToString());
        Assert.Contains("USER1", check.Error);
    }

    [TestMethod]
    public void In_a_fresh_clone_only_projects_that_reference_the_package_are_restored()
    {
        using var folder = new TestFolder();
        folder.Write("Other/Other.csproj", _unrestorable)
            .Write("App/App.csproj", """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFrameworks>net9.0;net10.0</TargetFrameworks></PropertyGroup>
                  <ItemGroup Condition="'$(TargetFramework)' == 'net10.0'">
                    <PackageReference Include="MigrationsBuild" Version="[0.0.1-nowhere]" />
                  </ItemGroup>
                </Project>
                """)
            .Write("All.slnx", """<Solution><Project Path="App/App.csproj" /><Project Path="Other/Other.csproj" /></Solution>""");

        var result = Db.Run(folder.Path, null, "check");

        Assert.AreEqual(1, result.ExitCode, result.ToString());
        Assert.Contains("App.csproj : error NU110", result.Error);
        Assert.DoesNotContain("Nowhere.To.Be.Found", result.Error);
    }

    private static void Refuses(TestFolder folder, string code, string text, string[] arguments)
    {
        var result = Db.Run(folder.Path, null, arguments);

        Assert.AreEqual(2, result.ExitCode, result.ToString());
        Assert.Contains($"error {code}: ", result.Error);
        Assert.Contains(text, result.Error);
    }
}
