using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>Projects on an older EF Core than the one that most tests use.</summary>
[TestClass]
public class EfVersionTests
{
    private const string OnConfiguring =
        "protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(\"Data Source=app.db\");";

    [TestMethod]
    public void The_whole_workflow_with_EF_Core_8() => Work(TestPackages.Sqlite8);

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void The_whole_workflow_with_EF_Core_9() => Work(TestPackages.Sqlite9);

    private static void Work(TestPackages packages)
    {
        using var project = TestProject.CreateMigrated(packages);
        var first = project.Build(TestCode.Ci);
        Assert.IsEmpty(first.Diagnostics, first.ToString());
        project.AddAvatar().Configure("builder.Entity<User>().HasData(new User { Id = 1, Name = Guid.NewGuid().ToString() });");

        var drift = project.Build().Ours;

        Assert.AreEqual(
            "Models/User.cs(9,20): warning MIG1001: User.Avatar has no migration: adds column \"Users\".\"Avatar\" TEXT. "
            + "Run: dotnet build -t:DbRevision -p:Msg=\"add user avatar\"",
            drift.Single(finding => finding.Text.StartsWith("User.Avatar", StringComparison.Ordinal)).ToString());
        Assert.AreEqual(
            ("Models/User.cs", 7),
            drift.Where(finding => finding.Code == "MIG1008").Select(finding => (finding.File, finding.Line)).Single());
        project.Folder.Replace("AppContext.cs", "Guid.NewGuid().ToString()", "\"admin\"");
        project.Run("DbRevision");
        Assert.Contains(
            $"EF Core {packages.EfVersion}, Microsoft.EntityFrameworkCore.Sqlite {packages.EfVersion}",
            project.Folder.Read(project.Sql("Avatar")));
        project.Run("DbApprove");
        Assert.Contains("2 migrations applied", project.Run("DbMigrate").Output);
        CollectionAssert.AreEqual(
            new[] { "1|admin|" },
            SqliteFile.Query(project.Folder["app.db"], "SELECT Id, Name, Avatar FROM Users").ToArray());
        Assert.IsEmpty(project.Build(TestCode.Ci).Diagnostics);
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void A_table_that_is_renamed_with_its_class_keeps_its_rows_with_EF_Core_8() => RenameTable(TestPackages.Sqlite8);

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void A_table_that_is_renamed_with_its_class_keeps_its_rows_with_EF_Core_9() => RenameTable(TestPackages.Sqlite9);

    private static void RenameTable(TestPackages packages)
    {
        using var project = TestProject.CreateMigrated(packages);
        project.Run("DbMigrate");
        SqliteFile.Query(project.Folder["app.db"], "INSERT INTO Users (Id, Name) VALUES (1, 'admin')");
        project.Folder.Replace("Models/User.cs", "class User", "class Member");
        project.Folder.Replace("AppContext.cs", "DbSet<User> Users => Set<User>()", "DbSet<Member> Members => Set<Member>()");

        project.Run("DbRevision", "Msg=members", "DbRename=Users:Members");
        project.Run("DbApprove");
        project.Run("DbMigrate");

        Assert.IsEmpty(project.Build(TestCode.Ci).Diagnostics);
        CollectionAssert.AreEqual(
            new[] { "1|admin" }, SqliteFile.Query(project.Folder["app.db"], "SELECT Id, Name FROM Members").ToArray());
        project.Run("DbRollback", "DbTo=-1");
        CollectionAssert.AreEqual(
            new[] { "1|admin" }, SqliteFile.Query(project.Folder["app.db"], "SELECT Id, Name FROM Users").ToArray());
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void PostgreSQL_with_EF_Core_8()
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql8).AddToUser("public DateTime SeenAt { get; set; }");

        var revision = project.Run("DbRevision", "Msg=seen");

        Assert.Contains("adds column \"Users\".\"SeenAt\" timestamp with time zone", revision.Output);
        Assert.Contains("ALTER TABLE \"Users\" ADD \"SeenAt\" timestamp with time zone NOT NULL", project.Folder.Read(project.Sql("Seen")));
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void A_web_application_with_EF_Core_8()
    {
        using var project = TestProject.Create(TestPackages.Hosted8);
        project.Folder.Replace(
            "AppContext.cs",
            "class AppDbContext : DbContext",
            "class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)")
            .Replace("AppContext.cs", $"    {OnConfiguring}\n", "")
            .Write("Program.cs", """
                using App;
                using Microsoft.AspNetCore.Builder;
                using Microsoft.EntityFrameworkCore;
                using Microsoft.Extensions.DependencyInjection;

                var builder = WebApplication.CreateBuilder(args);
                builder.Services.AddDbContext<AppDbContext>(options => options.UseSqlite("Data Source=web.db"));
                var app = builder.Build();
                app.Run();

                """);
        project.Run("DbRevision", "Msg=initial");
        project.Run("DbApprove");

        Assert.Contains($"SQLite file {project.Folder["web.db"]}", project.Run("DbMigrate").Output);
    }
}
