using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>The oldest migrations of a project, replaced by one. The oracles are <c>pg_dump</c> and EF Core's own tool.</summary>
[TestClass]
public class SquashTests
{
    private const string Configuration =
        """
        builder.Entity<User>().HasIndex(user => user.Country);
                builder.Entity<User>().HasData(new User { Id = 1, Name = "Ada", Country = "UK" }, new User { Id = 2, Name = "Bo" });
        """;

    private const string Raw =
        """
        migrationBuilder.Sql("CREATE VIEW \"Names\" AS SELECT \"FullName\" FROM \"Users\"");
                    migrationBuilder.Sql(@"CREATE FUNCTION greet(name text) RETURNS text LANGUAGE sql AS 'SELECT ''Hello; '' || name'");
                    migrationBuilder.Sql("CREATE TABLE \"Tags\" (name text PRIMARY KEY); INSERT INTO \"Tags\" VALUES ('new'), ('old')");
                    migrationBuilder.Sql("CREATE INDEX CONCURRENTLY by_lower_name ON \"Users\" (lower(\"FullName\"))", true);
        """;

    private readonly string[] _databases = [PostgreSqlServer.NewName(), PostgreSqlServer.NewName(), PostgreSqlServer.NewName()];

    [TestCleanup]
    public void DropDatabases()
    {
        foreach (var database in _databases)
            PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void A_new_database_and_one_of_the_old_history_are_the_same_and_one_in_the_middle_is_refused()
    {
        using var project = Project();
        var (atHead, middle, fresh) = (Connection(0), Connection(1), Connection(2));
        project.RunOn(atHead, "DbMigrate");
        project.RunOn(middle, "DbMigrate", "DbTo=RenameName");
        var snapshot = project.Folder.Read("Migrations/AppDbContextModelSnapshot.cs");
        var raw = project.Folder.Find("Migrations", "*_Raw.cs");

        var squash = project.RunOn(atHead, "DbSquash", "DbTo=Raw").Output;

        Assert.Contains("4 migrations squashed into", squash);
        Assert.Contains("carried over: CREATE VIEW \"Names\"", squash);
        Assert.DoesNotContain("Its Down()", squash);
        Assert.AreEqual(snapshot, project.Folder.Read("Migrations/AppDbContextModelSnapshot.cs"));
        Assert.IsFalse(File.Exists(project.Folder[raw]));
        var proven = project.Folder.Read(project.Sql("Squashed"));
        project.Run("DbApprove");
        Assert.AreEqual(proven, project.Folder.Read(project.Sql("Squashed")), "The C# generates the SQL that was proven.");

        project.RunOn(fresh, "DbMigrate");
        Assert.Contains("recorded in place of 4 migrations", project.RunOn(atHead, "DbMigrate").Output);
        Assert.AreEqual(PostgreSqlServer.Shared.Dump(_databases[0]), PostgreSqlServer.Shared.Dump(_databases[2]));
        Assert.AreEqual(Rows(_databases[0]), Rows(_databases[2]));
        var refused = project.Build(new Dictionary<string, string?> { ["MIGRATIONS_CONNECTION"] = middle }, "-t:DbMigrate");
        Assert.AreEqual("MIG3041", refused.Ours.Single().Code, refused.ToString());
        Assert.Contains("2 migrations reverted", project.RunOn(fresh, "DbRollback", "DbTo=base").Output);
        Assert.IsEmpty(PostgreSqlServer.Shared.Query(
            _databases[2],
            "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE '%\\_\\_%'"));
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void A_history_of_ten_migrations_on_SQLite_is_squashed_with_its_view_its_trigger_and_its_rows()
    {
        using var project = TestProject.CreateFrom("Veteran", TestPackages.Sqlite);
        project.Run("DbApprove");
        project.Run("DbMigrate");

        Assert.Contains("10 migrations squashed into 20261004162151_Squashed", project.Run("DbSquash", "DbTo=head").Output);
        project.Run("DbApprove");
        Assert.Contains("Nothing to apply; at 20261004162151_Squashed (head)", project.Run("DbMigrate").Output);
        Assert.Contains("No difference; at 20261004162151_Squashed", project.Run("DbDiff").Output);
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    [DataRow(true)]
    [DataRow(false)]
    public void Migrations_of_EF_Core_8_are_squashed_by_it_and_by_a_later_version(bool isUpgraded)
    {
        using var project = TestProject.CreateFrom("Upgrade8", isUpgraded ? TestPackages.Sqlite : TestPackages.Sqlite8);
        project.Run("DbApprove");
        project.Run("DbMigrate");

        Assert.Contains("2 migrations squashed into 20241008092820_Squashed", project.Run("DbSquash", "DbTo=head").Output);
        project.Run("DbApprove");
        Assert.Contains("Nothing to apply; at 20241008092820_Squashed (head)", project.Run("DbMigrate").Output);
        Assert.Contains("1 migration verified", project.Run("DbVerify", "DbRev=base:head").Output);
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void Models_that_are_not_compiled_are_compiled_for_a_squash()
    {
        using var project = TestProject.CreateFrom("Bookshop", TestPackages.Npgsql);
        project.Folder.Replace("App.csproj", "<AssemblyName>", "<DbCompileDesigners>newest</DbCompileDesigners><AssemblyName>");
        project.Run("DbApprove");

        Assert.Contains("4 migrations squashed into", project.RunOn(Connection(0), "DbSquash", "DbTo=SeedCatalog").Output);
        project.Run("DbApprove");
        Assert.Contains("9 migrations applied", project.RunOn(Connection(0), "DbMigrate").Output);
    }

    /// <summary>Four migrations, as somebody would write them, and one that stays.</summary>
    private static TestProject Project()
    {
        var project = TestProject.CreateMigrated(TestPackages.Npgsql);
        project.AddToUser("public string Country { get; set; } = \"\";").Configure(Configuration).Run("DbRevision", "Msg=add country");
        project.Folder.Replace("Models/User.cs", "Name {", "FullName {").Replace("AppContext.cs", ", Name =", ", FullName =");
        project.Run("DbRevision", "Msg=rename name", "DbRename=Users.Name:FullName");
        project.Run("DbRevision", "Msg=raw", "DbEmpty=true");
        const string Up = "Up(MigrationBuilder migrationBuilder)\n        {\n";
        project.Folder.Replace(project.Folder.Find("Migrations", "*_Raw.cs"), Up, Up + "            " + Raw);
        project.AddAvatar().Run("DbRevision", "Msg=stay");
        project.Run("DbApprove");
        return project;
    }

    private string Connection(int database) => PostgreSqlServer.Shared.ConnectionString(_databases[database]);

    private static string Rows(string database) => PostgreSqlServer.Shared.Dump(
        database, "--data-only", "--inserts", "--exclude-table=*.\"__EFMigrationsHistory\"");
}
