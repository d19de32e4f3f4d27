using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>One build of each kind; what decides a verdict is tested on the tasks themselves.</summary>
[TestClass]
public class ApprovalTests
{
    [TestMethod]
    public void A_draft_is_a_warning_until_it_is_approved_and_its_CSharp_generates_the_same_SQL()
    {
        using var project = TestProject.CreateMigrated().AddAvatar().Configure(
            "builder.Entity<User>().HasIndex(user => user.Name); builder.Entity<User>().HasData(new User { Id = 1, Name = \"it's\" });");

        var revision = project.Run("DbRevision", "Msg=add user avatar").Output;
        var drafted = Sql(project);
        var draft = project.Build().Ours.Single();
        var approval = project.Run("DbApprove").Output;
        var approved = project.Build(TestCode.Ci);

        var id = Path.GetFileNameWithoutExtension(project.Sql("_AddUserAvatar"));
        foreach (var extension in new[] { ".cs", ".Designer.cs", ".sql", ".down.sql" })
            Assert.Contains($"Migrations/{id}{extension}", revision);
        Assert.AreEqual(("MIG1002", $"Migrations/{id}.sql", false), (draft.Code, draft.File, draft.IsError));
        Assert.Contains("AppDbContext: 1 approved, 2 in all", approval);
        CollectionAssert.AreEquivalent(drafted, Sql(project));
        Assert.IsTrue(approved.Succeeded, approved.ToString());
        Assert.IsEmpty(approved.Ours);
    }

    [TestMethod]
    public void SQL_that_loses_data_is_reported_at_its_statement_and_must_be_accepted()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        project.Run("DbRevision", "Msg=add user avatar");
        project.Run("DbApprove");
        project.Folder.Replace("Models/User.cs", "\n\n    public string? Avatar { get; set; }", "");

        var revision = project.Run("DbRevision", "Msg=drop user avatar").Output;
        var warnings = project.Build().Ours.ToList();
        var refused = project.Build("-t:DbApprove");
        var accepted = project.Run("DbApprove", "DbAccept=MIG2102", "DbBecause=nobody reads it");
        var clean = project.Build(TestCode.Ci);

        Assert.Contains("MIG2102: Column \"Users\".\"Avatar\" is dropped with all its values.", revision);
        CollectionAssert.AreEqual(new[] { "MIG1002", "MIG2102" }, warnings.ConvertAll(warning => warning.Code));
        Assert.AreEqual(("MIG2102", true), (refused.Ours.Single().Code, refused.Ours.Single().IsError));
        Assert.IsTrue(accepted.Succeeded, accepted.ToString());
        Assert.IsEmpty(clean.Ours);
        Assert.Contains(" accepts MIG2102 \"nobody reads it\"\n", project.Folder.Read("Migrations/AppDbContext.approvals"));
    }

    [TestMethod]
    public void A_rename_that_EF_Core_doesnt_see_is_drafted_again_with_the_answer()
    {
        using var project = TestProject.CreateMigrated().AddToUser("[MaxLength(50)] public string? Nick { get; set; }");
        project.Folder.Replace("Models/User.cs", "namespace", "using System.ComponentModel.DataAnnotations;\n\nnamespace");
        project.Run("DbRevision", "Msg=add nick");
        project.Run("DbApprove");
        project.Folder.Replace("Models/User.cs", "[MaxLength(50)] public string? Nick ", "[MaxLength(99)] public string? Nickname ");

        var first = project.Run("DbRevision", "Msg=longer nick").Output;
        var again = project.Run("DbRevision", "DbAmend=true", "DbRename=Users.Nick:Nickname").Output;

        Assert.Contains("MIG2104: Column \"Users\".\"Nick\" is dropped with all its values, and \"Users\".\"Nickname\" is added.", first);
        Assert.Contains("If it was renamed, run: dotnet build -t:DbRevision -p:DbAmend=true -p:DbRename=Users.Nick:Nickname", first);
        Assert.DoesNotContain("MIG2104", again);
        Assert.Contains("RenameColumn(", project.Folder.Read(project.Sql("LongerNick").Replace(".sql", ".cs", StringComparison.Ordinal)));
        Assert.AreEqual("MIG1002 MIG2401", string.Join(" ", project.Build().Ours.Select(warning => warning.Code)));
    }

    [TestMethod]
    public void Our_SQL_isnt_embedded_or_copied_and_the_users_own_is()
    {
        const string items = """
            <EmbeddedResource Include="Migrations/*.sql" />
            <Content Include="Migrations/*.sql" CopyToOutputDirectory="PreserveNewest" />
            """;
        using var project = TestProject.CreateMigrated(properties: $"</PropertyGroup><ItemGroup>{items}</ItemGroup><PropertyGroup>");
        project.Folder.Write("Migrations/own.sql", "SELECT 1;\n").Write(
            "Program.cs",
            "foreach (var name in typeof(App.AppDbContext).Assembly.GetManifestResourceNames()) System.Console.WriteLine(name);");
        Assert.IsTrue(project.Build().Succeeded);

        Assert.AreEqual("App.Migrations.own.sql\n", Dotnet.Run(project.Folder.Path, ["bin/Debug/net10.0/App.dll"]).Output);
        Assert.AreEqual(
            project.Folder["bin/Debug/net10.0/Migrations/own.sql"],
            Directory.GetFiles(project.Folder["bin"], "*.sql", SearchOption.AllDirectories).Single());
    }

    private static KeyValuePair<string, string>[] Sql(TestProject project) =>
        [.. project.Folder.Sources().Where(file => file.Key.EndsWith(".sql", StringComparison.Ordinal))];
}
