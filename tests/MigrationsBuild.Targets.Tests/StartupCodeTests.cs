using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

[TestClass]
public class StartupCodeTests
{
    private const string ContextOfServices = """
        using App.Models;
        using Microsoft.EntityFrameworkCore;

        namespace App;

        public class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)
        {
            public DbSet<User> Users => Set<User>();
        }

        """;

    private const string WebApplication = """
        using App;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.DependencyInjection;

        Console.WriteLine("error XY1234: this is only what the application prints");
        var builder = WebApplication.CreateBuilder(args);
        /*before*/
        builder.Services.AddDbContext<AppDbContext>(options => options.UseSqlite($"Data Source={builder.Configuration["db"] ?? "app"}.db"));
        var app = builder.Build();
        File.WriteAllText("main-went-on", "");
        app.Run();

        """;

    [TestMethod]
    public void Main_of_a_hosted_application_runs_up_to_Build_and_no_further()
    {
        using var project = CreateWebApplication();

        var result = project.Run("DbRevision", "Msg=initial");

        Assert.Contains("CREATE TABLE \"Users\"", project.Folder.Read(project.Sql("Initial")));
        Assert.IsEmpty(result.Diagnostics, "What the application prints is no diagnostic of the build.");
        Assert.IsFalse(File.Exists(project.Folder["main-went-on"]));
        Assert.Contains("other,%41.db", project.Run("DbCurrent", "DbArguments=--db other%2C%2541").Output);
    }

    [TestMethod]
    public void Startup_code_that_gives_no_context_is_named_with_the_cure()
    {
        using var project = CreateWebApplication("throw new InvalidOperationException(\"no vault: Password=hush-hush\");");

        var result = project.Build();

        Assert.IsTrue(result.Succeeded, result.ToString());
        var finding = result.Ours.Single();
        Assert.AreEqual("MIG1009", finding.Code);
        Assert.Contains("InvalidOperationException: no vault: Password=***, at Program.<Main>$", finding.Text);
        Assert.Contains("IDesignTimeDbContextFactory", finding.Text);
        Assert.DoesNotContain("hush-hush", result.Output);
        Assert.AreEqual(("Program.cs", 8), (finding.File, finding.Line));
        Assert.IsTrue(project.Build(TestCode.Ci).Ours.Single().IsError);
        Assert.IsTrue(project.Build("-t:DbRevision").Ours.Single().IsError);
    }

    [TestMethod]
    public void A_worker_services_CreateHostBuilder_is_called_instead_of_Main()
    {
        using var project = CreateWebApplication();
        project.Folder.Write("Program.cs", """
            using App;
            using Microsoft.EntityFrameworkCore;
            using Microsoft.Extensions.DependencyInjection;
            using Microsoft.Extensions.Hosting;

            public static class Program
            {
                public static void Main(string[] args) => throw new InvalidOperationException("Main ran.");

                private static IHostBuilder CreateHostBuilder(string[] args) => Host.CreateDefaultBuilder(args)
                    .ConfigureServices(services => services.AddDbContextPool<AppDbContext>(options => options.UseSqlite("Data Source=app.db")));
            }

            """);

        project.Run("DbRevision", "Msg=initial");

        Assert.Contains("CREATE TABLE \"Users\"", project.Folder.Read(project.Sql("Initial")));
    }

    [TestMethod]
    public void A_context_that_cant_be_constructed_is_named_at_its_own_frame()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Replace("AppContext.cs", "public DbSet<User>", "public AppDbContext() => Load();\n\n    private static void Load() => throw new FormatException(\"no settings\");\n\n    public DbSet<User>");

        var finding = project.Build().Ours.Single();

        Assert.AreEqual(("MIG1009", "AppContext.cs", 10), (finding.Code, finding.File, finding.Line));
        Assert.Contains("AppDbContext can't be made: FormatException: no settings, at App.AppDbContext.Load", finding.Text);
        Assert.AreEqual(1, project.Build().WorkerStarts, "What is amiss may be mended outside of the project.");
    }

    [TestMethod]
    public void An_application_without_host_isnt_run()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Write("Program.cs", "System.IO.File.WriteAllText(\"main-ran\", \"\");");

        Assert.IsEmpty(project.Build().Ours);

        Assert.IsFalse(File.Exists(project.Folder["main-ran"]));
    }

    [TestMethod]
    public void A_project_without_context_has_nothing_for_the_verbs()
    {
        using var project = TestProject.Create();
        project.Folder.Write("AppContext.cs", "");

        foreach (var target in new[] { "DbRevision", "DbMigrate", "DbCurrent" })
            Assert.AreEqual("MIG4001", project.Build("-t:" + target).Ours.Single().Code, target);
    }

    [TestMethod]
    public void Contexts_of_packages_are_found_where_the_start_up_code_registers_them()
    {
        using var project = TestProject.Create(TestPackages.Identity);
        project.Folder.Write("AppContext.cs", ContextOfServices).Write("Program.cs", WebApplication
            .Replace("/*before*/", "builder.Services.AddDbContextFactory<Microsoft.AspNetCore.Identity.EntityFrameworkCore.IdentityDbContext>(options => options.UseSqlite(\"Data Source=app.db\", sqlite => sqlite.MigrationsAssembly(\"App\")));", StringComparison.Ordinal));

        Assert.AreEqual("MIG4002", project.Build("-t:DbRevision").Ours.Single().Code);
        project.Run("DbRevision", "Msg=identity", "DbContextName=IdentityDbContext");

        Assert.Contains("CREATE TABLE \"AspNetUsers\"", project.Folder.Read(project.Sql("Identity")));
        project.Run("DbApprove");
        Assert.Contains("1 migration applied", project.Run("DbMigrate").Output, "The other context has no migrations yet.");
        Assert.IsEmpty(project.Build(TestCode.Ci).Diagnostics);
    }

    private static TestProject CreateWebApplication(string statement = "")
    {
        var project = TestProject.Create(TestPackages.Hosted);
        project.Folder.Write("AppContext.cs", ContextOfServices).Write("Program.cs", WebApplication.Replace("/*before*/", statement, StringComparison.Ordinal));
        return project;
    }
}
