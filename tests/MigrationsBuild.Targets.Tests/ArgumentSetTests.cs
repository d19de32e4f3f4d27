using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>One context, two providers, chosen by the arguments of the design-time factory: one build checks both.</summary>
[TestClass]
public class ArgumentSetTests
{
    private static readonly string _factory = TwoProviders.Factory("""args[1] == "pg" """);

    private static readonly string[] _sets = ["--provider lite", "--provider pg"];

    [TestMethod]
    public void A_build_checks_every_set_and_a_verb_is_about_the_one_that_it_names()
    {
        using var solution = TwoProviders.Solution(_factory, items: string.Concat(_sets.Select(set => $"<DbArgumentSet Include=\"{set}\" />")));
        foreach (var set in _sets)
        {
            Succeeds(solution.Build("App", "-t:DbRevision", "-p:Msg=initial", "-p:DbArguments=" + set));
            Succeeds(solution.Build("App", "-t:DbApprove", "-p:DbArguments=" + set));
        }

        solution.Folder.Replace("Model/Db.cs", "string Name { get; set; } = \"\";", "string Name { get; set; } = \"\";\n\n    public string? Note { get; set; }");
        var local = solution.Build("App", "-p:DbErrorLog=found.sarif", "-p:DbReport=report.md");
        var unchanged = solution.Build("App");
        var unnamed = solution.Build("App", "-t:DbRevision", "-p:Msg=note");
        Succeeds(solution.Build("App", "-t:DbRevision", "-p:Msg=note", "-p:DbArguments=" + _sets[1]));
        var check = solution.Build("App", "-t:DbCheck");

        foreach (var build in new[] { local, unchanged })
        {
            Assert.AreEqual("MIG1001 MIG1001", string.Join(" ", build.Ours.Select(finding => finding.Code)), build.ToString());
            foreach (var set in _sets)
                Assert.ContainsSingle(finding => finding.Text.EndsWith($"(DbArguments: {set})", StringComparison.Ordinal), build.Ours);
        }

        foreach (var file in new[] { "App/found.sarif", "App/report.md" })
        {
            foreach (var set in _sets)
                Assert.Contains(set, solution.Folder.Read(file));
        }

        var refused = unnamed.Ours.Single();
        Assert.AreEqual(("MIG4010", true), (refused.Code, refused.IsError));
        Assert.Contains("It must be one of: --provider lite, --provider pg.", refused.Text);
        Assert.AreEqual("MIG1001 MIG1002", string.Join(" ", check.Ours.Select(finding => finding.Code)), check.ToString());
    }

    private static void Succeeds(BuildResult result) => Assert.IsTrue(result.Succeeded, result.ToString());
}
