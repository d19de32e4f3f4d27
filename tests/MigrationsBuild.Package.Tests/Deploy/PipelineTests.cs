using MigrationsBuild.Testing;
using YamlDotNet.RepresentationModel;

namespace MigrationsBuild.Package.Tests.Deploy;

/// <summary>The pipelines of <c>docs/deploy.md</c>: every script runs, in a repository that gets the packed package.</summary>
[TestClass]
public class PipelineTests : OneAtATime
{
    /// <summary>What only the hosted service can do: actions, and how their scripts begin.</summary>
    private static readonly string[] _hosted =
    [
        "actions/checkout@",
        "actions/setup-dotnet@",
        "actions/upload-artifact@",
        "actions/download-artifact@",
        "github/codeql-action/upload-sarif@",
        "gh pr comment ",
        "curl --fail ",
    ];

    private readonly ShopRepository _repository = ShopRepository.Shared;

    [TestInitialize]
    public void Clean()
    {
        foreach (var file in new[] { "migrations.md", "migrations.sarif", "summary.md" })
            File.Delete(_repository.PathOf(file));
        if (Directory.Exists(_repository.PathOf("out")))
            Directory.Delete(_repository.PathOf("out"), recursive: true);
    }

    [TestMethod]
    public void On_GitHub_a_pull_request_gets_a_report_and_findings()
    {
        var workflow = DeployDocument.Yaml("pull-request.yml");

        Run(
            PipelineStep.OfGitHub(workflow, "build"),
            new() { ["GITHUB_ACTIONS"] = "true", ["GITHUB_STEP_SUMMARY"] = _repository.PathOf("summary.md") },
            []);

        AssertReport("migrations.md");
        AssertReport("summary.md");
        var upload = workflow.All("jobs", "report", "steps").Single(step => step.Find("with", "sarif_file") is not null);
        Assert.Contains("\"2.1.0\"", File.ReadAllText(_repository.PathOf(upload.Text("with", "sarif_file"))));
    }

    [TestMethod]
    public void On_GitHub_a_deployment_migrates_with_what_was_published_and_rolls_out()
    {
        using var database = DeployDatabase.Create();
        var workflow = DeployDocument.Yaml("deploy.yml");
        Dictionary<string, string> secrets = new() { ["secrets.MIGRATIONS_CONNECTION"] = database.ConnectionString };

        var published = Run(PipelineStep.OfGitHub(workflow, "build"), new() { ["GITHUB_ACTIONS"] = "true" }, []);
        var deployed = Run(PipelineStep.OfGitHub(workflow, "production"), DeployDatabase.Variables(database.ConnectionString), secrets);

        Assert.DoesNotContain("migration applied", published);
        Assert.Contains("2 migrations applied", deployed);
        Assert.EndsWith("Rolled out\n", deployed);
        Assert.AreEqual("build", workflow.Text("jobs", "production", "needs"));
        foreach (var artifact in Steps(workflow).Where(step => step.Find("with", "path") is not null))
            Assert.IsTrue(Directory.Exists(_repository.PathOf(artifact.Text("with", "path"))));
    }

