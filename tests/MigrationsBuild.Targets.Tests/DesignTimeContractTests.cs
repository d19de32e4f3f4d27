using System.Reflection;
using System.Text.RegularExpressions;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>The members that the worker calls by name, compared with a version of EF Core that doesn't run here yet.</summary>
[TestClass]
public class DesignTimeContractTests
{
    private const string Scaffolder = "Microsoft.EntityFrameworkCore.Migrations.Design.IMigrationsScaffolder";
    private const string Selector = "Microsoft.EntityFrameworkCore.Migrations.Design.IMigrationsCodeGeneratorSelector";
    private const string Generator = "Microsoft.EntityFrameworkCore.Migrations.Design.IMigrationsCodeGenerator";
    private const string Builder = "Microsoft.EntityFrameworkCore.Design.Internal.DesignTimeServicesBuilder";
    private const string Handler = "Microsoft.EntityFrameworkCore.Design.OperationReportHandler";
    private const string Reporter = "Microsoft.EntityFrameworkCore.Design.Internal.OperationReporter";

    private static readonly string _path = typeof(DesignTimeContractTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "EFCoreDesign11").Value!;

    private static IEnumerable<string> Sources => new[] { "Design", "Scaffolding" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/MigrationsBuild.Worker", folder), "*.cs"))
        .Select(File.ReadAllText);

    [TestMethod]
    [DataRow(Builder, ".ctor", "assembly", "startupAssembly", "reporter", "args")]
    [DataRow(Handler, ".ctor", "errorHandler", "warningHandler", "informationHandler", "verboseHandler")]
    [DataRow(Reporter, ".ctor", "handler")]
    [DataRow(Scaffolder, "ScaffoldMigration", "migrationName", "rootNamespace", "subNamespace", "language", "dryRun")]
    [DataRow(Selector, "Select", "language")]
    [DataRow(Generator, "GenerateSnapshot", "modelSnapshotNamespace", "contextType", "modelSnapshotName", "model", "latestMigrationId")]
    public void EF_Core_11_has_what_is_called_by_name(string type, string method, params string[] arguments)
    {
        using var design = new DesignAssembly(_path);

        var signatures = design.Signatures(type, method);

        Assert.IsTrue(
            arguments.All(argument => Sources.Any(source => source.Contains($"[\"{argument}\"] = ", StringComparison.Ordinal))),
            "The worker calls it with other arguments than this test.");
        Assert.IsTrue(
            signatures.Any(parameters => parameters.All(parameter => parameter[0] == '[' || arguments.Contains(parameter))),
            $"{type}.{method} has: {string.Join("; ", signatures.Select(parameters => string.Join(", ", parameters)))}");
    }

    [TestMethod]
    public void EF_Core_11_has_each_type_that_the_worker_names()
    {
        using var design = new DesignAssembly(_path);

        const string typeAndAssembly = """
            "(Microsoft\.EntityFrameworkCore\.[\w.]+\.I?[A-Z]\w+)"(,\s+"(Microsoft[\w.]+)")?
            """;
        var named = Sources.SelectMany(source => Regex.Matches(source, typeAndAssembly))
            .Select(match => new[] { match.Groups[1].Value, match.Groups[3].Value });
        foreach (var names in named)
            Assert.IsTrue(names.Any(design.Knows), string.Join(" ", names));
    }
}
