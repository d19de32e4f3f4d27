using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>Migrations whose SQL is another one each time it is written.</summary>
[TestClass]
public class NonDeterministicSqlTests
{
    [TestMethod]
    public void The_current_time_is_pinned_once_and_is_not_an_edit_later()
    {
        using var project = TestProject.CreateMigrated();
        project.Run("DbRevision", "Msg=moment", "DbEmpty=true");
        var source = project.Folder.Sources().Keys.Single(path => path.EndsWith("_Moment.cs", StringComparison.Ordinal));
        project.Folder.Replace(source, "void Up(MigrationBuilder migrationBuilder)\n        {", """
            void Up(MigrationBuilder migrationBuilder)
            {
                migrationBuilder.Sql(
                    "INSERT INTO \"Users\" (\"Name\") VALUES "
                    + $"('{System.DateTime.UtcNow}'), ('{System.Guid.NewGuid()}'), ('{System.DateTime.Today:yyyy-MM-dd}')");
            """);
        File.Delete(project.Folder[project.Sql("Moment")]);
        project.Run("DbApprove");

        var check = project.Build(TestCode.Ci, "-t:DbCheck");

        Assert.IsTrue(check.Succeeded, check.ToString());
        Assert.IsEmpty(check.Ours);
        Assert.IsTrue(check.Messages.Any(message => message.StartsWith("MIG1023: ", StringComparison.Ordinal)));
    }
}
