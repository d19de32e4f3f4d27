using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>Contexts in a library, which the start-up code of an application makes.</summary>
[TestClass]
public class StartupProjectTests
{
    private const string Context = """
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.DependencyInjection;

        namespace Shop.Storage;

        public class Product
        {
            public int Id { get; set; }
        }

        public class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
        {
            public DbSet<Product> Products => Set<Product>();
        }

        public static class Registration
        {
            public static void AddShop(this IServiceCollection services) =>
                services.AddDbContext<ShopContext>(options => options.UseSqlite(
                    services.BuildServiceProvider().GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>()["Shop"]
                    /*options*/));
        }

        """;

    private const string Program = """
        using Shop.Storage;

        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateBuilder(args);
        builder.Services.AddShop();
        builder.Build().Run();

        """;

    [TestMethod]
    public void An_application_looks_after_the_projects_that_it_references()
    {
        using var solution = Create(dataHasTargets: false);

        var revision = solution.Run("App", "DbRevision", "Msg=initial");

        Assert.Contains("ShopContext: drafted", revision.Output);
        Assert.AreEqual(1, revision.WorkerStarts);
        Assert.Contains("namespace Data.Migrations", solution.Folder.Read(solution.Folder.Find("Data/Migrations", "*_Initial.cs")));
        solution.Run("App", "DbApprove");
        Assert.IsTrue(File.Exists(solution.Folder["Data/Migrations/ShopContext.approvals"]));
        Assert.Contains("1 migration applied", solution.Run("App", "DbMigrate").Output);
        AddPrice(solution);
        var build = solution.Build("App");
        Assert.StartsWith(
            $"{solution.Folder["Data/ShopContext.cs"]}(9,16): warning MIG1001: Product.Price has no migration",
            build.Ours.Single().ToString());
        Assert.AreEqual(1, build.WorkerStarts);
    }

    [TestMethod]
    public void Migrations_may_lie_in_a_third_assembly()
    {
        using var solution = new TestSolution()
            .Add("Data", TestPackages.Sqlite with { HasDesign = false }, hasTargets: false, properties: "<OutputType>Library</OutputType>")
            .Add(
                "Shop.Migrations",
                TestPackages.None,
                hasTargets: false,
                ["Data"],
                "<OutputType>Library</OutputType><RootNamespace>Shop.Storage</RootNamespace>")
            .Add("Shop", TestPackages.Hosted, hasTargets: true, ["Shop.Migrations"])
            .Write(
                "Data/ShopContext.cs",
                Context.Replace("/*options*/", ", sqlite => sqlite.MigrationsAssembly(\"Shop.Migrations\")", StringComparison.Ordinal))
            .Write("Shop/Program.cs", Program)
            .Write("Shop/appsettings.json", Settings)
            .Restore();

        Assert.Contains(
            "  ../Shop.Migrations/Migrations/ShopContextModelSnapshot.cs",
            solution.Run("Shop", "DbRevision", "Msg=initial").Output);
        solution.Run("Shop", "DbApprove");

        solution.Folder.Find("Shop.Migrations/Migrations", "*_Initial.sql");
        AddPrice(solution);
        Assert.AreEqual("MIG1001", solution.Build("Shop").Ours.Single().Code);
        Assert.Contains("adds column \"Products\".\"Price\"", solution.Run("Shop", "DbRevision", "Msg=add price").Output);
        solution.Folder.Find("Shop.Migrations/Migrations", "*_AddPrice.sql");
    }

    [TestMethod]
    public void Verbs_run_on_the_library_and_the_check_runs_in_the_application()
    {
        using var solution = Create(dataHasTargets: true).WriteSolution("All.slnx");

        var revision = solution.Run("Data", "DbRevision", "Msg=initial");

        Assert.AreEqual(1, revision.WorkerStarts);
        var migration = solution.Folder.Read(solution.Folder.Find("Data/Moved", "*_Initial.cs"));
        Assert.MatchesRegex(@"namespace Shop\.Storage\.Moved(;|\r?\n\{)", migration);
        solution.Run("Data", "DbApprove");
        Assert.Contains("1 migration applied", solution.Run("Data", "DbMigrate").Output);
        Assert.IsTrue(File.Exists(solution.Folder["App/shop.db"]), "The application's database, named by its own settings.");
        AddPrice(solution);
        Assert.AreEqual(0, solution.Build("Data").WorkerStarts);
        Assert.AreEqual("MIG4010", solution.Build("Data", "-p:DbUnapproved=no").Ours.Single().Code, "Its own settings it checks itself.");
        Assert.IsTrue(solution.Build("Data", "-t:DbHistory", "-p:DbCheckDuringBuild=false").Succeeded);
        var build = solution.Build("All.slnx", "-m");
        Assert.AreEqual("MIG1001", build.Ours.Single().Code);
        Assert.AreEqual(1, build.WorkerStarts);
        Assert.AreEqual("MIG1001", solution.Build("App", "-graph").Ours.Single().Code);
    }

