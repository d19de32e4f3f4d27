using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>The verbs that only look, as targets.</summary>
[TestClass]
public class LookingTests
{
    [TestMethod]
    public void Heads_show_history_and_script_do_without_a_database_even_on_a_build_server()
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql);
        string Look(string target, params string[] properties)
        {
            var result = project.Build(TestCode.Ci, ["-t:" + target, "-p:NoBuild=true", .. properties]);
            Assert.IsTrue(result.Succeeded, result.ToString());
            return result.Output;
        }

        Assert.IsTrue(project.Build().Succeeded);
        Assert.Contains("_Initial (head)", Look("DbHeads"));
        Assert.Contains("Rev: ", Look("DbShow", "-p:DbRev=init"));
        Assert.Contains("CREATE TABLE \"Users\"", Look("DbShow", "-p:DbRev=head"));
        Assert.Contains("<base> -> ", Look("DbHistory"));
        Assert.Contains("Parent: <base>", Look("DbHistory", "-p:DbVerbose=true"));
        Assert.Contains("Wrote ", Look("DbScript", "-p:DbSqlFile=out/all.sql", "-p:DbIdempotent=true"));
        Assert.Contains("CREATE TABLE \"Users\"", project.Folder.Read("out/all.sql"));
        Assert.Contains("DROP TABLE \"Users\"", Look("DbScript", "-p:DbRev=head:base"));
        Assert.AreEqual("MIG4006", project.Build(TestCode.Ci, "-t:DbShow", "-p:NoBuild=true", "-p:DbRev=current").Ours.Single().Code);
    }

    [TestMethod]
    public void Current_tells_of_every_context_and_other_verbs_want_to_know_which()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Write("LogContext.cs", """
            using Microsoft.EntityFrameworkCore;

            namespace App;

            public class Entry
            {
                public int Id { get; set; }
            }

            public class LogContext : DbContext
            {
                public DbSet<Entry> Entries => Set<Entry>();

                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=log.db");
            }

            """);
        project.Run("DbRevision", "Msg=log entries", "DbContextName=LogContext", "DbMigrationsFolder=Migrations/Log");
        project.Run("DbApprove");
        project.Run("DbMigrate", "DbContextName=LogContext");

        var current = project.Run("DbCurrent").Output;

        Assert.Contains("AppDbContext: SQLite file", current);
        Assert.Contains("1 pending", current);
        Assert.Contains("LogContext: SQLite file", current);
        Assert.Contains("_LogEntries (head)", current);
        Assert.AreEqual("MIG4002", project.Build("-t:DbMigrate").Ours.Single().Code);
        Assert.DoesNotContain("LogContext", project.Run("DbCurrent", "DbContextName=AppDbContext").Output);
    }

    [TestMethod]
    public void Reset_begins_anew()
    {
        using var project = TestProject.CreateMigrated();
        project.Run("DbMigrate");
        SqliteFile.Query(project.Folder["app.db"], "CREATE TABLE ByHand (Id INTEGER)");

        var reset = project.Run("DbReset").Output;

        Assert.MatchesRegex(@"Drops app\.db with 2 tables, 0 rows, \S+ kB: ByHand, Users", reset);
        Assert.Contains("1 migration applied", reset);
        Assert.IsEmpty(SqliteFile.Query(project.Folder["app.db"], "SELECT 1 FROM sqlite_master WHERE name = 'ByHand'"));
    }

    [TestMethod]
    public void A_verbose_check_says_what_was_looked_at()
    {
        using var project = TestProject.CreateMigrated().Configure("builder.Entity<User>().ToTable(\"People\", table => table.ExcludeFromMigrations());");

        var check = project.Build("-t:DbCheck", "-p:DbVerbose=true").Output;

        Assert.Contains("Looked at " + project.Folder["bin/Debug/net10.0/App.dll"] + ", built ", check);
        var version = PackageVersions.EfCore10;
        Assert.Contains(
            $"App.AppDbContext: EF Core {version}, Microsoft.EntityFrameworkCore.Sqlite {version}, 1 migration of App in {project.Folder["Migrations"]}",
            check);
        Assert.Contains("  User in table People, excluded from migrations", check);
    }

    [TestMethod]
    public void A_wrong_expression_is_told_in_Alembics_words_and_nothing_runs()
    {
        using var project = TestProject.CreateMigrated();
        project.Run("DbMigrate");
        var before = SqliteFile.Dump(project.Folder["app.db"]);

        foreach (var (target, expression, text) in new[]
        {
            ("DbMigrate", "DbTo=base:head", "Range revision not allowed"),
            ("DbMigrate", "DbTo=nope", "Can't locate revision identified by 'nope': no id or name starts with it"),
            ("DbRollback", "DbTo=-9", "Relative revision -9 didn't produce 9 migrations"),
            ("DbShow", "DbRev=head-9", "Relative revision head-9 didn't produce 9 migrations"),
            ("DbHistory", "DbRev=head", "History range requires [start]:[end], [start]:, or :[end]"),
            ("DbStamp", "DbRev=nope", "Can't locate revision identified by 'nope'"),
            ("DbScript", "DbRev=a:b:c", "History range requires"),
        })
        {
            var error = project.Build($"-t:{target}", $"-p:{expression}", "-p:NoBuild=true").Ours.Single();

            Assert.AreEqual("MIG3007", error.Code, target);
            Assert.StartsWith(text, error.Text);
        }

        Assert.AreEqual(before, SqliteFile.Dump(project.Folder["app.db"]));
    }
}
