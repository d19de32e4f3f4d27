using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>
/// One context, two providers with a migrations assembly each, chosen by an environment variable: EF Core's documentation,
/// "Migrations with multiple providers". <see cref="ArgumentSetTests"/> has the row that runs always.
/// </summary>
[TestClass]
public class TwoProvidersTests
{
    private static readonly string _factory = TwoProviders.Factory("""Environment.GetEnvironmentVariable("PROVIDER") == "pg" """);

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void Each_provider_gets_its_own_verdict_draft_and_approvals()
    {
        using var solution = TwoProviders.Solution(_factory);
        foreach (var provider in new[] { "lite", "pg" })
            Draft(solution, provider, "initial");
        solution.Folder.Replace(
            "Model/Db.cs",
            "string Name { get; set; } = \"\";",
            "string Name { get; set; } = \"\";\n\n    public string? Note { get; set; }");
        Draft(solution, "lite", "note");

        var local = Build(solution, "pg");
        var strict = Build(solution, "pg", "-p:DbStrict=true");
        Succeeds(Build(solution, "pg", "-t:DbRevision", "-p:Msg=note"));

        Assert.IsTrue(local.Succeeded, local.ToString());
        Assert.IsFalse(strict.Succeeded, strict.ToString());
        foreach (var finding in new[] { local.Ours.Single(), strict.Ours.Single() })
        {
            Assert.AreEqual("MIG1001", finding.Code);
            Assert.Contains("adds column \"Things\".\"Note\" text", finding.Text);
        }

        Assert.HasCount(2, Directory.GetFiles(solution.Folder["Mig.Pg/Migrations"], "*_*.Designer.cs"));
        Assert.Contains(
            "ADD \"Note\" text;",
            File.ReadAllText(Directory.GetFiles(solution.Folder["Mig.Pg/Migrations"], "*_Note.sql").Single()));
        Assert.Contains("Npgsql", solution.Folder.Read("Mig.Pg/Migrations/Db.approvals"));
        Assert.Contains("Sqlite", solution.Folder.Read("Mig.Lite/Migrations/Db.approvals"));
    }

    private static void Draft(TestSolution solution, string provider, string message)
    {
        Succeeds(Build(solution, provider, "-t:DbRevision", "-p:Msg=" + message));
        Succeeds(Build(solution, provider, "-t:DbApprove"));
    }

    private static void Succeeds(BuildResult result) => Assert.IsTrue(result.Succeeded, result.ToString());

    private static BuildResult Build(TestSolution solution, string provider, params string[] arguments) =>
        solution.Build(new Dictionary<string, string?> { ["PROVIDER"] = provider }, "App", arguments);
}
