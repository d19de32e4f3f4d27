namespace MigrationsBuild.Testing;

/// <summary>
/// A solution of eight projects: entities, a context of theirs in a library, its migrations in a third assembly, the web application
/// that makes it, a worker with a design-time factory on PostgreSQL, a library with two target frameworks on EF Core 8, a library with a
/// read-only context, and tests of the application. Six of them have our package.
/// </summary>
public static class MixedSolution
{
    /// <summary>The projects on which migrations are drafted and approved.</summary>
    public static readonly string[] WithMigrations = ["Web/Web.csproj", "Billing/Billing.csproj", "Audit/Audit.csproj"];

    /// <summary>The file of an entity that two contexts know.</summary>
    public const string Product = "Domain/Product.cs";

    /// <summary>The solution, restored and without migrations.</summary>
    /// <param name="hasTargets">Whether our package is there at all.</param>
    public static TestSolution Create(bool hasTargets = true) => new TestSolution()
        .Add("Domain", TestPackages.None, hasTargets: false, properties: Library)
        .Add("Storage", TestPackages.Sqlite with { HasDesign = false }, hasTargets: false, ["Domain"], Library)
        .Add(
            "Storage.Migrations",
            TestPackages.None,
            hasTargets,
            ["Storage"],
            Library + "<DbStartupProject>../Web/Web.csproj</DbStartupProject>")
        .Add("Web", TestPackages.Hosted, hasTargets, ["Storage.Migrations"])
        .Add("Billing", TestPackages.Npgsql, hasTargets)
        .Add(
            "Audit",
            TestPackages.Sqlite8,
            hasTargets,
            properties: Library
                + "<TargetFramework></TargetFramework><TargetFrameworks>net8.0;net10.0</TargetFrameworks><NoWarn>NU1510</NoWarn>")
        .Add("Reporting", TestPackages.Sqlite with { HasDesign = false }, hasTargets, ["Domain"], Library)
        .Add("Web.Tests", TestPackages.None, hasTargets, ["Web"], "<IsTestProject>true</IsTestProject>")
        .Write(Product, """
            namespace Domain;

            public class Product
            {
                public int Id { get; set; }

                public string Title => "a product";
            }

            """)
        .Write("Storage/ShopContext.cs", """
            using Domain;
            using Microsoft.EntityFrameworkCore;
            using Microsoft.Extensions.DependencyInjection;

            namespace Storage;

            public class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
            {
                public DbSet<Product> Products => Set<Product>();
            }

            public static class Registration
            {
                public static void AddShop(this IServiceCollection services) => services.AddDbContext<ShopContext>(options =>
                    options.UseSqlite("Data Source=shop.db", sqlite => sqlite.MigrationsAssembly("Storage.Migrations")));
            }

            """)
        .Write("Web/Program.cs", """
            using Storage;

            var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateBuilder(args);
            builder.Services.AddShop();
            builder.Build().Run();

            """)
        .Write("Billing/Program.cs", """
            using Microsoft.EntityFrameworkCore;
            using Microsoft.EntityFrameworkCore.Design;

            System.Console.WriteLine("bills");

            public class Bill
            {
                public int Id { get; set; }
            }

            public class BillingContext(DbContextOptions<BillingContext> options) : DbContext(options)
            {
                public DbSet<Bill> Bills => Set<Bill>();
            }

            internal sealed class Factory : IDesignTimeDbContextFactory<BillingContext>
            {
                public BillingContext CreateDbContext(string[] args) =>
                    new(new DbContextOptionsBuilder<BillingContext>().UseNpgsql("Host=127.0.0.1;Database=billing").Options);
            }

            """)
        .Write("Audit/AuditContext.cs", Configured("Audit", "AuditContext", "Entry"))
        .Write("Reporting/ReportingContext.cs", Configured("Reporting", "ReportingContext", "Domain.Product"))
        .Write("Web.Tests/Program.cs", "System.Console.WriteLine(\"tests\");\n")
        .Restore()
        .WriteSolution("All.slnx")
        .WriteSolution("All.sln");

    private const string Library = "<OutputType>Library</OutputType>";

    private static string Configured(string space, string context, string entity) => $$"""
        using Microsoft.EntityFrameworkCore;

        namespace {{space}};

        public class Entry
        {
            public int Id { get; set; }
        }

        public class {{context}} : DbContext
        {
            public DbSet<{{entity}}> Rows => Set<{{entity}}>();

            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source={{context}}.db");
        }

        """;
}
