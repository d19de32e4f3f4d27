using System.Text.RegularExpressions;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

[TestClass]
public class IncrementalTests
{
    [TestMethod]
    public void An_unchanged_build_is_up_to_date_and_a_changed_SQL_file_is_noticed_without_a_process()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        project.Build();
        Assert.IsTrue(project.Build("-question").Succeeded);
        project.Folder.Replace(project.Sql("Initial"), "CREATE TABLE", "CREATE  TABLE");

        var edited = project.Build();

        CollectionAssert.AreEquivalent(new[] { "MIG1001", "MIG1003" }, edited.Ours.Select(finding => finding.Code).ToArray());
        Assert.AreEqual(0, edited.WorkerStarts);
    }

    [TestMethod]
    public void The_next_worker_and_runner_know_what_to_compile()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        Assert.IsTrue(project.Build("-t:DbMigrate").Succeeded);
        var profiles = Directory.GetFiles(project.Folder["obj/Debug/net10.0/MigrationsBuild"], "*.profile*");
        Assert.HasCount(2, profiles);
        foreach (var profile in profiles)
        {
            Assert.IsGreaterThan(1000, new FileInfo(profile).Length);
            File.WriteAllBytes(profile, File.ReadAllBytes(profile)[..500]);
        }

        Assert.IsTrue(project.Build("-t:DbMigrate").Succeeded, "With files that are cut off.");

        foreach (var profile in profiles)
            Assert.IsGreaterThan(1000, new FileInfo(profile).Length);
    }

    [TestMethod]
    public void Clean_leaves_nothing_of_ours()
    {
        using var project = TestProject.CreateMigrated();
        IEnumerable<string> Ours() => Directory.GetFiles(project.Folder["obj"], "*", SearchOption.AllDirectories)
            .Where(file => file.Contains("MigrationsBuild", StringComparison.Ordinal));
        project.Build();
        Assert.IsNotEmpty(Ours());

        Assert.IsTrue(project.Build("-t:Clean").Succeeded);

        Assert.IsEmpty(Ours());
    }

    [TestMethod]
    public void An_edit_outside_the_model_starts_no_worker_and_a_finding_keeps_its_line()
    {
        // The SDK creates the app host again after each compilation.
        using var project = TestProject.CreateMigrated(properties: "<UseAppHost>true</UseAppHost>");
        project.Folder.Write("Greeter.cs", "public class Greeter { public string Greet() => \"hello\"; }\n")
            .Write("Program.cs", "System.Console.WriteLine(new Greeter().Greet());\n");
        Assert.AreEqual(1, project.Build().WorkerStarts);

        project.Folder.Replace("Greeter.cs", "=> \"hello\"", "=> \"good \" + \"evening\".ToUpperInvariant()");
        Assert.AreEqual(0, project.Build().WorkerStarts);
        project.AddAvatar();
        var drift = project.Build();
        project.Folder.Replace("Greeter.cs", "good ", "a good ");
        var elsewhere = project.Build();
        project.Folder.Replace("Models/User.cs", "    public int Id", "    // Two lines\n    // more.\n    public int Id");
        var above = project.Build();

        Assert.AreEqual(("MIG1001", 9), (drift.Ours.Single().Code, drift.Ours.Single().Line));
        Assert.AreEqual(0, elsewhere.WorkerStarts);
        Assert.AreEqual(("MIG1001", 9), (elsewhere.Ours.Single().Code, elsewhere.Ours.Single().Line));
        Assert.AreEqual(("MIG1001", 11), (above.Ours.Single().Code, above.Ours.Single().Line));
    }

    /// <summary>The tasks have machine code, but not for generic code of the runtime with structs as type arguments.</summary>
    [TestMethod]
    public void The_runtime_compiles_few_methods_for_an_unchanged_build()
    {
        using var project = TestProject.CreateMigrated();

        var ours = CompiledMethods(project);
        ours.ExceptWith(CompiledMethods(project, "-p:ImportProjectExtensionProps=false", "-p:ImportProjectExtensionTargets=false"));

        Assert.IsLessThan(40, ours.Count, string.Join("\n", ours.Order()));
    }

    [TestMethod]
    public void A_body_edit_in_a_referenced_library_is_noticed()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Write(
            "Lib/Lib.csproj",
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>")
            .Write("Lib/Names.cs", "public static class Names { public static string Table() { return \"Users\"; } }")
            .Replace(
                "App.csproj",
                "</Project>",
                "<ItemGroup><Compile Remove=\"Lib/**\" /><ProjectReference Include=\"Lib/Lib.csproj\" /></ItemGroup></Project>");
        project.Configure("builder.Entity<User>().ToTable(Names.Table());");
        Assert.AreEqual(0, Dotnet.Run(project.Folder.Path, ["restore", "App.csproj"]).ExitCode);
        Assert.IsEmpty(project.Build().Ours);

        project.Folder.Replace("Lib/Names.cs", "Users", "People");

        Assert.Contains("renames table \"Users\" to \"People\"", project.Build().Ours.Single().Text);
    }

    [TestMethod]
    public void A_settings_file_that_comes_or_goes_is_noticed()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Write("appsettings.Development.json", "{}");
        project.Build();

        project.Folder.Write("appsettings.json", "{}");
        Assert.AreEqual(1, project.Build().WorkerStarts);
        File.Delete(project.Folder["appsettings.Development.json"]);

        Assert.AreEqual(1, project.Build().WorkerStarts);
    }

    [TestMethod]
    public void A_design_time_build_does_nothing()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        var result = project.Build(
            "-t:Compile",
            "-p:DesignTimeBuild=true",
            "-p:BuildingProject=false",
            "-p:SkipCompilerExecution=true",
            "-p:ProvideCommandLineArgs=true");

        Assert.AreEqual(0, result.WorkerStarts);
        Assert.IsEmpty(result.Ours);
    }

    [TestMethod]
    public void The_worker_starts_before_an_edited_entity_is_compiled()
    {
        using var project = TestProject.CreateMigrated();
        project.Build();
        project.AddAvatar();

        var result = project.Build();

        Assert.AreEqual("MIG1001", result.Ours.Single().Code);
        Assert.AreEqual(1, result.WorkerStarts);
        var messages = result.Messages.ToList();
        var start = messages.FindIndex(text => text.StartsWith("Starting the worker:", StringComparison.Ordinal));
        Assert.IsLessThan(messages.FindIndex(text => text.Contains("/out:obj", StringComparison.Ordinal)), start);
    }

    [TestMethod]
    [DataRow("this build will ask it", "-t:DbCheck")]
    [DataRow("this build will ask it", "-p:DbStrict=true")]
    [DataRow("this build will draft a migration", "-t:DbRevision", "-p:Msg=empty", "-p:DbEmpty=true")]
    public void A_call_that_uses_no_stored_answer_starts_the_worker_first(string because, params string[] call)
    {
        using var project = TestProject.CreateMigrated();
        project.Build();

        var result = project.Build(call);

        Assert.IsTrue(result.Succeeded, result.ToString());
        Assert.AreEqual(1, result.WorkerStarts);
        Assert.Contains($"The worker is started before the compilation, because {because}.", result.Messages);
    }

    [TestMethod]
    public void A_build_that_doesnt_compile_reports_only_that_and_ends_the_worker()
    {
        using var project = TestProject.CreateMigrated();
        project.Build();
        project.AddToUser("public int Broken");

        var result = project.Build();

        Assert.IsFalse(result.Succeeded);
        Assert.IsEmpty(result.Ours);
        Assert.AreEqual(1, result.WorkerStarts);
        if (OperatingSystem.IsLinux())
            Assert.IsEmpty(Processes.With(project.Folder["obj"]));
    }

    /// <summary>The methods that the runtime compiles in a new process for the second of two builds.</summary>
    private static HashSet<string> CompiledMethods(TestProject project, params string[] arguments)
    {
        using var folder = new TestFolder();
        var log = folder["methods"];
        var environment = new Dictionary<string, string?> { ["DOTNET_JitStdOutFile"] = log, ["DOTNET_JitDisasmSummary"] = "1" };
        string[] build = ["build", "App.csproj", "--no-restore", "-nodeReuse:false", .. arguments];
        for (var i = 0; i < 2; i++)
        {
            File.Delete(log);
            var result = Dotnet.Run(project.Folder.Path, build, environment);
            Assert.AreEqual(0, result.ExitCode, result.ToString());
        }

        return [.. File.ReadLines(log).Select(line => Regex.Match(line, @"JIT compiled (.*) \[").Groups[1].Value)];
    }
}
