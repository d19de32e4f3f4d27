using System.Text.RegularExpressions;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Package.Tests;

/// <summary>Publish: it stops at what a build server would stop at, and puts what was approved into the output.</summary>
[TestClass]
public class PublishTests
{
    [TestMethod]
    public void It_stops_at_drift_drafts_and_edits_and_asks_no_database()
    {
        using var project = Consumer.CreateDrafted(TestPackages.Sqlite);
        Assert.AreEqual("MIG1002", ErrorOf(Publish(project)));
        project.Verb("DbApprove");
        var published = Publish(project);
        Assert.IsTrue(published.Succeeded, published.ToString());
        var sql = project.Folder.Find("Migrations", "*_Initial.sql");
        var name = Path.GetFileNameWithoutExtension(sql);
        CollectionAssert.AreEquivalent(
            new[] { "AppDbContext.manifest", $"AppDbContext/{name}.sql", $"AppDbContext/{name}.down.sql" },
            Deployed(project));
        project.Folder.Replace(sql, "\"Name\" TEXT", "\"Name\" BLOB");
        Assert.AreEqual("MIG1003", ErrorOf(Publish(project, "--no-build")));
        project.Folder.Replace(sql, "\"Name\" BLOB", "\"Name\" TEXT")
            .Replace("Models/User.cs", "\n}", "\n\n    public string? Avatar { get; set; }\n}");
        Assert.AreEqual("MIG1001", ErrorOf(Publish(project)));
        Assert.IsFalse(File.Exists(project.Folder["app.db"]));
    }

