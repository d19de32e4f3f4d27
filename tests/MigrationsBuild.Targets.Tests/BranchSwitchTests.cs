using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>A developer switches branches, and the development database follows: by a verb, or by the build.</summary>
[TestClass]
public class BranchSwitchTests
{
    private const string Sync = "<DbSyncOnBuild>true</DbSyncOnBuild>";

    /// <summary>The first line of every run.</summary>
    private const string RunLine = "AppDbContext: SQLite file";

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void A_verb_brings_the_database_to_the_branch_and_back()
    {
        using var project = TestProject.CreateMigrated();
        Commit(project, "init", "-q", "-b", "main");
        Git(project, "switch", "-q", "-c", "avatars");
        project.AddAvatar().Run("DbRevision", "Msg=add user avatar");
        project.Run("DbApprove");
        Commit(project);
        Git(project, "switch", "-q", "-c", "ages", "main");
        project.AddToUser("public int? Age { get; set; }").Run("DbRevision", "Msg=add user age");
        project.Run("DbApprove");
        project.Run("DbMigrate");
        var ages = SqliteFile.Dump(project.Folder["app.db"]);
        Commit(project);
        Git(project, "switch", "-q", "avatars");
        project.Run("DbMigrate");
        SqliteFile.Query(project.Folder["app.db"], "INSERT INTO \"Users\" (\"Name\", \"Avatar\") VALUES ('a', 'x'), ('b', NULL)");

        Git(project, "switch", "-q", "ages");
        var result = project.Run("DbMigrate");

        Assert.Contains("Rolling back AddUserAvatar drops \"Users\".\"Avatar\": 1 of 2 rows has a value", result.Output);
        Assert.Contains("CREATE TABLE \"ef_temp_Users\" (", result.Output);
        Assert.Contains("1 migration is reverted first, to follow this branch", result.Output);
        SqliteFile.Query(project.Folder["app.db"], "DELETE FROM \"Users\"; DELETE FROM sqlite_sequence");
        Assert.AreEqual(ages, SqliteFile.Dump(project.Folder["app.db"]));
    }

    [TestMethod]
    public void A_build_does_it_and_costs_nothing_if_nothing_has_changed()
    {
        using var project = TestProject.CreateMigrated(properties: Sync);

        Assert.Contains(RunLine, project.Build().Output, "The first build creates the database.");
        AssertLeft(project.Build());
        project.Folder.Write("Service.cs", "namespace App;\n\npublic class Service;\n");
        AssertLeft(project.Build());
        Commit(project, "init", "-q", "-b", "main");
        Git(project, "switch", "-q", "-c", "avatars");
        project.AddAvatar().Run("DbRevision", "Msg=add user avatar");
        var draft = project.Build();
        Assert.Contains("AddUserAvatar", draft.Output);
        Assert.Contains("Avatar", SqliteFile.Dump(project.Folder["app.db"]));
        project.AddToUser("public string? Nickname { get; set; }").Run("DbRevision", "DbAmend=true");

        Assert.Contains("1 migration is reverted first, to follow this branch", project.Build().Output, "The draft has changed.");

        Assert.Contains("Nickname", SqliteFile.Dump(project.Folder["app.db"]));
        project.Run("DbApprove");
        Commit(project);
        Git(project, "switch", "-q", "main");
        Assert.Contains("1 migration is reverted first", project.Build().Output);
        Assert.DoesNotContain("Avatar", SqliteFile.Dump(project.Folder["app.db"]));
        AssertLeft(project.Build());
        File.Delete(project.Folder["app.db"]);
        Assert.Contains(RunLine, project.Build().Output, "A deleted file is created again.");
    }

    [TestMethod]
    public void A_build_leaves_databases_alone_that_are_none_of_a_developer()
    {
        using var project = TestProject.CreateMigrated(properties: Sync);
        var other = new Dictionary<string, string?> { ["MIGRATIONS_CONNECTION"] = "Data Source=other.db" };

        Assert.DoesNotContain(RunLine, project.Build(new Dictionary<string, string?>(other) { ["CI"] = "true" }).Output);
        AssertLeft(project.Build(other, "-p:DesignTimeBuild=true"));
        Assert.IsFalse(File.Exists(project.Folder["other.db"]));

        project.Build(new Dictionary<string, string?>(other) { ["CI"] = "true" }, "-t:DbMigrate");
        var result = project.Build(other);
        Assert.IsTrue(result.Succeeded, result.ToString());
        Assert.Contains("DbSyncOnBuild leaves the database alone: other.db is no longer one, because a strict build", result.Output);
    }

    [TestMethod]
    public void A_server_that_is_not_running_is_a_warning_and_a_failed_migration_an_error()
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql, Sync);
        var nowhere = new Dictionary<string, string?> { ["MIGRATIONS_CONNECTION"] = "Host=127.0.0.1;Port=1;Database=shop;Username=me" };

        var result = project.Build(nowhere);

        Assert.IsTrue(result.Succeeded, result.ToString());
        Assert.AreEqual((false, "MIG3049"), (result.Ours.Single().IsError, result.Ours.Single().Code));
        var database = PostgreSqlServer.NewName();
        var here = new Dictionary<string, string?> { ["MIGRATIONS_CONNECTION"] = PostgreSqlServer.Shared.ConnectionString(database) };
        try
        {
            PostgreSqlServer.Shared.Execute("postgres", $"CREATE DATABASE {database}");
            Assert.Contains("_Initial", project.Build(here).Output);
            project.AddAvatar().Run("DbRevision", "Msg=add user avatar");
            PostgreSqlServer.Shared.Execute(database, "ALTER TABLE \"Users\" ADD \"Avatar\" text");
            var failed = project.Build(here);
            Assert.IsFalse(failed.Succeeded);
            Assert.Contains("MIG3005", failed.Ours.Where(finding => finding.IsError).Select(finding => finding.Code));
        }
        finally
        {
            PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
        }
    }

    private static void AssertLeft(BuildResult build)
    {
        Assert.IsTrue(build.Succeeded, build.ToString());
        Assert.AreEqual(0, build.WorkerStarts, build.ToString());
        Assert.DoesNotContain(RunLine, build.Output);
    }

    /// <summary>Commits everything, after another command.</summary>
    private static void Commit(TestProject project, params string[] before)
    {
        if (before.Length > 0)
            Git(project, before);
        File.WriteAllText(Path.Combine(project.Folder.Run, ".gitignore"), "bin/\nobj/\n*.db*\n*.binlog\n");
        Git(project, "add", "--all");
        Git(project, "commit", "-q", "-m", "work");
    }

    private static void Git(TestProject project, params string[] arguments)
    {
        var result = CommandLine.Run(
            project.Folder.Run, "git", ["-c", "user.name=test", "-c", "user.email=test@localhost", .. arguments]);
        Assert.AreEqual(0, result.ExitCode, result.ToString());
    }
}
