using MigrationsBuild.Testing;

namespace MigrationsBuild.Package.Tests;

/// <summary>The ways in which projects are built: with none of them does a user have to do anything else.</summary>
[TestClass]
public class ProjectShapeTests
{
    [TestMethod]
    public void It_works_with_output_paths_of_its_own_an_embedded_PDB_and_warnings_as_errors() => FromDriftToDatabase(
        "App",
        """
        <OutputPath>out/</OutputPath>
        <IntermediateOutputPath>obj/between/</IntermediateOutputPath>
        <DebugType>embedded</DebugType>
        <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
        <DbDrift>warning</DbDrift>
        """);

    [TestMethod]
    [DataRow(
        "<Configuration>Release</Configuration><TargetFramework></TargetFramework><TargetFrameworks>net10.0</TargetFrameworks>",
        DisplayName = "Release, TargetFrameworks")]
    [DataRow(
        "<RuntimeIdentifier>linux-x64</RuntimeIdentifier><SelfContained>false</SelfContained><PublishSingleFile>true</PublishSingleFile>",
        DisplayName = "RuntimeIdentifier, PublishSingleFile")]
    [DataRow(
        "<RuntimeIdentifier>linux-x64</RuntimeIdentifier><SelfContained>true</SelfContained><PublishTrimmed>true</PublishTrimmed>",
        DisplayName = "SelfContained, PublishTrimmed")]
    [DataRow("<PublishAot>true</PublishAot><InvariantGlobalization>true</InvariantGlobalization>", DisplayName = "PublishAot")]
    [TestCategory(Categories.Matrix)]
    public void It_works_from_drift_to_database(string properties) => FromDriftToDatabase("App", properties);

    [TestMethod]
    public void It_works_in_a_folder_of_any_name() => FromDriftToDatabase("é 小 o'clock 100% $(dollar) @at", "");

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void It_works_with_artifacts_output()
    {
        using var project = Consumer.Create(TestPackages.Sqlite);
        File.WriteAllText(
            Path.Combine(project.Folder.Run, "Directory.Build.props"),
            "<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput></PropertyGroup></Project>");

        Use(project);

        Assert.IsFalse(Directory.Exists(project.Folder["bin"]));
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void It_works_with_central_package_management()
    {
        using var project = Consumer.Create(TestPackages.Sqlite);
        var text = project.Folder.Read("App.csproj");
        var versions = System.Text.RegularExpressions.Regex.Matches(text, "PackageReference Include=\"([^\"]+)\" Version=\"([^\"]+)\"");
        var central = versions.Select(match => $"<PackageVersion Include=\"{match.Groups[1]}\" Version=\"{match.Groups[2]}\" />");
        project.Folder.Write(
            "App.csproj",
            System.Text.RegularExpressions.Regex.Replace(text, "(PackageReference Include=\"[^\"]+\") Version=\"[^\"]+\"", "$1"));
        File.WriteAllText(
            Path.Combine(project.Folder.Run, "Directory.Packages.props"),
            $"""
            <Project>
              <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
              <ItemGroup>{string.Concat(central)}</ItemGroup>
            </Project>
            """);

        Use(project);
    }

    [TestMethod]
    public void Two_builds_at_the_same_time_in_one_folder_disturb_nothing()
    {
        using var project = Consumer.CreateMigrated(TestPackages.Sqlite);
        project.Build();

        var results = new BuildResult[3];
        Parallel.For(0, results.Length, i => results[i] = project.Build("--no-restore", "-p:ContinuousIntegrationBuild=true"));

        foreach (var result in results)
            Assert.IsEmpty(result.Ours, result.ToString());
    }

    private static void FromDriftToDatabase(string folder, string properties)
    {
        using var project = Consumer.Create(TestPackages.Sqlite, folder: folder, properties: properties);
        Use(project);
    }

    private static void Use(Consumer project)
    {
        project.Verb("DbRevision", "Msg=initial");
        project.Verb("DbApprove");
        Assert.Contains("1 migration applied", project.Verb("DbMigrate"));
        project.Folder.Replace("Models/User.cs", "\n}", "\n\n    public string? Avatar { get; set; }\n}");
        Assert.StartsWith("Models/User.cs(9,20): warning MIG1001: ", project.Build().Ours.Single().ToString());
        Assert.AreEqual(0, Dotnet.Run(project.Folder.Path, ["clean"]).ExitCode);
        Assert.IsEmpty(
            Directory.GetDirectories(project.Folder.Run, "MigrationsBuild", SearchOption.AllDirectories).SelectMany(Directory.GetFiles));
    }
}
