using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

[TestClass]
public class RevisionTests
{
    [TestMethod]
    public void A_revision_is_CSharp_and_SQL_and_covers_the_drift()
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql).AddAvatar();

        var result = project.Build("-t:DbRevision", "-p:Msg=add user avatar");

        Assert.IsTrue(result.Succeeded, result.ToString());
        var id = Path.GetFileNameWithoutExtension(project.Sql("_AddUserAvatar"));
        foreach (var extension in new[] { ".cs", ".Designer.cs", ".sql", ".down.sql" })
            Assert.Contains($"Migrations/{id}{extension}", result.Output);
        Assert.Contains("adds column \"Users\".\"Avatar\" text", result.Output);
        Assert.EndsWith("\n\nALTER TABLE \"Users\" ADD \"Avatar\" text;\n", project.Folder.Read(project.Sql("AddUserAvatar")));
        Assert.EndsWith("\n\nALTER TABLE \"Users\" DROP COLUMN \"Avatar\";\n", project.Folder.Read(project.Sql("AddUserAvatar", down: true)));
        Assert.AreEqual("MIG1002", project.Build().Ours.Single().Code);
    }

    [TestMethod]
    public void What_the_compiled_CSharp_yields_is_what_was_drafted()
    {
        using var project = TestProject.CreateMigrated().AddAvatar().Configure("builder.Entity<User>().HasIndex(user => user.Name); builder.Entity<User>().HasData(new User { Id = 1, Name = \"it's\" });");
        project.Run("DbRevision");
        var before = project.Folder.Sources();

        project.Run("DbApprove");

        var after = project.Folder.Sources();
        foreach (var file in before.Keys.Where(file => file.EndsWith(".sql", StringComparison.Ordinal)))
            Assert.AreEqual(before[file], after[file]);
        Assert.IsEmpty(project.Build().Ours);
    }

    [TestMethod]
    public void Without_a_message_the_operations_name_it()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        project.Run("DbRevision");

        Assert.EndsWith("_AddUserAvatar.sql", project.Sql("Avatar"));
    }

    [TestMethod]
    [DataRow("a%3Bb%2Cc %22quoted%22 100%25 %24(x)", "ABCQuoted100X")]
    [DataRow("Größe ändern", "GrößeÄndern")]
    [DataRow("2nd try", "_2ndTry")]
    public void Any_message_makes_a_class_name(string message, string name)
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        project.Run("DbRevision", "Msg=" + message);

        Assert.EndsWith($"_{name}.sql", project.Sql(name));
        Assert.IsTrue(project.Build().Succeeded);
    }

    [TestMethod]
    [DataRow("!!!", "MIG4004")]
    [DataRow("initial", "MIG4005")]
    [DataRow("migration", "MIG4004")]
    public void A_name_that_cant_be_is_refused_and_nothing_is_written(string message, string code)
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        var before = project.Folder.Sources();

        var result = project.Build("-t:DbRevision", "-p:Msg=" + message);

        Assert.AreEqual(code, result.Ours.Single(finding => finding.IsError).Code);
        CollectionAssert.AreEquivalent(before.ToArray(), project.Folder.Sources().ToArray());
    }

    [TestMethod]
    public void A_message_in_the_environment_doesnt_count()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        Assert.IsTrue(project.Build(new Dictionary<string, string?> { ["Msg"] = "from the shell", ["DbEmpty"] = "true" }, "-t:DbRevision").Succeeded);

        Assert.EndsWith("_AddUserAvatar.sql", project.Sql("Avatar"));
    }

    [TestMethod]
    public void Without_drift_nothing_is_written()
    {
        using var project = TestProject.CreateMigrated();
        var before = project.Folder.Sources();

        Assert.Contains("no drift, nothing written", project.Run("DbRevision").Output);

        CollectionAssert.AreEquivalent(before.ToArray(), project.Folder.Sources().ToArray());
    }

    [TestMethod]
    public void Data_that_is_lost_and_what_was_taken_for_a_rename_are_named()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        project.Run("DbRevision");
        project.Folder.Replace("Models/User.cs", "string? Avatar", "string? Picture").Replace("Models/User.cs", "Name { get; set; } = \"\"", "Nickname { get; set; } = \"\"");
        project.Run("DbApprove");
        project.Folder.Replace("AppContext.cs", "namespace App;", "namespace App;\n\npublic class Extra { public int Id { get; set; } }");

        var output = project.Run("DbRevision", "Msg=changes").Output;

        Assert.Contains("RENAMES, and keeps the data: column \"Users\".", output);
        Assert.Contains("RENAMES, and keeps the data: column \"Users\".", project.Run("DbApprove").Output);
        project.Folder.Replace("Models/User.cs", "\n    public string? Picture { get; set; }\n", "");
        Assert.Contains("LOSES DATA: column \"Users\".\"Picture\", with all its values", project.Run("DbRevision", "Msg=drop picture").Output);
        Assert.Contains("LOSES DATA: column \"Users\".\"Picture\", with all its values", project.Run("DbApprove").Output);
    }

    [TestMethod]
    public void Discard_restores_what_was_though_the_project_doesnt_compile()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        var before = project.Folder.Sources();
        project.Run("DbRevision");
        project.Folder.Write("Program.cs", "This isn't C#.");

        project.Run("DbDiscard");

        project.Folder.Write("Program.cs", before["Program.cs"]);
        CollectionAssert.AreEquivalent(before.ToArray(), project.Folder.Sources().ToArray());
        Assert.IsFalse(project.Build("-t:DbDiscard").Succeeded, "The initial migration is approved.");
    }

    [TestMethod]
    public void Discard_of_the_first_revision_leaves_nothing()
    {
        using var project = TestProject.Create();
        var before = project.Folder.Sources();
        project.Run("DbRevision");

        project.Run("DbDiscard");

        CollectionAssert.AreEquivalent(before.ToArray(), project.Folder.Sources().ToArray());
    }

    [TestMethod]
    public void Discard_leaves_a_file_of_somebody_elses()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        project.Run("DbRevision");
        var sql = project.Sql("Avatar");
        project.Folder.Write(sql, "SELECT 'mine';\n");

        project.Run("DbDiscard");

        Assert.AreEqual("SELECT 'mine';\n", project.Folder.Read(sql));
        Assert.HasCount(1, Directory.GetFiles(project.Folder["Migrations"], "*.Designer.cs"));
    }

    [TestMethod]
    public void Where_nothing_can_be_written_nothing_is_half_written()
    {
        using var project = TestProject.Create();
        project.Folder.Write("Migrations", "A file, where the folder would be.");
        var before = project.Folder.Sources();

        var error = project.Build("-t:DbRevision", "-p:Msg=initial").Ours.Single();

        Assert.AreEqual("MIG4007", error.Code);
        Assert.Contains("Nothing was changed.", error.Text);
        CollectionAssert.AreEquivalent(before.ToList(), project.Folder.Sources().ToList());
    }

    [TestMethod]
    public void A_build_that_cant_write_the_SQL_of_a_draft_goes_on()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        project.Run("DbRevision");
        var sql = project.Sql("AddUserAvatar");
        File.Delete(project.Folder[sql]);
        Directory.CreateDirectory(project.Folder[sql]);

        var build = project.Build();

        Assert.IsTrue(build.Succeeded, build.ToString());
        Assert.AreEqual("MIG1002", build.Ours.Single().Code);
    }

    [TestMethod]
    public void Without_its_snapshot_nothing_is_drafted_all_over_again()
    {
        using var project = TestProject.CreateMigrated();
        File.Delete(project.Folder["Migrations/AppDbContextModelSnapshot.cs"]);

        Assert.AreEqual(("MIG1013", "AppContext.cs"), project.Build().Ours.Select(finding => (finding.Code, finding.File)).Single());
        Assert.AreEqual("MIG1013", project.Build("-t:DbRevision").Ours.Single(finding => finding.IsError).Code);
    }

    [TestMethod]
    [DataRow("string", 60, 100, "")]
    [DataRow("string", 100, 60, "values of column \"Users\".\"Name\" that don't fit into character varying(60)")]
    public void Only_a_column_that_shrinks_loses_data(string type, int before, int after, string loss)
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql);
        var property = $"public {type} Name";
        project.Folder.Replace("Models/User.cs", property, $"[System.ComponentModel.DataAnnotations.MaxLength({before})] {property}");
        project.Run("DbRevision", "Msg=limit");
        project.Folder.Replace("Models/User.cs", $"MaxLength({before})", $"MaxLength({after})");

        var revision = project.Run("DbRevision", "Msg=change").Output;
        var approval = project.Run("DbApprove").Output;

        Assert.AreEqual(loss.Length > 0, revision.Contains($"LOSES DATA: {loss}", StringComparison.Ordinal));
        Assert.AreEqual(loss.Length > 0, approval[approval.LastIndexOf("_Change", StringComparison.Ordinal)..].Contains($"LOSES DATA: {loss}", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Without_the_Design_package_drift_is_found_and_a_revision_says_what_to_add()
    {
        using var migrated = TestProject.CreateMigrated();
        using var project = TestProject.Create(TestPackages.WithoutDesign);
        foreach (var (file, text) in migrated.Folder.Sources().Where(file => file.Key.StartsWith("Migrations", StringComparison.Ordinal)))
            project.Folder.Write(file, text);
        project.AddAvatar();

        Assert.AreEqual("MIG1001", project.Build().Ours.Single().Code);
        var error = project.Build("-t:DbRevision").Ours.Single(finding => finding.IsError);

        Assert.AreEqual("MIG4003", error.Code);
        Assert.EndsWith($"Run: dotnet add package Microsoft.EntityFrameworkCore.Design --version {TestPackages.WithoutDesign.EfVersion}", error.Text);
    }
}
