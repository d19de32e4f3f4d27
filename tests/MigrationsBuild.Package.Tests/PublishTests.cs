using MigrationsBuild.Testing;

namespace MigrationsBuild.Package.Tests;

/// <summary>Publish: it stops at what a build server would stop at, and puts what was approved into the output.</summary>
[TestClass]
public class PublishTests
{
    [TestMethod]
    public void It_stops_at_drift_drafts_and_edits_and_asks_no_database()
    {
        using var project = Create(TestPackages.Sqlite, null);

        project.Verb("DbRevision", "Msg=initial");
        Assert.AreEqual("MIG1002", ErrorOf(Publish(project)));
        project.Verb("DbApprove");
        var published = Publish(project);
        Assert.IsTrue(published.Succeeded, published.ToString());
        var sql = project.Folder.Find("Migrations", "*_Initial.sql");
        CollectionAssert.AreEquivalent(
            new[] { "AppDbContext.manifest", $"AppDbContext/{Path.GetFileName(sql)}", $"AppDbContext/{Path.GetFileName(sql).Replace(".sql", ".down.sql", StringComparison.Ordinal)}" },
            Deployed(project));
        project.Folder.Replace(sql, "\"Name\" TEXT", "\"Name\" BLOB");
        Assert.AreEqual("MIG1003", ErrorOf(Publish(project, "--no-build")));
        project.Folder.Replace(sql, "\"Name\" BLOB", "\"Name\" TEXT").Replace("Models/User.cs", "\n}", "\n\n    public string? Avatar { get; set; }\n}");
        Assert.AreEqual("MIG1001", ErrorOf(Publish(project)));
        Assert.IsFalse(File.Exists(project.Folder["app.db"]));
    }

    [TestMethod]
    public void The_runner_applies_what_was_published_and_refuses_what_was_changed_since()
    {
        using var project = Create(TestPackages.Sqlite, null);
        project.Verb("DbRevision", "Msg=initial");
        project.Verb("DbApprove");
        Assert.IsTrue(Publish(project, "-p:DbPublish=runner").Succeeded);
        Assert.DoesNotContain("Npgsql.dll", Deployed(project));
        var elsewhere = new TestFolder("deployed");
        Directory.Delete(elsewhere.Path);
        Directory.Move(project.Folder["out/migrations"], elsewhere.Path);
        var connection = new Dictionary<string, string?> { ["MIGRATIONS_CONNECTION"] = $"Data Source={elsewhere["shop.db"]}" };
        CommandResult Run(params string[] arguments) => Dotnet.Run(elsewhere.Path, [elsewhere["MigrationsBuild.Runner.dll"], .. arguments], connection);

        var pending = Run("check");
        Assert.AreEqual(1, pending.ExitCode, pending.ToString());
        Assert.Contains("error MIG3020: 1 pending", pending.Error);
        Assert.Contains("Run: dotnet MigrationsBuild.Runner.dll migrate", pending.Error);
        var applied = Run("migrate");
        Assert.AreEqual(0, applied.ExitCode, applied.ToString());
        Assert.Contains("1 migration applied", applied.Output);
        Assert.Contains("_Initial (head)", Run("current").Output);
        Assert.AreEqual(0, Run("check").ExitCode);
        Assert.AreEqual(0, Run("rollback", "-1").ExitCode);

        var sql = elsewhere.Find("AppDbContext", "*_Initial.sql");
        elsewhere.Replace(sql, "\"Name\" TEXT", "\"Name\" BLOB");
        Assert.AreEqual(4, Run("migrate").ExitCode);
        elsewhere.Replace("AppDbContext.manifest", "AppDbContext/", "../AppDbContext/");
        var foreign = Run("migrate");
        Assert.AreEqual(4, foreign.ExitCode, foreign.ToString());
        Assert.Contains("names a file outside of its folder", foreign.Error);
        Assert.AreEqual(4, Run("migrat").ExitCode);
        elsewhere.Dispose();
    }

    [TestMethod]
    public void On_PostgreSQL_the_runner_is_small_the_script_skips_what_there_is_and_a_publish_migrates_if_it_is_asked_to()
    {
        var database = PostgreSqlServer.NewName();
        var server = PostgreSqlServer.Shared;
        using var project = Create(TestPackages.Npgsql, server.ConnectionString(database));
        project.Verb("DbRevision", "Msg=initial");
        project.Verb("DbApprove");

        Assert.IsTrue(Publish(project, "-p:DbPublish=runner").Succeeded);
        var size = Directory.EnumerateFiles(project.Folder["out/migrations"], "*", SearchOption.AllDirectories).Sum(path => new FileInfo(path).Length);
        Assert.IsLessThan(5_000_000, size);
        Assert.IsEmpty(server.Query("postgres", $"SELECT datname FROM pg_database WHERE datname = '{database}'"), "Nobody asked for it.");
        var migrated = project.Run(Dotnet.Path, "out/migrations/MigrationsBuild.Runner.dll", "migrate");
        Assert.AreEqual(0, migrated.ExitCode, migrated.ToString());

        Directory.Delete(project.Folder["out"], recursive: true);
        var again = Publish(project, "-p:DbPublish=script", "-p:DbMigrateOnPublish=true");
        Assert.IsTrue(again.Succeeded, again.ToString());
        Assert.Contains("Nothing to apply", again.Output);
        CollectionAssert.AreEqual(new[] { "AppDbContext.sql" }, Deployed(project));
        Assert.Contains("\\if", project.Folder.Read("out/migrations/AppDbContext.sql"));
        server.Execute("postgres", $"DROP DATABASE {database} WITH (FORCE)");
        Assert.AreEqual("MIG4010", ErrorOf(Publish(project, "-p:DbPublish=everything")));
    }

    private static Consumer Create(TestPackages packages, string? connection)
    {
        var project = new Consumer(packages, connection);
        project.AddPackage();
        return project;
    }

    private static BuildResult Publish(Consumer project, params string[] arguments) => project.Publish(["-o", "out", .. arguments]);

    private static string? ErrorOf(BuildResult result) => result.Succeeded ? null : result.Ours.SingleOrDefault(finding => finding.IsError)?.Code ?? result.ToString();

    private static List<string> Deployed(Consumer project) =>
        [.. Directory.EnumerateFiles(project.Folder["out/migrations"], "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(project.Folder["out/migrations"], path))];
}
