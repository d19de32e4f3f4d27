using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

[TestClass]
public class ApprovalTests
{
    private const string Approvals = "Migrations/AppDbContext.approvals";

    [TestMethod]
    public void A_draft_is_a_warning_an_error_on_a_build_server_and_silent_once_approved()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        project.Run("DbRevision");

        Assert.IsFalse(project.Build().Ours.Single().IsError);
        Assert.IsTrue(project.Build(TestCode.Ci).Ours.Single().IsError);
        var output = project.Run("DbApprove").Output;

        Assert.Contains("AddUserAvatar.sql", output);
        Assert.Contains("AppDbContext: 1 approved, 2 in all", output);
        Assert.IsEmpty(project.Build(TestCode.Ci).Ours);
        Assert.IsTrue(project.Build(TestCode.Ci).Succeeded);
    }

    [TestMethod]
    public void SQL_edited_by_hand_is_refused_until_it_is_approved_anew()
    {
        using var project = TestProject.CreateMigrated();
        var sql = project.Sql("Initial");
        project.Folder.Replace(sql, "CREATE TABLE", "CREATE  TABLE");

        var finding = project.Build(TestCode.Ci).Ours.Single();
        Assert.AreEqual(("MIG1003", sql, true), (finding.Code, finding.File, finding.IsError));
        Assert.AreEqual("MIG3016", project.Build("-t:DbMigrate").Ours.Single(found => found.IsError).Code);
        project.Run("DbApprove");
        Assert.AreEqual("MIG1003", project.Build().Ours.Single().Code, "Only by its name.");
        project.Run("DbApprove", "DbRev=Initial");

        Assert.IsEmpty(project.Build(TestCode.Ci).Ours);
        Assert.Contains("CREATE  TABLE", project.Folder.Read(sql));
        Assert.IsTrue(project.Build("-t:DbCheck").Succeeded);
        Assert.IsEmpty(project.Build("-t:DbCheck").Ours);
    }

    [TestMethod]
    public void CSharp_that_yields_the_same_SQL_is_no_edit_and_one_that_yields_another_is()
    {
        using var project = TestProject.CreateMigrated();
        var source = project.Sql("Initial").Replace(".sql", ".cs", StringComparison.Ordinal);
        project.Folder.Write(source, "// A licence.\n" + project.Folder.Read(source).TrimStart('\uFEFF'));

        Assert.IsEmpty(project.Build().Ours);
        project.Folder.Replace(source, "name: \"Users\"", "name: \"People\"");
        var finding = project.Build(TestCode.Ci).Ours.Single(found => found.Code == "MIG1003");

        Assert.AreEqual(source, finding.File);
        var unread = project.Build("-t:DbApprove", "-p:DbRev=head").Ours.Single(found => found.IsError);
        Assert.AreEqual(("MIG1019", project.Sql("Initial")), (unread.Code, unread.File));
        project.Run("DbApprove", "DbRev=head");
        Assert.Contains("CREATE TABLE \"People\"", project.Folder.Read(project.Sql("Initial")));
        Assert.DoesNotContain(found => found.Code == "MIG1003", project.Build().Ours);
    }

    [TestMethod]
    public void A_draft_whose_CSharp_changes_gets_its_SQL_anew_but_not_over_an_edit_by_hand()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        project.Run("DbRevision");
        var source = project.Sql("Avatar").Replace(".sql", ".cs", StringComparison.Ordinal);
        project.Folder.Replace(source, "protected override void Up(MigrationBuilder migrationBuilder)\n        {", "protected override void Up(MigrationBuilder migrationBuilder)\n        {\n            migrationBuilder.Sql(\"SELECT 1\");");
        project.Build();
        Assert.Contains("SELECT 1;", project.Folder.Read(project.Sql("Avatar")));

        project.Folder.Replace(project.Sql("Avatar"), "SELECT 1;", "SELECT 11;");
        Assert.Contains("(edited by hand)", project.Build().Ours.Single().Text);
        project.Folder.Replace(source, "\"SELECT 1\"", "\"SELECT 2\"");

        Assert.AreEqual("MIG1003", project.Build().Ours.Single().Code);
        Assert.Contains("SELECT 11;", project.Folder.Read(project.Sql("Avatar")));
    }

    [TestMethod]
    public void A_strict_build_writes_nothing_into_the_source_tree()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        project.Run("DbRevision");
        File.Delete(project.Folder[project.Sql("Avatar")]);
        File.Delete(project.Folder[project.Sql("Avatar", down: true)]);
        var before = project.Folder.Sources();

        Assert.AreEqual("MIG1002", project.Build(TestCode.Ci).Ours.Single().Code);
        CollectionAssert.AreEquivalent(before.ToArray(), project.Folder.Sources().ToArray());
        project.Build();

        Assert.HasCount(before.Count + 2, project.Folder.Sources());
    }

    [TestMethod]
    public void A_migration_that_is_gone_is_named_at_its_line_and_dropped_by_the_next_approval()
    {
        using var project = TestProject.CreateMigrated();
        var lines = project.Folder.Read(Approvals);
        project.Folder.Write(Approvals, lines + $"20990101000000_Gone base {new string('a', 64)} irreversible {new string('b', 64)}\n");

        var finding = project.Build(TestCode.Ci).Ours.Single();

        Assert.AreEqual(("MIG1004", Approvals, 8), (finding.Code, finding.File, finding.Line));
        project.Run("DbApprove");
        Assert.AreEqual(lines, project.Folder.Read(Approvals));
    }

    [TestMethod]
    public void A_migration_that_comes_behind_another_one_than_when_it_was_approved_is_named()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        project.Run("DbRevision");
        project.Run("DbApprove");
        var approvals = project.Folder.Read(Approvals).Split('\n');
        var first = approvals[6].Split(' ')[0];
        project.Folder.Replace(Approvals, $"Avatar {first} ", "Avatar base ");

        var finding = project.Build(TestCode.Ci).Ours.Single();

        Assert.AreEqual("MIG1005", finding.Code);
        Assert.Contains($"was approved behind base; {first}, of another branch, began there, too", finding.Text);
        project.Run("DbApprove", "DbRev=AddUserAvatar");
        Assert.IsEmpty(project.Build(TestCode.Ci).Ours);
    }

    [TestMethod]
    [DataRow("<<<<<<< HEAD\n", 7, "merge conflict")]
    [DataRow("what is this\n", 7, "this line isn't")]
    public void An_approvals_file_that_cant_be_read_is_an_error_at_its_line(string inserted, int line, string text)
    {
        using var project = TestProject.CreateMigrated();
        var lines = project.Folder.Read(Approvals).Split('\n').ToList();
        lines.Insert(6, inserted.TrimEnd());
        project.Folder.Write(Approvals, string.Join("\n", lines));
        var before = project.Folder.Sources();

        foreach (var target in new[] { "Build", "DbMigrate", "DbApprove", "DbRevision" })
        {
            var error = project.Build("-t:" + target).Ours.Single(finding => finding.IsError);
            Assert.AreEqual(("MIG1012", Approvals, line), (error.Code, error.File, error.Line), target);
            Assert.Contains(text, error.Text);
        }

        CollectionAssert.AreEquivalent(before.ToArray(), project.Folder.Sources().ToArray());
    }

    [TestMethod]
    public void A_file_of_somebody_elses_is_never_written_over()
    {
        using var project = TestProject.CreateMigrated();
        var sql = project.Sql("Initial");
        File.Delete(project.Folder[Approvals]);
        project.Folder.Write(sql, "SELECT 'mine';\n");

        var error = project.Build("-t:DbApprove").Ours.Single(finding => finding.IsError);

        Assert.AreEqual(("MIG1011", sql), (error.Code, error.File));
        Assert.AreEqual("SELECT 'mine';\n", project.Folder.Read(sql));
        Assert.IsFalse(File.Exists(project.Folder[Approvals]));
    }

    [TestMethod]
    public void Without_an_approvals_file_only_drift_is_checked_and_nothing_is_written()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        foreach (var file in Directory.GetFiles(project.Folder["Migrations"]).Where(file => !file.EndsWith(".cs", StringComparison.Ordinal)))
            File.Delete(file);
        var before = project.Folder.Sources();

        var result = project.Build();

        Assert.AreEqual("MIG1001", result.Ours.Single().Code);
        Assert.Contains(message => message.StartsWith("MIG1006: AppDbContext has 1 migrations and no approvals file", StringComparison.Ordinal), result.Messages);
        CollectionAssert.AreEquivalent(before.ToArray(), project.Folder.Sources().ToArray());
        Assert.AreEqual("MIG4009", project.Build("-t:DbMigrate").Ours.Single(finding => finding.IsError).Code);
    }

    [TestMethod]
    [DataRow("COMMIT;", "COMMIT would end the transaction")]
    [DataRow("\\\\set x 1", "backslash")]
    [DataRow("COPY t FROM STDIN;", "COPY")]
    public void SQL_that_breaks_any_runner_is_refused_with_its_reason(string sql, string reason)
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql).AddAvatar();
        project.Run("DbRevision");
        var source = project.Sql("Avatar").Replace(".sql", ".cs", StringComparison.Ordinal);
        project.Folder.Replace(source, "protected override void Up(MigrationBuilder migrationBuilder)\n        {", $"protected override void Up(MigrationBuilder migrationBuilder)\n        {{\n            migrationBuilder.Sql(\"{sql}\");");

        var warning = project.Build().Ours.Single();
        var error = project.Build("-t:DbApprove").Ours.Single(finding => finding.IsError);

        Assert.AreEqual(("MIG1010", source), (warning.Code, warning.File));
        Assert.AreEqual("MIG1010", error.Code);
        Assert.Contains(reason, error.Text);
    }

    [TestMethod]
    public void Our_SQL_isnt_embedded_or_copied_and_the_users_own_is()
    {
        const string items = """<EmbeddedResource Include="Migrations/*.sql" /><Content Include="Migrations/*.sql" CopyToOutputDirectory="PreserveNewest" />""";
        using var project = TestProject.CreateMigrated(properties: $"</PropertyGroup><ItemGroup>{items}</ItemGroup><PropertyGroup>");
        project.Folder.Write("Migrations/own.sql", "SELECT 1;\n").Write("Program.cs", "foreach (var name in typeof(App.AppDbContext).Assembly.GetManifestResourceNames()) System.Console.WriteLine(name);");
        Assert.IsTrue(project.Build().Succeeded);

        Assert.AreEqual("App.Migrations.own.sql\n", Dotnet.Run(project.Folder.Path, ["bin/Debug/net10.0/App.dll"]).Output);
        Assert.AreEqual(project.Folder["bin/Debug/net10.0/Migrations/own.sql"], Directory.GetFiles(project.Folder["bin"], "*.sql", SearchOption.AllDirectories).Single());
    }
}
