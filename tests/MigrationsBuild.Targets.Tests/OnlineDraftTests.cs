using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>Drafts that block the application as little as possible, up to the database. The oracle is EF Core itself.</summary>
[TestClass]
public class OnlineDraftTests
{
    private const string Program =
        """
        using App;
        using Microsoft.EntityFrameworkCore.Infrastructure;
        using Microsoft.EntityFrameworkCore.Migrations;

        using var context = new AppDbContext();
        context.GetService<IMigrator>().Migrate(args.Length > 0 ? args[0] : null);

        """;

    private const string Context =
        """
        using App.Models;
        using Microsoft.EntityFrameworkCore;

        namespace App;

        public class AppDbContext : DbContext
        {
            public DbSet<User> Users => Set<User>();

            public DbSet<Post> Posts => Set<Post>();

            protected override void OnConfiguring(DbContextOptionsBuilder options) =>
                options.UseNpgsql(System.Environment.GetEnvironmentVariable("APP_CONNECTION") ?? "Host=127.0.0.1;Database=app");

            protected override void OnModelCreating(ModelBuilder model)
            {
                model.Entity<User>().ToTable("Users");
                model.Entity<Post>().HasOne<User>().WithMany();
            }
        }

        """;

    private const string Post =
        """
        namespace App.Models;

        public class Post
        {
            public int Id { get; set; }

            public int UserId { get; set; }

            public string? Title { get; set; }

            public int Size { get; set; }
        }

        """;

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void A_draft_blocks_nothing_and_EF_Core_and_we_apply_the_same()
    {
        using var project = TestProject.Create(TestPackages.Npgsql, properties: "<DbOnline>true</DbOnline>");
        project.Folder.Write("Program.cs", Program).Write("AppContext.cs", Context).Write("Models/Post.cs", Post);
        project.Run("DbRevision", "Msg=first");
        Change(project);

        var draft = project.Run("DbRevision", "Msg=second").Output;

        foreach (var code in new[] { "MIG2204", "MIG2303", "MIG2304", "MIG2305", "MIG2306", "MIG2307" })
            Assert.DoesNotContain(code, draft);
        var file = project.Sql("Second").Replace(".sql", ".cs", StringComparison.Ordinal);
        var text = project.Folder.Read(file);
        Assert.Contains(
            "migrationBuilder.Sql(@\"ALTER TABLE \"\"Posts\"\" VALIDATE CONSTRAINT \"\"CK_Posts_Size\"\";\", suppressTransaction: true);",
            text);
        Assert.Contains("// Rewrites Posts under a lock that blocks reads and writes.", text);
        Assert.DoesNotContain("__", text.Replace("__EF", "", StringComparison.Ordinal));
        var (up, down) = (project.Folder.Read(project.Sql("Second")), project.Folder.Read(project.Sql("Second", down: true)));
        Assert.DoesNotContain("MIG1001", project.Build().Output);
        Assert.AreEqual(up, project.Folder.Read(project.Sql("Second")), "The compiled C# generates the SQL of the draft.");
        Assert.AreEqual(down, project.Folder.Read(project.Sql("Second", down: true)));
        project.Run("DbApprove", "DbAccept=MIG2302");
        var (ours, theirs) = (PostgreSqlServer.NewName(), PostgreSqlServer.NewName());
        try
        {
            var connection = PostgreSqlServer.Shared.ConnectionString(ours);
            var efCore = new Dictionary<string, string?> { ["APP_CONNECTION"] = PostgreSqlServer.Shared.ConnectionString(theirs) };
            foreach (var target in new[] { "First", "Second", "First", "Second" })
            {
                var verb = target == "First" && Exists(ours) ? "DbRollback" : "DbMigrate";
                project.RunOn(connection, verb, $"DbTo={target}", $"DbForce={ours}");
                project.Execute(efCore, target);
                Assert.AreEqual(PostgreSqlServer.Shared.Dump(theirs), PostgreSqlServer.Shared.Dump(ours), target);
                if (target == "First")
                    Fill(ours, theirs);
            }

            Assert.Contains("\"FK_Posts_People_UserId\" FOREIGN KEY", PostgreSqlServer.Shared.Dump(ours));
            Assert.DoesNotContain("NOT VALID", PostgreSqlServer.Shared.Dump(ours));
        }
        finally
        {
            foreach (var database in new[] { ours, theirs })
                PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
        }
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void EF_Core_8_writes_it_as_well()
    {
        using var project = TestProject.Create(TestPackages.Npgsql8);
        project.Folder.Write("AppContext.cs", Context).Write("Models/Post.cs", Post);
        project.Run("DbRevision", "Msg=first");
        Change(project);

        project.Run("DbRevision", "Msg=second", "DbOnline=true");

        var up = project.Folder.Read(project.Sql("Second"));
        Assert.Contains("-- outside a transaction\nCREATE INDEX CONCURRENTLY \"IX_Posts_Title\"", up);
        project.Build();
        Assert.AreEqual(up, project.Folder.Read(project.Sql("Second")), "The compiled C# generates the SQL of the draft.");
    }

    private static void Change(TestProject project)
    {
        project.Folder.Replace("Models/Post.cs", "string? Title { get; set; }", "string Title { get; set; } = \"\";");
        project.Folder.Replace("Models/Post.cs", "int Size", "long Size");
        project.Folder.Replace("AppContext.cs", "ToTable(\"Users\");", "ToTable(\"People\").HasAlternateKey(user => user.Name);");
        project.Folder.Replace(
            "AppContext.cs",
            "model.Entity<Post>().",
            "model.Entity<Post>().HasIndex(post => post.Title);\n"
            + "        model.Entity<Post>().ToTable(table => table.HasCheckConstraint(\"CK_Posts_Size\", \"\\\"Size\\\" >= 0\"));\n"
            + "        model.Entity<Post>().");
    }

    private static bool Exists(string database) =>
        PostgreSqlServer.Shared.Query("postgres", $"SELECT 1 FROM pg_database WHERE datname = '{database}'").Count > 0;

    /// <summary>Rows that the migration has to change.</summary>
    private static void Fill(params string[] databases)
    {
        foreach (var database in databases)
        {
            PostgreSqlServer.Shared.Execute(
                database,
                """
                INSERT INTO "Users" ("Name") SELECT gen_random_uuid()::text;
                INSERT INTO "Posts" ("UserId", "Title", "Size") SELECT max("Id"), NULL, 7 FROM "Users";
                """);
        }
    }
}
