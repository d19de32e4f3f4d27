using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>
/// A project whose Designer files were taken out by hand, for the build time: the attributes stand in the migrations. Some of its SQL comes
/// from embedded resources.
/// </summary>
[TestClass]
public class NoDesignerFilesTests
{
    private const string Scripts = """<EmbeddedResource Include="Migrations/Scripts/*.sql" />""";

    [TestMethod]
    public void It_gets_the_schema_and_rows_that_EF_Core_gives_it()
    {
        using var project = Adopted();
        Assert.IsEmpty(project.Build(TestCode.Ci).Diagnostics);
        var (theirs, ours) = (PostgreSqlServer.NewName(), PostgreSqlServer.NewName());
        var server = PostgreSqlServer.Shared;

        project.Execute(new Dictionary<string, string?> { ["STRIPPED_CONNECTION"] = server.ConnectionString(theirs) });
        project.RunOn(server.ConnectionString(ours), "DbMigrate");

        Assert.AreEqual(server.Dump(theirs), server.Dump(ours));
        Assert.AreEqual(server.Dump(theirs, "--data-only", "--inserts"), server.Dump(ours, "--data-only", "--inserts"));
        server.Execute("postgres", $"DROP DATABASE {theirs}");
        server.Execute("postgres", $"DROP DATABASE {ours}");
    }

    [TestMethod]
    public void A_changed_embedded_script_is_an_edit_of_the_migration_that_reads_it()
    {
        using var project = Adopted();
        project.Folder.Write("Migrations/Scripts/WeeklyReport.sql", project.Folder.Read("Migrations/Scripts/WeeklyReport.sql") + "\nCOMMENT ON FUNCTION week_of(date) IS 'ISO weeks';\n");

        var finding = project.Build().Ours.Single();

        Assert.AreEqual("MIG1003", finding.Code, finding.ToString());
        Assert.Contains("20260220093109_WeeklyReport", finding.Text);
    }

    [TestMethod]
    public void A_script_of_another_ending_whose_name_is_put_together_at_run_time_is_noticed_as_well()
    {
        using var project = TestProject.CreateFrom("Stripped", TestPackages.Npgsql, """<EmbeddedResource Include="Migrations/Scripts/*.sql;Migrations/Scripts/*.psql" />""");
        File.Move(project.Folder["Migrations/Scripts/WeeklyReport.sql"], project.Folder["Migrations/Scripts/report-1.psql"]);
        project.Folder.Replace("Migrations/MigrationScript.cs", "n.EndsWith($\".Scripts.{name}.sql\", StringComparison.Ordinal)", "n.EndsWith($\".{name}.sql\", StringComparison.Ordinal) || n.EndsWith($\".{name}.psql\", StringComparison.Ordinal)");
        project.Folder.Replace("Migrations/20260220093109_WeeklyReport.cs", "\"WeeklyReport\"", "\"report-\" + 1");
        project.Run("DbApprove");
        project.Folder.Write("Migrations/Scripts/report-1.psql", project.Folder.Read("Migrations/Scripts/report-1.psql") + "\nCOMMENT ON FUNCTION week_of(date) IS 'ISO weeks';\n");

        var finding = project.Build().Ours.Single();

        Assert.AreEqual("MIG1003", finding.Code, finding.ToString());
        Assert.Contains("20260220093109_WeeklyReport", finding.Text);
    }

    [TestMethod]
    public void The_projects_own_SQL_files_are_left_alone()
    {
        using var project = Adopted();
        var before = Directory.GetFiles(project.Folder["Migrations/Scripts"]).ToDictionary(file => file, File.ReadAllText);

        project.Run("DbRevision", "DbEmpty=true", "Msg=nothing yet");
        project.Run("DbApprove");

        CollectionAssert.AreEquivalent(before.ToList(), Directory.GetFiles(project.Folder["Migrations/Scripts"]).ToDictionary(file => file, File.ReadAllText).ToList());
        Assert.IsEmpty(project.Build(TestCode.Ci).Diagnostics);
    }

    private static TestProject Adopted()
    {
        var project = TestProject.CreateFrom("Stripped", TestPackages.Npgsql, Scripts);
        project.Run("DbApprove");
        return project;
    }
}
