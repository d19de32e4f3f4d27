using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>The inputs of a model besides compiled code: a change of them is noticed.</summary>
[TestClass]
public class ModelInputTests
{
    [TestMethod]
    public void Rows_in_a_data_file_that_HasData_reads()
    {
        using var project = TestProject.CreateMigrated();
        string[] files = ["beside/users.json", "content/users.json", "copied/users.json"];
        foreach (var file in files)
            project.Folder.Write(file, "[]");
        project.Folder.Replace("App.csproj", "</Project>", """
            <ItemGroup>
              <Content Include="content/*.json" CopyToOutputDirectory="PreserveNewest" />
              <None Update="copied/*.json" CopyToOutputDirectory="PreserveNewest" />
            </ItemGroup></Project>
            """)
            .Write("Seed.cs", """
                using System.Text.Json;

                public static class Seed
                {
                    private static readonly string[] _files =
                        ["beside/users.json", "content/users.json", Path.Combine(AppContext.BaseDirectory, "copied/users.json")];

                    public static App.Models.User[] Users =>
                        [.. _files.SelectMany(file => JsonSerializer.Deserialize<App.Models.User[]>(File.ReadAllText(file))!)];
                }

                """);
        project.Configure("builder.Entity<User>().HasData(Seed.Users);");
        Assert.IsEmpty(project.Build().Ours);

        for (var i = 0; i < files.Length; i++)
        {
            project.Folder.Write(files[i], $$"""[{ "Id": {{i + 1}}, "Name": "a" }]""");
            Assert.Contains($"inserts {(i == 0 ? "1 row" : $"{i + 1} rows")} into \"Users\"", project.Build().Ours.Single().Text, files[i]);
        }
    }

    [TestMethod]
    public void A_file_elsewhere_that_DbInput_names()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Write("../table.txt", "Users").Replace(
            "App.csproj",
            "</Project>",
            "<ItemGroup><DbInput Include=\"../table.txt\" /></ItemGroup></Project>");
        project.Configure("builder.Entity<User>().ToTable(System.IO.File.ReadAllText(\"../table.txt\"));");
        Assert.IsEmpty(project.Build().Ours);

        project.Folder.Write("../table.txt", "People");

        Assert.Contains("renames table \"Users\" to \"People\"", project.Build().Ours.Single().Text);
    }

    [TestMethod]
    public void An_environment_variable_that_changes_the_model()
    {
        using var project = TestProject.CreateMigrated();
        project.Configure("builder.Entity<User>().ToTable(System.Environment.GetEnvironmentVariable(\"USERS_TABLE\") ?? \"Users\");");
        Assert.IsEmpty(project.Build().Ours);

        var other = project.Build(new Dictionary<string, string?> { ["USERS_TABLE"] = "People" });

        Assert.Contains("renames table \"Users\" to \"People\"", other.Ours.Single().Text);
    }

    [TestMethod]
    public void A_switch_of_the_runtime()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Write("runtimeconfig.template.json", """{ "configProperties": { "App.People": false } }""");
        project.Configure("""
            System.AppContext.TryGetSwitch("App.People", out var isOn);
                    builder.Entity<User>().ToTable(isOn ? "People" : "Users");
            """);
        Assert.IsEmpty(project.Build().Ours);

        project.Folder.Replace("runtimeconfig.template.json", "false", "true");

        Assert.Contains("renames table \"Users\" to \"People\"", project.Build().Ours.Single().Text);
    }
}
