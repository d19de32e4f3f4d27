using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>B14, B20, B26: a context on SQLite whose file, collations and triggers only the application or its SQL know.</summary>
[TestClass]
public class SqliteOptionTests
{
    [TestMethod]
    public void The_application_s_folder_a_rebuild_and_a_collation_are_named_from_the_draft_on()
    {
        using var project = TestProject.Create();
        project.Folder.Write("Program.cs", "using System.Linq;\nusing var db = new App.AppDbContext();\nSystem.Console.WriteLine($\"{db.Users.Count()} users\");\n")
            .Replace("AppContext.cs", "Data Source=app.db", "Data Source=|DataDirectory|shop.db")
            .Replace("AppContext.cs", "    protected override void OnConfiguring", """
                    static AppDbContext() => System.AppDomain.CurrentDomain.SetData("DataDirectory", System.IO.Path.GetFullPath("App_Data"));

                    protected override void OnConfiguring
                """)
            .Write("App_Data/.keep", "");
        project.Run("DbRevision", "Msg=initial");
        project.Run("DbApprove");

        var migrated = project.Run("DbMigrate");
        Assert.Contains($"SQLite file {project.Folder["App_Data/shop.db"]} (from the configuration of AppDbContext)", migrated.Output);
        Assert.Contains("0 users", project.Execute(new Dictionary<string, string?>()).Output);

        SqliteFile.Query(project.Folder["App_Data/shop.db"], "CREATE TABLE log (id); CREATE TRIGGER users_ai AFTER INSERT ON Users BEGIN INSERT INTO log VALUES (NEW.Id); END");
        project.Folder.Replace("Models/User.cs", "string Name { get; set; } = \"\";", "string? Name { get; set; }");
        Assert.Contains("rebuilds table \"Users\"", project.Run("DbRevision", "Msg=optional").Output);
        Assert.Contains("rebuilds table \"Users\"", project.Run("DbApprove").Output);
        Assert.Contains("restored trigger \"users_ai\"", project.Run("DbMigrate").Output);
        Assert.HasCount(1, SqliteFile.Query(project.Folder["App_Data/shop.db"], "SELECT name FROM sqlite_master WHERE type = 'trigger'"));

        project.Folder.Replace("AppContext.cs", "    static AppDbContext", """
                protected override void OnModelCreating(ModelBuilder model) => model.Entity<User>().Property(user => user.Name).UseCollation("UNI");

                static AppDbContext
            """);
        Assert.Contains("uses the collation \"UNI\"", project.Run("DbRevision", "Msg=collated").Output);
        project.Run("DbApprove");
        var refused = project.Build("-t:DbMigrate").Ours.Single();
        Assert.AreEqual("MIG3033", refused.Code, refused.Text);
        Assert.EndsWith("Collated.sql", refused.File);
        Assert.Contains("no such collation sequence: UNI", refused.Text);
    }
}
