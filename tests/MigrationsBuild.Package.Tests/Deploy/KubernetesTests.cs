using System.Globalization;
using MigrationsBuild.Testing;
using MigrationsBuild.Vocabulary;
using YamlDotNet.RepresentationModel;

namespace MigrationsBuild.Package.Tests.Deploy;

/// <summary>The Job and the Deployment of <c>docs/deploy.md</c>: their containers run, with the secrets that they name.</summary>
[TestClass]
public class KubernetesTests : OneAtATime
{
    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void The_Job_migrates_and_a_second_run_finds_nothing_to_do()
    {
        using var database = DeployDatabase.Create();

        Assert.Contains("2 migrations applied", Succeeds(RunJob(database.ConnectionString)));
        Assert.Contains("Nothing to apply", Succeeds(RunJob(database.ConnectionString)));
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void The_Job_fails_at_once_where_it_would_fail_again_and_is_retried_else()
    {
        using var database = DeployDatabase.Create();
        var job = DeployDocument.Yaml("job.yaml");
        var rule = job.All("spec", "podFailurePolicy", "rules").Single(rule => rule.Text("action") == "FailJob").At("onExitCodes");
        Assert.AreEqual("In", rule.Text("operator"));
        var ending = rule.Texts("values").Select(int.Parse).ToArray();

        var login = RunJob(database.ConnectionStringOf(database.Name + "_nobody", "wrong"));
        Assert.AreEqual(ExitCodes.Failed, login.ExitCode, login.ToString());
        CollectionAssert.DoesNotContain(ending, login.ExitCode);
        var sql = Directory.GetFiles(Path.Combine(ShopRepository.Shared.Published, "migrations", "ShopContext"), "*_AddUserAvatar.sql")
            .Single();
        var approved = File.ReadAllText(sql);
        File.WriteAllText(sql, approved + "SELECT 1;\n");
        var edited = RunJob(database.ConnectionString);
        File.WriteAllText(sql, approved);

        CollectionAssert.AreEqual(new[] { edited.ExitCode }, ending, edited.ToString());
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void A_Job_that_is_stopped_undoes_its_migration_in_time_and_the_next_one_goes_on()
    {
        using var database = DeployDatabase.Create();
        Succeeds(RunJob(database.ConnectionString));
        database.Execute("""
            ALTER TABLE "Users" DROP COLUMN "Avatar";
            DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" LIKE '%AddUserAvatar'
            """);
        var pod = DeployDocument.Yaml("job.yaml").At("spec", "template", "spec");
        using (var report = database.Open("BEGIN; SELECT * FROM \"Users\""))
        {
            using var container = new KubernetesContainer(pod, pod.All("containers").Single(), database.ConnectionString);
            using var process = container.Start();
            var error = process.StandardError.ReadToEndAsync();
            database.WaitFor("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
            CommandLine.Run("/", "kill", ["-s", "TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);

            var gracePeriod = int.Parse(pod.Text("terminationGracePeriodSeconds"), CultureInfo.InvariantCulture);
            Assert.IsTrue(process.WaitForExit(TimeSpan.FromSeconds(gracePeriod)));
            Assert.AreEqual(ExitCodes.Failed, process.ExitCode, error.Result);
            Assert.Contains("MIG3012", error.Result);
        }

        Assert.Contains("1 migration applied", Succeeds(RunJob(database.ConnectionString)));
    }

    /// <summary>Kubernetes takes a pod failure policy only of pods that are never restarted.</summary>
    [TestMethod]
    public void The_Jobs_parts_fit_together()
    {
        var job = DeployDocument.Yaml("job.yaml");
        var pod = job.At("spec", "template", "spec");

        Assert.AreEqual("batch/v1 Job", $"{job.Text("apiVersion")} {job.Text("kind")}");
        Assert.AreEqual("Never", pod.Text("restartPolicy"));
        Assert.IsGreaterThan(0, int.Parse(job.Text("spec", "backoffLimit"), CultureInfo.InvariantCulture));
        Assert.MatchesRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", job.Text("metadata", "name"));
        foreach (var rule in job.All("spec", "podFailurePolicy", "rules").Select(rule => rule.Find("onExitCodes")).OfType<YamlNode>())
            Assert.AreEqual(pod.All("containers").Single().Text("name"), rule.Text("containerName"));
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void Of_many_init_containers_one_migrates_and_all_succeed_also_where_the_database_is_ahead()
    {
        using var database = DeployDatabase.Create();
        var deployment = DeployDocument.Yaml("deployment.yaml");
        Assert.AreEqual("apps/v1 Deployment", $"{deployment.Text("apiVersion")} {deployment.Text("kind")}");
        Assert.AreEqual(
            deployment.Text("spec", "selector", "matchLabels", "app"), deployment.Text("spec", "template", "metadata", "labels", "app"));
        var pod = deployment.At("spec", "template", "spec");
        var replicas = int.Parse(deployment.Text("spec", "replicas"), CultureInfo.InvariantCulture);
        CommandResult Start() => Run(pod, pod.All("initContainers").Single(), database.ConnectionString);
        _ = ShopRepository.Shared.Published;

        var started = Enumerable.Range(0, replicas).Select(_ => Task.Run(Start)).ToArray();
        foreach (var result in started.Select(task => task.Result))
            Succeeds(result);

        Assert.HasCount(2, database.Applied);
        database.Execute("INSERT INTO \"__EFMigrationsHistory\" VALUES ('99990101000000_OfTheNextVersion', '10.0.0')");
        var ahead = Start();
        Succeeds(ahead);
        Assert.Contains("warning MIG3010", ahead.Error);
    }

    private static CommandResult RunJob(string connection)
    {
        var pod = DeployDocument.Yaml("job.yaml").At("spec", "template", "spec");
        return Run(pod, pod.All("containers").Single(), connection);
    }

    private static CommandResult Run(YamlNode pod, YamlNode container, string connection)
    {
        using var process = new KubernetesContainer(pod, container, connection);
        return process.Run();
    }

    private static string Succeeds(CommandResult result)
    {
        Assert.AreEqual(ExitCodes.Done, result.ExitCode, result.ToString());
        return result.Output;
    }
}
