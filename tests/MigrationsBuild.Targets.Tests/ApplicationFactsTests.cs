using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>The worker is the application: what code can ask about its process is the same as under <c>dotnet run</c>.</summary>
[TestClass]
public class ApplicationFactsTests
{
    /// <summary>The intended differences of the worker: it is a short run during a build, at EF Core's design time.</summary>
    private static readonly string[] _different = ["server GC", "environment of the host"];

    [TestMethod]
    public void The_worker_sees_what_dotnet_run_sees()
    {
        using var project = TestProject.Create(properties: """
            <InvariantGlobalization>true</InvariantGlobalization><PredefinedCulturesOnly>false</PredefinedCulturesOnly>
            <ServerGarbageCollector>true</ServerGarbageCollector>
            <RunWorkingDirectory>work</RunWorkingDirectory><UserSecretsId>facts</UserSecretsId></PropertyGroup>
            <ItemGroup><RuntimeHostConfigurationOption Include="Shop.Option" Value="a b" /></ItemGroup><PropertyGroup>
            """);
        project.Folder.Write("runtimeconfig.template.json", """{ "configProperties": { "Shop.Switch": true, "Shop.Number": 12 } }""")
            .Write("work/readme", "")
            .Replace("AppContext.cs", "=> options.", "=> Facts.Write(\"worker\", options).")
            .Write("Program.cs", "Facts.Write(\"run\", null!);").Write("Facts.cs", Code(project.Folder.Path));
        var environment = new Dictionary<string, string?> { ["SHOP_PROVIDER"] = "a;b", ["LC_ALL"] = "de_DE.UTF-8", ["TZ"] = "Asia/Tokyo" };

        project.Build(environment, "-t:DbCheck");
        var run = Dotnet.Run(project.Folder.Path, ["run", "--no-build", "--no-restore"], environment);

        Assert.AreEqual(0, run.ExitCode, run.ToString());
        var (seen, expected) = (project.Folder.Read("worker").Split('\n'), project.Folder.Read("run").Split('\n'));
        CollectionAssert.AreEqual(
            expected.Where(IsSame).ToArray(),
            seen.Where(IsSame).ToArray(),
            $"\n{string.Join("\n", expected)}\n\n{string.Join("\n", seen)}");
        Assert.IsGreaterThan(15, expected.Count(IsSame));
        Assert.Contains("working folder: " + project.Folder["work"], seen);
    }

    private static bool IsSame(string fact) => !Array.Exists(_different, name => fact.StartsWith(name, StringComparison.Ordinal));

    private static string Code(string folder) => $$"""
        using System.Globalization;
        using System.Reflection;
        using System.Runtime;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using Microsoft.EntityFrameworkCore;

        public static class Facts
        {
            public static DbContextOptionsBuilder Write(string file, DbContextOptionsBuilder options)
            {
                if (file == "run" || EF.IsDesignTime)
                    File.WriteAllText("{{folder}}/" + file, string.Join("\n", All()));
                return options;
            }

            private static IEnumerable<string> All() =>
            [
                "working folder: " + Environment.CurrentDirectory,
                "base folder: " + System.AppContext.BaseDirectory,
                "base folder of the domain: " + AppDomain.CurrentDomain.BaseDirectory,
                "entry assembly: " + Assembly.GetEntryAssembly()?.FullName,
                "target framework: " + System.AppContext.TargetFrameworkName,
                "framework: " + RuntimeInformation.FrameworkDescription,
                "system: " + RuntimeInformation.RuntimeIdentifier + " " + RuntimeInformation.ProcessArchitecture,
                "switch of the template: " + (System.AppContext.TryGetSwitch("Shop.Switch", out var isOn) && isOn),
                "number of the template: " + System.AppContext.GetData("Shop.Number"),
                "option of the project: " + System.AppContext.GetData("Shop.Option"),
                "invariant globalization: " + System.AppContext.GetData("System.Globalization.Invariant"),
                "predefined cultures: " + System.AppContext.GetData("System.Globalization.PredefinedCulturesOnly"),
                "culture: " + CultureInfo.CurrentCulture.Name + " " + CultureInfo.CurrentUICulture.Name,
                "time zone: " + TimeZoneInfo.Local.Id,
                "dynamic code: " + RuntimeFeature.IsDynamicCodeSupported,
                "variable: " + Environment.GetEnvironmentVariable("SHOP_PROVIDER"),
                "user secrets: " + Assembly.GetEntryAssembly()?.GetCustomAttributesData()
                    .Count(attribute => attribute.AttributeType.Name == "UserSecretsIdAttribute"),
                "name of the domain: " + AppDomain.CurrentDomain.FriendlyName,
                "location: " + typeof(Facts).Assembly.Location,
                "server GC: " + GCSettings.IsServerGC,
                "environment of the host: " + Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT"),
            ];
        }
        """;
}
