using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>
/// One context, two providers with a migrations assembly each, chosen by an environment variable: EF Core's documentation,
/// "Migrations with multiple providers".
/// </summary>
[TestClass]
public class TwoProvidersTests
{
    internal const string Model = """
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

    private const string Factory = """
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Design;
        using Model;

        internal sealed class Factory : IDesignTimeDbContextFactory<Db>
        {
            public Db CreateDbContext(string[] args)
            {
                var options = new DbContextOptionsBuilder<Db>();
                if (Environment.GetEnvironmentVariable("PROVIDER") == "pg")
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

    [TestMethod]
    public void Each_provider_gets_its_own_verdict_draft_and_approvals()
    {
        var packages = TestPackages.BothDatabases;
        using var solution = new TestSolution()
            .Add("Model", packages, hasTargets: false, properties: "<OutputType>Library</OutputType>")
            .Add("Mig.Lite", packages, hasTargets: false, ["Model"], properties: "<OutputType>Library</OutputType>")
            .Add("Mig.Pg", packages, hasTargets: false, ["Model"], properties: "<OutputType>Library</OutputType>")
            .Add("App", packages, hasTargets: true, ["Model", "Mig.Lite", "Mig.Pg"])
            .Write("Model/Db.cs", Model)
            .Write("App/Factory.cs", Factory)
            .Restore();
        foreach (var provider in new[] { "lite", "pg" })
            Draft(solution, provider, "initial");
        solution.Folder.Replace("Model/Db.cs", "string Name { get; set; } = \"\";", "string Name { get; set; } = \"\";\n\n    public string? Note { get; set; }");
        Draft(solution, "lite", "note");

        var local = Build(solution, "pg");
        var strict = Build(solution, "pg", "-p:DbStrict=true");
        Succeeds(Build(solution, "pg", "-t:DbRevision", "-p:Msg=note"));

        Assert.IsTrue(local.Succeeded, local.ToString());
        Assert.IsFalse(strict.Succeeded, strict.ToString());
        foreach (var finding in new[] { local.Ours.Single(), strict.Ours.Single() })
        {
            Assert.AreEqual("MIG1001", finding.Code);
            Assert.Contains("adds column \"Things\".\"Note\" text", finding.Text);
        }

        Assert.HasCount(2, Directory.GetFiles(solution.Folder["Mig.Pg/Migrations"], "*_*.Designer.cs"));
        Assert.Contains("ADD \"Note\" text;", File.ReadAllText(Directory.GetFiles(solution.Folder["Mig.Pg/Migrations"], "*_Note.sql").Single()));
        Assert.Contains("Npgsql", solution.Folder.Read("Mig.Pg/Migrations/Db.approvals"));
        Assert.Contains("Sqlite", solution.Folder.Read("Mig.Lite/Migrations/Db.approvals"));
    }

    private static void Draft(TestSolution solution, string provider, string message)
    {
        Succeeds(Build(solution, provider, "-t:DbRevision", "-p:Msg=" + message));
        Succeeds(Build(solution, provider, "-t:DbApprove"));
    }

    private static void Succeeds(BuildResult result) => Assert.IsTrue(result.Succeeded, result.ToString());

    private static BuildResult Build(TestSolution solution, string provider, params string[] arguments) =>
        solution.Build(new Dictionary<string, string?> { ["PROVIDER"] = provider }, "App", arguments);
}
