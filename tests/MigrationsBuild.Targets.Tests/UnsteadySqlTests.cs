using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>Migrations whose SQL is another one each time it is written, and what EF Core says while it writes it.</summary>
[TestClass]
public class UnsteadySqlTests
{
    [TestMethod]
    public void The_present_moment_is_pinned_once_and_no_check_takes_it_for_an_edit()
    {
        using var project = TestProject.CreateMigrated();
        project.Run("DbRevision", "Msg=moment", "DbEmpty=true");
        var source = project.Folder.Sources().Keys.Single(path => path.EndsWith("_Moment.cs", StringComparison.Ordinal));
        project.Folder.Replace(source, "void Up(MigrationBuilder migrationBuilder)\n        {", """
            void Up(MigrationBuilder migrationBuilder)
            {
                migrationBuilder.AlterColumn<string>(name: "Name", table: "Users", type: "TEXT", nullable: true);
                migrationBuilder.Sql($"INSERT INTO \"Users\" (\"Name\") VALUES ('{System.DateTime.UtcNow}'), ('{System.Guid.NewGuid()}'), ('{System.DateTime.Today:yyyy-MM-dd}')");
            """);
        project.Build();
        var read = project.Folder.Read(project.Sql("Moment"));

        var approval = project.Run("DbApprove");
        var check = project.Build(TestCode.Ci, "-t:DbCheck");

        Assert.Contains("PINNED AS IT IS NOW", approval.Output);
        Assert.Contains("EF CORE WARNS: ", approval.Output);
        Assert.AreEqual(Body(read), Body(project.Folder.Read(project.Sql("Moment"))), "What was read is what is pinned.");
        Assert.IsTrue(check.Succeeded, check.ToString());
        Assert.IsEmpty(check.Ours);
        Assert.IsTrue(check.Messages.Any(message => message.StartsWith("MIG1023: ", StringComparison.Ordinal)));
        project.Folder.Write(project.Sql("Moment"), project.Folder.Read(project.Sql("Moment")).Replace("INSERT INTO", "INSERT OR IGNORE INTO", StringComparison.Ordinal));
        Assert.AreEqual("MIG1003", project.Build("-t:DbCheck").Ours.Single().Code);
    }

    private static string Body(string file) => file[file.IndexOf("\n\n", StringComparison.Ordinal)..];
}
