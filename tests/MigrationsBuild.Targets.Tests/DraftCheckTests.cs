using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>A draft never leaves a project that doesn't compile.</summary>
[TestClass]
public class DraftCheckTests
{
    [TestMethod]
    public void A_draft_that_the_analyzers_reject_isnt_written()
    {
        using var project = TestProject.CreateMigrated(properties:
            "<AnalysisMode>All</AnalysisMode><TreatWarningsAsErrors>true</TreatWarningsAsErrors>"
            + "<EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>"
            + "<NoWarn>$(NoWarn);CA1515;CA1303;CA1062;CA1852;CA1725</NoWarn>");
        project.Folder.Write(
            ".editorconfig",
            "[*.cs]\ncsharp_style_namespace_declarations = file_scoped:error\n[Migrations/*_Initial.cs]\ngenerated_code = true\n");
        project.AddAvatar();
        var before = project.Folder.Sources();

        var analyzers = project.Build("-t:DbRevision", "-p:Msg=avatar").Ours.Single(finding => finding.IsError);

        Assert.AreEqual("MIG4019", analyzers.Code);
        Assert.Contains(
            "Add these lines to Migrations/.editorconfig, then draft again: \"[*.cs]\" \"generated_code = true\"",
            analyzers.Text);
        CollectionAssert.AreEquivalent(before.ToArray(), project.Folder.Sources().ToArray());

        project.Folder.Write("Migrations/.editorconfig", "[*.cs]\ngenerated_code = true\n");
        project.Run("DbRevision", "Msg=avatar");
        Assert.AreEqual("MIG1002", project.Build().Diagnostics.Single().Code);
    }

    [TestMethod]
    public void A_name_that_hides_a_type_of_the_migrations_isnt_taken()
    {
        // Here the build has no compiler server, and neither has the draft.
        using var project = TestProject.CreateMigrated(properties: "<UseSharedCompilation>false</UseSharedCompilation>")
            .AddToUser("public DateOnly Born { get; set; }");
        var before = project.Folder.Sources();

        var error = project.Build("-t:DbRevision", "-p:Msg=date only").Ours.Single(finding => finding.IsError);

        Assert.AreEqual("MIG4005", error.Code);
        Assert.StartsWith("The class DateOnly would hide System.DateOnly, which the migrations use.", error.Text);
        CollectionAssert.AreEquivalent(before.ToArray(), project.Folder.Sources().ToArray());
    }

    [TestMethod]
    public void Types_of_the_application_dont_hide_those_that_the_migrations_use()
    {
        using var project = TestProject.Create();
        project.Folder.Write("Migration.cs", """
            namespace App;

            public class Migration
            {
                public int Id { get; set; }

                public System.DateOnly Founded { get; set; }
            }

            public class MigrationBuilder;

            public struct DateOnly;

            public class DbContextAttribute : System.Attribute;

            """)
            .Replace(
                "AppContext.cs", "public DbSet<User>", "public DbSet<Migration> Migrations => Set<Migration>();\n\n    public DbSet<User>");
        project.Run("DbRevision", "Msg=initial");
        project.AddAvatar().Run("DbRevision");

        Assert.Contains(
            ": global::Microsoft.EntityFrameworkCore.Migrations.Migration",
            project.Folder.Read(project.Folder.Find("Migrations", "*_Initial.cs")));
        Assert.AreEqual("MIG1002 MIG1002", string.Join(' ', project.Build().Diagnostics.Select(finding => finding.Code)));
    }

    [TestMethod]
    public void A_project_that_lists_its_files_gets_the_names_of_the_files_to_add()
    {
        using var project = TestProject.CreateMigrated();
        var listed = Directory.GetFiles(project.Folder["Migrations"], "*.cs")
            .Select(file => $"<Compile Include=\"Migrations/{Path.GetFileName(file)}\" />");
        project.Folder.Replace(
            "App.csproj",
            "</Project>",
            $"<ItemGroup><Compile Remove=\"Migrations/**\" />{string.Concat(listed)}</ItemGroup></Project>");
        project.AddAvatar();

        var finding = project.Build("-t:DbRevision").Ours.Single();

        var id = Path.GetFileNameWithoutExtension(project.Sql("AddUserAvatar"));
        Assert.AreEqual(("MIG1021", $"Migrations/{id}.cs"), (finding.Code, finding.File));
        Assert.Contains(
            $"Add to the project file: <Compile Include=\"Migrations/{id}.cs\" /> <Compile Include=\"Migrations/{id}.Designer.cs\" />",
            finding.Text);
    }
}