    [TestMethod]
    public void The_runner_applies_what_was_published_and_refuses_what_was_changed_since()
    {
        using var project = Consumer.CreateMigrated(TestPackages.Sqlite);
        Assert.IsTrue(Publish(project, "-p:DbPublish=runner+schema").Succeeded);
        Assert.DoesNotContain("Npgsql.dll", Deployed(project));
        Assert.Contains("AppDbContext.schema", Deployed(project));
        var elsewhere = new TestFolder("deployed");
        Directory.Delete(elsewhere.Path);
        Directory.Move(project.Folder["out/migrations"], elsewhere.Path);
        var connection = new Dictionary<string, string?> { ["MIGRATIONS_CONNECTION"] = $"Data Source={elsewhere["shop.db"]}" };
        CommandResult Run(params string[] arguments) => Dotnet.Run(
            elsewhere.Path, [elsewhere["MigrationsBuild.Runner.dll"], .. arguments], connection);

        var pending = Run("check");
        Assert.AreEqual(1, pending.ExitCode, pending.ToString());
        Assert.Contains("error MIG3020: 1 pending", pending.Error);
        Assert.Contains("Run: dotnet MigrationsBuild.Runner.dll migrate", pending.Error);
        var missing = Run("migrate");
        Assert.AreEqual(1, missing.ExitCode, missing.ToString());
        Assert.Contains("error MIG3015", missing.Error);
        var applied = Run("migrate", "--force", "shop.db");
        Assert.AreEqual(0, applied.ExitCode, applied.ToString());
        Assert.Contains("1 migration applied", applied.Output);
        Assert.Contains("_Initial (head)", Run("current").Output);
        Assert.AreEqual(0, Run("check").ExitCode);
        Assert.Contains("no object differs", Run("check", "--schema").Output);
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
        using var project = Consumer.CreateMigrated(TestPackages.Npgsql, server.ConnectionString(database));

        Assert.IsTrue(Publish(project, "-p:DbPublish=runner").Succeeded);
        var size = Directory.EnumerateFiles(project.Folder["out/migrations"], "*", SearchOption.AllDirectories)
            .Sum(path => new FileInfo(path).Length);
        Assert.IsLessThan(5_000_000, size);
        Assert.IsEmpty(server.Query("postgres", $"SELECT datname FROM pg_database WHERE datname = '{database}'"), "Nobody asked for it.");
        server.Execute("postgres", $"CREATE DATABASE {database}");
        var migrated = project.Run(Dotnet.Path, "out/migrations/MigrationsBuild.Runner.dll", "migrate");
        Assert.AreEqual(0, migrated.ExitCode, migrated.ToString());

        Directory.Delete(project.Folder["out"], recursive: true);
        var again = Publish(project, "-p:DbPublish=script", "-p:DbMigrateOnPublish=true");
        Assert.IsTrue(again.Succeeded, again.ToString());
        Assert.Contains("Nothing to apply", again.Output);
        Assert.DoesNotContain(server.Secret, again.Everything);
        var files = Directory.EnumerateFiles(project.Folder.Path, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".binlog", StringComparison.Ordinal));
        foreach (var file in files)
            Assert.DoesNotContain(server.Secret, File.ReadAllText(file, System.Text.Encoding.Latin1), file);
        CollectionAssert.AreEqual(new[] { "AppDbContext.sql" }, Deployed(project));
        Assert.Contains("\\if", project.Folder.Read("out/migrations/AppDbContext.sql"));
        server.Execute("postgres", $"DROP DATABASE {database} WITH (FORCE)");
        Assert.AreEqual("MIG4010", ErrorOf(Publish(project, "-p:DbPublish=everything")));
    }

    [TestMethod]
    public void A_migration_that_is_missing_stops_it_with_and_without_a_build()
    {
        using var project = Consumer.CreateMigrated(TestPackages.Sqlite);
        Assert.IsTrue(project.Build().Succeeded);
        foreach (var source in Directory.GetFiles(project.Folder["Migrations"], "*_Initial*.cs"))
            File.Delete(source);

        CollectionAssert.Contains(ErrorsOf(Publish(project)), "MIG1004");
        CollectionAssert.Contains(ErrorsOf(Publish(project, "--no-build")), "MIG1004");
        Assert.IsFalse(Directory.Exists(project.Folder["out/migrations"]));
    }

    [TestMethod]
    [DataRow(new string[0], 0, 1, DisplayName = "An error of the build, which doesn't come to the publish")]
    [DataRow(new[] { "-p:DbUnapproved=warning" }, 1, 0, DisplayName = "A warning of the build, which the publish doesn't repeat")]
    [DataRow(new[] { "-p:DbUnapproved=warning", "-p:DbMigrateOnPublish=true" }, 1, 1, DisplayName = "Nor does the migration after it")]
    [DataRow(new[] { "-p:DbCheckDuringBuild=false" }, 0, 1, DisplayName = "The publish's alone")]
    public void What_it_finds_is_told_once(string[] properties, int warnings, int errors)
    {
        using var project = Consumer.CreateDrafted(
            TestPackages.Sqlite, $"Data Source={Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "none.db")}");

        var published = Publish(project, properties);

        Assert.AreEqual((warnings, errors), (CountOf(published, "warning"), CountOf(published, "error")), published.ToString());
    }

    [TestMethod]
    public void A_migration_that_fails_after_it_fails_it()
    {
        using var project = Consumer.CreateMigrated(TestPackages.Npgsql, "Host=127.0.0.1;Port=1;Database=shop;Username=me;Timeout=2");
        Assert.IsTrue(Publish(project).Succeeded, "The variable is set, and nobody asked for it.");

        Assert.AreEqual("MIG3001", ErrorOf(Publish(project, "-p:DbMigrateOnPublish=true", "-p:DbConnectTimeout=1")));
    }

    [TestMethod]
    public void A_statement_that_fails_after_it_fails_it()
    {
        using var project = Consumer.CreateDrafted(
            TestPackages.Sqlite, $"Data Source={Path.Combine(RunFolder.Create("database"), "shop.db")}");
        project.Folder.Replace(
            project.Folder.Find("Migrations", "*_Initial.sql"), "CREATE TABLE", "INSERT INTO \"Missing\" VALUES (1);\nCREATE TABLE");
        project.Verb("DbApprove");

        Assert.AreEqual("MIG3004", ErrorOf(Publish(project, "-p:DbMigrateOnPublish=true")));
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void Several_forms_go_side_by_side()
    {
        using var project = Consumer.CreateMigrated(TestPackages.Sqlite, properties: "<DbPublish> Script + runner </DbPublish>");

        Assert.IsTrue(Publish(project).Succeeded);

        CollectionAssert.IsSubsetOf(new[] { "AppDbContext.manifest", "AppDbContext.sql", "MigrationsBuild.Runner.dll" }, Deployed(project));
        Assert.IsTrue(project.Publish("-o", "two", "-p:DbPublish=files+script").Succeeded);
        Assert.HasCount(2, Directory.GetFiles(project.Folder["two/migrations"]), "Manifest and script; the SQL files are a folder below.");
        Assert.AreEqual("MIG4010", ErrorOf(Publish(project, "-p:DbPublish=none+script")));
    }

    [TestMethod]
    public void If_the_application_is_one_file_the_migrations_lie_beside_it() =>
        PublishFor("linux-x64", "--no-self-contained", "-p:PublishSingleFile=true");

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    [DataRow("--self-contained", "-p:PublishSingleFile=true", DisplayName = "One file with the runtime")]
    [DataRow("--self-contained", "-p:PublishSingleFile=false", DisplayName = "A folder with the runtime")]
    public void However_else_it_is_packed_they_lie_beside_it(params string[] arguments) => PublishFor("linux-x64", arguments);

    private static void PublishFor(string runtime, params string[] arguments)
    {
        using var project = Consumer.CreateMigrated(TestPackages.Sqlite);

        var published = Publish(project, ["-r", runtime, "-p:DbPublish=runner", .. arguments]);

        Assert.IsTrue(published.Succeeded, published.ToString());
        CollectionAssert.IsSubsetOf(
            new[] { "AppDbContext.manifest", "MigrationsBuild.Runner.dll", "MigrationsBuild.Runner.runtimeconfig.json" },
            Deployed(project));
        Assert.HasCount(2, Directory.GetFiles(project.Folder["out/migrations/AppDbContext"]));
        Assert.AreEqual(arguments.Contains("-p:PublishSingleFile=true"), !File.Exists(project.Folder["out/App.dll"]));
        var connection = new Dictionary<string, string?> { ["MIGRATIONS_CONNECTION"] = $"Data Source={project.Folder["shop.db"]}" };
        string[] migrate = ["out/migrations/MigrationsBuild.Runner.dll", "migrate", "--force", "shop.db"];
        var migrated = Dotnet.Run(project.Folder.Path, migrate, connection);
        Assert.AreEqual(0, migrated.ExitCode, migrated.ToString());
    }

    /// <summary>How often it was printed, before the summary repeats it.</summary>
    private static int CountOf(BuildResult result, string severity) =>
        Regex.Count(Regex.Split(result.Output, "^Build (succeeded|FAILED)", RegexOptions.Multiline)[0], $": {severity} MIG");

    private static string[] ErrorsOf(BuildResult result) =>
        result.Succeeded ? [] : [.. result.Ours.Where(finding => finding.IsError).Select(finding => finding.Code)];

    private static BuildResult Publish(Consumer project, params string[] arguments) => project.Publish(["-o", "out", .. arguments]);

    private static string? ErrorOf(BuildResult result) =>
        result.Succeeded ? null : result.Ours.SingleOrDefault(finding => finding.IsError)?.Code ?? result.ToString();

    private static List<string> Deployed(Consumer project)
    {
        var folder = project.Folder["out/migrations"];
        return
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)),
        ];
    }
}