    [TestMethod]
    public void On_GitLab_a_merge_request_gets_a_report_and_the_main_branch_is_deployed()
    {
        using var database = DeployDatabase.Create();
        var pipeline = DeployDocument.Yaml(".gitlab-ci.yml");
        using var secret = new TestFolder("variables");
        secret.Write("MIGRATIONS_CONNECTION_FILE", database.ConnectionString);
        var production = DeployDatabase.Variables(database.ConnectionString);
        production["MIGRATIONS_CONNECTION_FILE"] = secret["MIGRATIONS_CONNECTION_FILE"];

        Run(
            PipelineStep.OfGitLab(pipeline, "check"),
            new() { ["GITLAB_CI"] = "true", ["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = _repository.Git("rev-parse", "HEAD^1") },
            []);
        Run(PipelineStep.OfGitLab(pipeline, "publish"), new() { ["GITLAB_CI"] = "true" }, []);
        var deployed = Run(PipelineStep.OfGitLab(pipeline, "production"), production, []);

        AssertReport(pipeline.Texts("check", "artifacts", "paths").Single());
        Assert.Contains("2 migrations applied", deployed);
        Assert.EndsWith("Rolled out\n", deployed);
        Assert.IsTrue(Directory.Exists(_repository.PathOf(pipeline.Texts("publish", "artifacts", "paths").Single())));
        foreach (var job in pipeline.Pairs().Where(pair => pair.Value.Find("stage") is not null))
            Assert.Contains(job.Value.Text("stage"), pipeline.Texts("stages"));
    }

    /// <summary>A build executes what a pull request contains: it must not find a token there that can write.</summary>
    [TestMethod]
    public void A_job_that_builds_can_write_nothing()
    {
        foreach (var workflow in new[] { "pull-request.yml", "deploy.yml" }.Select(DeployDocument.Yaml))
        {
            Assert.AreEqual("read", workflow.Pairs("permissions").Single(pair => pair.Key == "contents").Value.Text());
            Assert.HasCount(1, workflow.Pairs("permissions"));
            foreach (var checkout in Steps(workflow).Where(step => Begins(step, "uses", "actions/checkout@")))
                Assert.AreEqual("false", checkout.Text("with", "persist-credentials"));
            bool Builds(YamlNode step) => Begins(step, "run", "dotnet build") || Begins(step, "run", "dotnet publish");
            foreach (var job in workflow.Pairs("jobs").Where(job => job.Value.All("steps").Any(Builds)))
            {
                Assert.IsNull(job.Value.Find("permissions"), job.Key);
                Assert.IsFalse(job.Value.All("steps").Any(step => step.Find("env") is not null), job.Key);
            }
        }

        var gitLab = DeployDocument.Yaml(".gitlab-ci.yml");
        foreach (var job in gitLab.Pairs().Where(pair => pair.Value.Find("script") is not null))
        {
            var script = string.Concat(gitLab.Texts(job.Key, "script"));
            Assert.IsFalse(
                script.Contains("dotnet build", StringComparison.Ordinal) && script.Contains("_TOKEN", StringComparison.Ordinal), job.Key);
            Assert.AreEqual(
                script.Contains("COMMENT_TOKEN", StringComparison.Ordinal),
                job.Value.Find("environment", "name")?.Text() == "comments",
                job.Key);
        }
    }

    [TestMethod]
    public void Nothing_but_what_the_hosted_service_does_is_left_out()
    {
        var left = AllSteps().Where(step => step.IsAction || IsHosted(step)).ToList();

        foreach (var step in left)
            Assert.IsTrue(IsHosted(step), step.Text);
        foreach (var hosted in _hosted)
            Assert.IsTrue(left.Exists(step => step.Text.StartsWith(hosted, StringComparison.Ordinal)), $"No step is left out for {hosted}");
    }

    private static IEnumerable<PipelineStep> AllSteps()
    {
        var gitLab = DeployDocument.Yaml(".gitlab-ci.yml");
        return
        [
            .. new[] { "pull-request.yml", "deploy.yml" }.Select(DeployDocument.Yaml)
                .SelectMany(workflow => workflow.Pairs("jobs").SelectMany(job => PipelineStep.OfGitHub(workflow, job.Key))),
            .. gitLab.Pairs().Where(pair => pair.Value is YamlMappingNode).SelectMany(job => PipelineStep.OfGitLab(gitLab, job.Key)),
        ];
    }

    private static IEnumerable<YamlNode> Steps(YamlNode workflow) => workflow.Pairs("jobs").SelectMany(job => job.Value.All("steps"));

    private static bool Begins(YamlNode step, string key, string text) =>
        step.Find(key)?.Text().StartsWith(text, StringComparison.Ordinal) == true;

    private static string Run(IReadOnlyList<PipelineStep> steps, Dictionary<string, string?> server, Dictionary<string, string> values) =>
        string.Concat(steps.Where(step => !IsHosted(step)).Select(step => step.Succeeds(server, values)));

    private static bool IsHosted(PipelineStep step) =>
        Array.Exists(_hosted, hosted => step.Text.StartsWith(hosted, StringComparison.Ordinal));

    /// <summary>It shows the migration that is new, and not the one that there was before.</summary>
    private void AssertReport(string file)
    {
        var report = File.ReadAllText(_repository.PathOf(file));
        Assert.Contains("AddUserAvatar", report);
        Assert.Contains("ADD \"Avatar\" text", report);
        Assert.DoesNotContain("CREATE TABLE \"Users\"", report);
    }
}
