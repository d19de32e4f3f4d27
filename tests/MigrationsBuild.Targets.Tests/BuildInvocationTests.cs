using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>The switches, settings and places with which people build: the check and the verbs work with each.</summary>
[TestClass]
public class BuildInvocationTests
{
    private const string TreatWarningsAsErrors = "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>";

    [TestMethod]
    public void As_a_graph_on_several_nodes_and_multithreaded()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        Assert.AreEqual("MIG1001", project.Build("-graph", "-m").Ours.Single().Code);
        var draft = project.Build("-mt", "-nodeReuse:false", "-t:DbRevision", "-p:Msg=a picture of theirs");
        Assert.Contains("drafted", draft.Output);
        Assert.Contains("_APictureOfTheirs", draft.Output);
    }

    [TestMethod]
    public void With_warnings_as_errors_drift_fails_the_build_and_a_clean_one_succeeds()
    {
        using var project = TestProject.CreateMigrated();
        Assert.IsTrue(project.Build("-warnaserror", "-p:TreatWarningsAsErrors=true").Succeeded);
        project.AddAvatar();

        var result = project.Build("-warnaserror");

        Assert.IsFalse(result.Succeeded, result.ToString());
        Assert.AreEqual(("MIG1001", true), (result.Ours.Single().Code, result.Ours.Single().IsError));
    }

    [TestMethod]
    public void With_warnings_as_errors_a_code_is_exempted_as_the_compilers_are()
    {
        using var project = TestProject.CreateMigrated(properties: TreatWarningsAsErrors).AddAvatar();

        Assert.AreEqual("error", Severity(project, "-p:WarningsNotAsErrors=CS0168"));
        Assert.AreEqual("", Severity(project, "-p:NoWarn=CS0168%2CMIG1001"));
        Assert.AreEqual("warning", Severity(project, "-p:WarningsNotAsErrors=\"CS0168;mig1001\""));
        Assert.AreEqual("error", Severity(project, "-p:TreatWarningsAsErrors=false", "-p:WarningsAsErrors=MIG1001"));
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void A_code_is_exempted_promoted_and_silenced_by_each_of_MSBuilds_own_ways()
    {
        using var project = TestProject.CreateMigrated(properties: TreatWarningsAsErrors).AddAvatar();

        Assert.AreEqual("", Severity(project, "-nowarn:MIG1001"));
        Assert.AreEqual("warning", Severity(project, "-p:MSBuildWarningsNotAsErrors=MIG1001"));
        Assert.AreEqual("", Severity(project, "-p:WarningsNotAsErrors=MIG1001", "-p:NoWarn=MIG1001"));
        Assert.AreEqual("", Severity(project, "-p:TreatWarningsAsErrors=false", "-p:WarningsAsErrors=MIG1001", "-p:NoWarn=MIG1001"));
        Assert.AreEqual("error", Severity(project, "-p:TreatWarningsAsErrors=false", "-warnaserror:MIG1001"));
        Assert.AreEqual("warning", Severity(project, "-p:DbDrift=warning"));
    }

    [TestMethod]
    public void With_NoWarn_a_finding_is_silent_even_if_warnings_are_errors()
    {
        using var project = TestProject.CreateMigrated(properties: "<NoWarn>$(NoWarn);MIG1001</NoWarn>").AddAvatar();

        var drift = project.Build("-warnaserror");
        Assert.IsTrue(drift.Succeeded, drift.ToString());
        Assert.IsEmpty(drift.Ours);
    }

    [TestMethod]
    public void An_editorconfig_file_sets_severities_as_for_the_compiler()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        Assert.AreEqual("warning", Severity(project));

        project.Folder.Write("Models/.editorconfig", "[*.cs]\ndotnet_diagnostic.MIG1001.severity = error\n");
        var edited = project.Build();
        Assert.AreEqual(("error", 0), (Severity(edited), edited.WorkerStarts));
        project.Folder.Write("Models/.editorconfig", "[*.cs]\ndotnet_diagnostic.MIG1001.severity = default\n");
        Assert.AreEqual("warning", Severity(project));
        File.Delete(project.Folder["Models/.editorconfig"]);
        project.Folder.Write(".globalconfig", "dotnet_diagnostic.MIG1001.severity = none\n");
        Assert.AreEqual("", Severity(project));
        Assert.AreEqual("error", Severity(project.Build(TestCode.Ci)));
    }

    [TestMethod]
    public void With_NoBuild_verbs_and_publish_use_the_last_output()
    {
        using var project = TestProject.CreateMigrated();
        Assert.AreEqual(1, Dotnet.Build(project.Folder.Path, ["publish", "--no-restore"]).WorkerStarts);
        project.AddAvatar();

        Assert.Contains("No new upgrade operations detected", project.Build("-p:NoBuild=true", "-t:DbCheck", "-c", "Release").Output);
        var publish = Dotnet.Build(project.Folder.Path, ["publish", "--no-build"]);
        Assert.IsTrue(publish.Succeeded, publish.ToString());
        Assert.AreEqual(1, publish.WorkerStarts, "What is deployed comes from no other call's answer.");

        project.Folder.Replace(project.Folder.Find("Migrations", "*_Initial.cs"), "override void Up(", "override  void Up(");
        Assert.AreEqual("MIG1021", project.Build("-p:NoBuild=true", "-t:DbApprove", "-c", "Release").Ours.Single().Code);
        Assert.IsTrue(project.Build("-t:DbApprove", "-c", "Release").Succeeded);
    }

    [TestMethod]
    public void Over_and_over_a_build_that_finds_nothing_new_writes_no_source()
    {
        using var project = TestProject.CreateMigrated(properties: "<DbAutoDraft>true</DbAutoDraft>").AddAvatar();
        project.Build();
        var drafted = Times(project);
        Assert.HasCount(1, drafted.Keys.Where(file => file.EndsWith("_AddUserAvatar.sql", StringComparison.Ordinal)));

        // It compiles the draft.
        project.Build();

        CollectionAssert.AreEquivalent(drafted, Times(project));
        var watched = Dotnet.Run(project.Folder.Path, ["watch", "--list"]);
        Assert.Contains("_AddUserAvatar.cs", watched.Output);
        Assert.DoesNotContain(".sql", watched.Output);
        Assert.DoesNotContain(".approvals", watched.Output);
    }

    [TestMethod]
    [DataRow("", "public class Empty;", DisplayName = "Without EF Core")]
    [DataRow(
        "<PackageReference Include=\"Microsoft.EntityFrameworkCore.InMemory\" Version=\"INSTALLED\" />",
        "public class Memory : Microsoft.EntityFrameworkCore.DbContext;", DisplayName = "Without a relational provider")]
    public void A_project_that_has_nothing_to_migrate_hears_nothing_until_it_calls_a_verb(string items, string code)
    {
        using var folder = new TestFolder();
        TestPackages.WriteImports(folder);
        items = items.Replace("INSTALLED", PackageVersions.EfCore10, StringComparison.Ordinal);
        folder.Write("Code.cs", code).Write("App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>{items}</ItemGroup>
            </Project>
            """);

        var build = Dotnet.Build(folder.Path, ["build", "-p:ContinuousIntegrationBuild=true"]);
        Assert.IsTrue(build.Succeeded, build.ToString());
        Assert.IsEmpty(build.Ours, build.ToString());
        Assert.AreEqual("MIG4001", Dotnet.Build(folder.Path, ["build", "--no-restore", "-t:DbRevision"]).Ours.Single().Code);
    }

    [TestMethod]
    public void In_a_folder_whose_name_holds_a_semicolon()
    {
        using var project = TestProject.Create(folderName: "this;that");

        // A binary log can't be named there.
        string Run(string target) =>
            Dotnet.Run(project.Folder.Path, ["build", "App.csproj", "--no-restore", "-tl:off", "-t:" + target]).Output;
        Assert.Contains("Migrations/AppDbContext.approvals", Run("DbRevision"));
        Assert.Contains("1 migration applied", Run("DbMigrate"));
        Assert.IsTrue(File.Exists(project.Folder["app.db"]));
    }

    [TestMethod]
    public void A_test_project_that_references_the_application_checks_nothing_a_second_time()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        TestPackages.WriteImports(project.Folder, "Tests/Tests.csproj");
        project.Folder.Replace("App.csproj", "</Project>", "<ItemGroup><Compile Remove=\"Tests/**\" /></ItemGroup></Project>")
            .Write("Tests/Tests.csproj", """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework><IsTestProject>true</IsTestProject></PropertyGroup>
                  <ItemGroup><ProjectReference Include="../App.csproj" /></ItemGroup>
                </Project>
                """)
            .Write("Tests/ContextTests.cs", "public class TestContext : App.AppDbContext;");

        var build = Dotnet.Build(project.Folder.Path, ["build", "Tests/Tests.csproj"]);

        Assert.IsTrue(build.Succeeded, build.ToString());
        Assert.AreEqual("MIG1001", build.Ours.Single().Code);
        Assert.AreEqual(1, build.WorkerStarts);
    }

    private static string Severity(TestProject project, params string[] arguments) => Severity(project.Build(arguments));

    private static string Severity(BuildResult build) =>
        build.Ours.SingleOrDefault() is { } finding ? finding.IsError ? "error" : "warning" : "";

    private static Dictionary<string, DateTime> Times(TestProject project) =>
        project.Folder.Sources().Keys.ToDictionary(file => file, file => File.GetLastWriteTimeUtc(project.Folder[file]));
}
