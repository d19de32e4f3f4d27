using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>
/// A project whose Designer files were removed by hand to reduce the build time: the attributes are in the migrations. Some of its SQL
/// comes from embedded resources.
/// </summary>
[TestClass]
public class NoDesignerFilesTests
{
    internal const string Scripts = """<EmbeddedResource Include="Migrations/Scripts/*.sql" />""";

    [TestMethod]
    public void It_gets_the_same_schema_and_rows_as_from_EF_Core()
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
        project.Folder.Write(
            "Migrations/Scripts/WeeklyReport.sql",
            project.Folder.Read("Migrations/Scripts/WeeklyReport.sql") + "\nCOMMENT ON FUNCTION week_of(date) IS 'ISO weeks';\n");

        var finding = project.Build().Ours.Single();

        Assert.AreEqual("MIG1003", finding.Code, finding.ToString());
        Assert.Contains("20260220093109_WeeklyReport", finding.Text);
    }

    [TestMethod]
    public void A_script_with_another_extension_and_a_name_that_is_composed_at_run_time_is_noticed()
    {
        using var project = TestProject.CreateFrom(
            "Stripped", TestPackages.Npgsql, """<EmbeddedResource Include="Migrations/Scripts/*.sql;Migrations/Scripts/*.psql" />""");
        File.Move(project.Folder["Migrations/Scripts/WeeklyReport.sql"], project.Folder["Migrations/Scripts/report-1.psql"]);
        project.Folder.Replace(
            "Migrations/MigrationScript.cs",
            "n.EndsWith($\".Scripts.{name}.sql\", StringComparison.Ordinal)",
            "n.EndsWith($\".{name}.sql\", StringComparison.Ordinal) || n.EndsWith($\".{name}.psql\", StringComparison.Ordinal)");
        project.Folder.Replace("Migrations/20260220093109_WeeklyReport.cs", "\"WeeklyReport\"", "\"report-\" + 1");
        project.Run("DbApprove");
        project.Folder.Write(
            "Migrations/Scripts/report-1.psql",
            project.Folder.Read("Migrations/Scripts/report-1.psql") + "\nCOMMENT ON FUNCTION week_of(date) IS 'ISO weeks';\n");

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

        CollectionAssert.AreEquivalent(
            before.ToList(),
            Directory.GetFiles(project.Folder["Migrations/Scripts"]).ToDictionary(file => file, File.ReadAllText).ToList());
        Assert.IsEmpty(project.Build(TestCode.Ci).Diagnostics);
    }

    private static TestProject Adopted()
    {
        var project = TestProject.CreateFrom("Stripped", TestPackages.Npgsql, Scripts);
        project.Run("DbApprove");
        return project;
    }
}
