using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>The values that the targets read from a project without compiling it.</summary>
[TestClass]
public sealed class EvaluationTests : IDisposable
{
    private readonly TestSolution _solution = new();

    public void Dispose() => _solution.Dispose();

    [TestMethod]
    [DataRow("")]
    [DataRow("-p:TargetFramework=net8.0")]
    public void The_first_target_framework_may_follow_an_empty_one(string framework)
    {
        Add("");
        _solution.Folder.Replace(
            "App/App.csproj",
            "<TargetFramework>net10.0</TargetFramework>",
            "<TargetFrameworks>;$(Extra); net8.0;net10.0</TargetFrameworks>");

        Assert.AreEqual("net8.0", MSBuild("-getProperty:DbTargetFramework", framework));
    }

    [TestMethod]
    public void SQL_that_doesnt_exist_yet_may_be_content()
    {
        Add("<Content Include=\"generated.sql;own.sql;ours.sql\" />");
        _solution.Folder.Write("App/own.sql", "SELECT 1;").Write("App/ours.sql", "-- MigrationsBuild 1\n");

        var content = MSBuild("-t:_MigrationsBuildKeepSqlOut", "-getItem:Content");

        Assert.Contains("generated.sql", content);
        Assert.Contains("own.sql", content);
        Assert.DoesNotContain("ours.sql", content);
    }

    [TestMethod]
    public void An_assembly_of_no_package_is_an_input_of_the_model()
    {
        Add($"<Reference Include=\"Shared\"><HintPath>{typeof(TestSolution).Assembly.Location}</HintPath></Reference>");
        _solution.Restore();

        var inputs = MSBuild("-t:ResolveReferences;_MigrationsBuildDescribe", "-getItem:_MigrationsBuildInput");

        Assert.Contains($"\"{typeof(TestSolution).Assembly.Location}\"", inputs);
        Assert.DoesNotContain("System.Runtime.dll", inputs);
        Assert.DoesNotContain("Microsoft.EntityFrameworkCore", inputs);
    }

    [TestMethod]
    public void The_tasks_know_which_file_is_imported_after_the_package()
    {
        Add("");

        var description = MSBuild("-t:_MigrationsBuildDescribeSettings", "-getItem:_MigrationsBuildSettings");

        Assert.Contains("Directory.Build.targets\"", description);
    }

    private void Add(string items) => _solution.Add("App", TestPackages.Sqlite, hasTargets: true, items: items);

    private string MSBuild(params string[] arguments)
    {
        var result = Dotnet.Run(
            _solution.Folder["App"], ["msbuild", "-nologo", .. arguments.Where(argument => argument.Length > 0)]);
        Assert.AreEqual(0, result.ExitCode, result.ToString());
        return result.Output.Trim();
    }
}
