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
                    .ConfigureServices(
                        services => services.AddDbContextPool<AppDbContext>(options => options.UseSqlite("Data Source=app.db")));
            }

            """);

        project.Run("DbRevision", "Msg=initial");

        Assert.Contains("CREATE TABLE \"Users\"", project.Folder.Read(project.Sql("Initial")));
    }

    [TestMethod]
    public void An_application_without_host_isnt_run()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Write("Program.cs", "System.IO.File.WriteAllText(\"main-ran\", \"\");");

        Assert.IsEmpty(project.Build().Ours);

        Assert.IsFalse(File.Exists(project.Folder["main-ran"]));
    }

    private static TestProject CreateWebApplication()
    {
        var project = TestProject.Create(TestPackages.Hosted);
        project.Folder.Write("AppContext.cs", ContextOfServices).Write("Program.cs", WebApplication);
        return project;
    }
}
