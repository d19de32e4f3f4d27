using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>What a model reads besides the code that a build compiles: a change of it is noticed.</summary>
[TestClass]
public class KeptAnswerTests
{
    private const string CopiesContent = """
        <ItemGroup>
          <Content Include="content/*.txt" CopyToOutputDirectory="PreserveNewest" />
          <None Update="copied/*.txt" CopyToOutputDirectory="PreserveNewest" />
          <DbInput Include="../elsewhere.txt" />
        </ItemGroup>
        """;

    private static readonly string[] _files = ["beside/a.txt", "content/b.txt", "copied/c.txt", "../elsewhere.txt"];

    [TestMethod]
    public void Files_a_switch_of_the_runtime_and_a_variable_that_the_model_reads_are_noticed()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Write("runtimeconfig.template.json", RuntimeConfig("Users")).Replace("App.csproj", "</Project>", CopiesContent + "</Project>");
        foreach (var file in _files)
            project.Folder.Write(file, "Users");
        project.Folder.Write("Table.cs", """
            public static class Table
            {
                public static string Name => string.Concat(Names.Distinct());

                private static IEnumerable<string> Names =>
                [
                    File.ReadAllText("beside/a.txt"), File.ReadAllText("content/b.txt"), File.ReadAllText("../elsewhere.txt"),
                    File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "copied", "c.txt")),
                    (string)AppContext.GetData("App.Table")!, Environment.GetEnvironmentVariable("USERS_TABLE") ?? "Users",
                ];
            }

            """);
        project.Configure("builder.Entity<User>().ToTable(global::Table.Name);");
        Assert.IsEmpty(project.Build().Ours);

        foreach (var file in _files)
        {
            project.Folder.Write(file, "People");
            AssertNoticed(project.Build(), file);
            project.Folder.Write(file, "Users");
        }

        project.Folder.Write("runtimeconfig.template.json", RuntimeConfig("People"));
        AssertNoticed(project.Build(), "runtimeconfig.json");
        project.Folder.Write("runtimeconfig.template.json", RuntimeConfig("Users"));
        AssertNoticed(project.Build(new Dictionary<string, string?> { ["USERS_TABLE"] = "People" }), "environment");
    }

    private static string RuntimeConfig(string table) => $$"""{ "configProperties": { "App.Table": "{{table}}" } }""";

    private static void AssertNoticed(BuildResult build, string what) =>
        Assert.MatchesRegex("renames table \"Users\" to \"(UsersPeople|PeopleUsers)\"", build.Ours.Single().Text, what);
}
