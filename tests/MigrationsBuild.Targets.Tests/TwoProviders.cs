using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>A solution with one context for two providers, each with a migrations assembly of its own.</summary>
internal static class TwoProviders
{
    private const string Model = """
        using Microsoft.EntityFrameworkCore;

        namespace Model;

        public class Thing
        {
            public int Id { get; set; }

            public string Name { get; set; } = "";
        }

        public class Db(DbContextOptions<Db> options) : DbContext(options)
        {
            public DbSet<Thing> Things => Set<Thing>();
        }

        """;

    /// <summary>The design-time factory.</summary>
    /// <param name="isPostgreSql">A C# expression that chooses the provider; it may use <c>args</c>.</param>
    public static string Factory(string isPostgreSql) =>
        $$"""
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Design;
        using Model;

        internal sealed class Factory : IDesignTimeDbContextFactory<Db>
        {
            public Db CreateDbContext(string[] args)
            {
                var options = new DbContextOptionsBuilder<Db>();
                if ({{isPostgreSql}})
                    options.UseNpgsql("Host=127.0.0.1;Database=app", npgsql => npgsql.MigrationsAssembly("Mig.Pg"));
                else
                    options.UseSqlite("Data Source=app.db", sqlite => sqlite.MigrationsAssembly("Mig.Lite"));
                return new Db(options.Options);
            }
        }

        public static class Program
        {
            public static void Main()
            {
            }
        }

        """;

    /// <summary>The projects Model, Mig.Lite, Mig.Pg and App, restored.</summary>
    /// <param name="factory">See <see cref="Factory"/>.</param>
    /// <param name="items">More items of App.</param>
    public static TestSolution Solution(string factory, string items = "")
    {
        var packages = TestPackages.BothDatabases;
        const string library = "<OutputType>Library</OutputType>";
        return new TestSolution()
            .Add("Model", packages, hasTargets: false, properties: library)
            .Add("Mig.Lite", packages, hasTargets: false, ["Model"], properties: library)
            .Add("Mig.Pg", packages, hasTargets: false, ["Model"], properties: library)
            .Add("App", packages, hasTargets: true, ["Model", "Mig.Lite", "Mig.Pg"], items: items)
            .Write("Model/Db.cs", Model)
            .Write("App/Factory.cs", factory)
            .Restore();
    }
}