    [TestMethod]
    public void A_start_up_project_that_cant_check_is_named_with_the_cure()
    {
        using var solution = Create(dataHasTargets: true, appHasTargets: false);

        var finding = solution.Build("App").Ours.Single();

        Assert.AreEqual("MIG4016", finding.Code);
        Assert.IsFalse(finding.IsError);
        Assert.Contains("Run: dotnet add \"", finding.Text);
        Assert.IsTrue(solution.Build(TestCode.Ci, "Data").Ours.Single().IsError);
        Assert.Contains(
            "doesn't exist",
            solution.Build("Data", "-t:DbRevision", "-p:DbStartupProject=../Nowhere/Nowhere.csproj").Ours.Single().Text);
    }

    [TestMethod]
    [DataRow("", "<TargetFramework>net10.0</TargetFramework>", "doesn't reference this project")]
    [DataRow("<DbCheckDuringBuild>false</DbCheckDuringBuild>", "<TargetFrameworks>net10.0;net8.0</TargetFrameworks>", "don't check")]
    public void A_start_up_project_that_checks_nothing_of_the_library_fails_a_strict_build(string properties, string frameworks, string why)
    {
        using var solution = Create(dataHasTargets: true)
            .Add("Worker", TestPackages.None, hasTargets: true, properties: properties);
        solution.Folder.Replace("Worker/Worker.csproj", "<TargetFramework>net10.0</TargetFramework>", frameworks);
        solution.Restore();

        var finding = solution.Build(TestCode.Ci, "Data", "-p:DbStartupProject=../Worker/Worker.csproj").Ours.Single();

        Assert.AreEqual(("MIG4016", true), (finding.Code, finding.IsError));
        Assert.Contains(why, finding.Text);
    }

    [TestMethod]
    public void A_library_without_a_start_up_project_gets_a_hint()
    {
        using var solution = new TestSolution()
            .Add("Data", TestPackages.Sqlite with { HasDesign = false }, hasTargets: true, properties: "<OutputType>Library</OutputType>")
            .Write("Data/ShopContext.cs", Context)
            .Restore();

        var finding = solution.Build("Data").Ours.Single();

        Assert.AreEqual("MIG1009", finding.Code);
        Assert.Contains("ShopContext can't be created", finding.Text);
        Assert.Contains("or set DbStartupProject to the application that creates the context. See the page of MIG1009", finding.Text);
    }

    private const string DataProperties =
        "<RootNamespace>Shop.Storage</RootNamespace><DbStartupProject>../App/App.csproj</DbStartupProject>"
        + "<DbMigrationsFolder>Moved</DbMigrationsFolder>";

    private const string Settings = """{ "Shop": "Data Source=shop.db" }""";

    private static TestSolution Create(bool dataHasTargets, bool appHasTargets = true) => new TestSolution()
        .Add(
            "Data",
            TestPackages.Sqlite with { HasDesign = false },
            dataHasTargets,
            properties: "<OutputType>Library</OutputType>" + (dataHasTargets ? DataProperties : ""))
        .Add("App", TestPackages.Hosted, appHasTargets, ["Data"])
        .Write("Data/ShopContext.cs", Context)
        .Write("App/Program.cs", Program)
        .Write("App/appsettings.json", Settings)
        .Restore();

    private static void AddPrice(TestSolution solution) =>
        solution.Folder.Replace(
            "Data/ShopContext.cs",
            "public int Id { get; set; }",
            "public int Id { get; set; }\n    public int Price { get; set; }");
}
