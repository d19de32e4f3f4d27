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
        using var solution = TwoProviders.Solution(
            _factory,
            items: string.Concat(_sets.Select(set => $"<DbArgumentSet Include=\"{set}\" />")));
        foreach (var set in _sets)
        {
            var revision = solution.Build("App", "-t:DbRevision", "-p:Msg=initial", "-p:DbArguments=" + set);
            Assert.IsTrue(revision.Succeeded, revision.ToString());
        }

        var build = solution.Build("App", "-p:DbReport=report.md");
        var unnamed = solution.Build("App", "-t:DbRevision", "-p:Msg=note").Ours.Single();

        Assert.AreEqual("MIG1002 MIG1002", string.Join(" ", build.Ours.Select(finding => finding.Code)), build.ToString());
        foreach (var set in _sets)
        {
            Assert.ContainsSingle(finding => finding.Text.EndsWith($"(DbArguments: {set})", StringComparison.Ordinal), build.Ours);
            Assert.Contains(set, solution.Folder.Read("App/report.md"));
        }

        Assert.AreEqual(("MIG4010", true), (unnamed.Code, unnamed.IsError));
    }
}
