using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

[TestClass]
public class DriftTests
{
    private const string Avatar =
        "Models/User.cs(9,20): warning MIG1001: User.Avatar has no migration: adds column \"Users\".\"Avatar\" TEXT. Run: dotnet build -t:DbRevision -p:Msg=\"add user avatar\"";

    [TestMethod]
    public void A_new_property_is_named_at_its_place_with_the_command_that_mends_it()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        var result = project.Build();

        Assert.IsTrue(result.Succeeded, result.ToString());
        Assert.AreEqual(Avatar, result.Ours.Single().ToString());
    }

    [TestMethod]
    public void Every_build_says_it_and_only_the_first_starts_a_process()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        var first = project.Build();
        var second = project.Build();

        Assert.AreEqual(1, first.WorkerStarts);
        Assert.AreEqual(0, second.WorkerStarts);
        Assert.AreEqual(Avatar, second.Ours.Single().ToString());
    }

    [TestMethod]
    [DataRow("Debug", "true")]
    [DataRow("Release", "true")]
    [DataRow("Release", "false")]
    public void Places_hold_in_every_configuration_and_under_mapped_paths(string configuration, string isCi)
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        var result = project.Build("-c", configuration, $"-p:ContinuousIntegrationBuild={isCi}");

        Assert.AreEqual(("Models/User.cs", 9, 20), Place(result.Ours.Single()));
        Assert.AreEqual(isCi == "true", result.Ours.Single().IsError);
    }

    [TestMethod]
    public void Without_a_PDB_there_is_no_place_but_still_a_finding()
    {
        using var project = TestProject.CreateMigrated(properties: "<DebugType>none</DebugType>").AddAvatar();

        Assert.Contains("User.Avatar has no migration", project.Build().Ours.Single().Text);
    }

    [TestMethod]
    [DataRow("public int Score\n    {\n        get => _score;\n        set => _score = value;\n    }\n\n    private int _score;", 9, 16, "User.Score has no migration: adds column \"Users\".\"Score\" INTEGER")]
    [DataRow("public User? Manager { get; set; }", 9, 18, "User.Manager has no migration: adds column \"Users\".\"ManagerId\" INTEGER; adds index \"IX_Users_ManagerId\" on \"Users\" (\"ManagerId\"); adds foreign key \"FK_Users_Users_ManagerId\" from \"Users\" (\"ManagerId\") to \"Users\"")]
    public void A_member_is_found_however_it_is_written(string member, int line, int column, string text)
    {
        using var project = TestProject.CreateMigrated().AddToUser(member);

        var finding = project.Build().Ours.Single();

        Assert.AreEqual(("Models/User.cs", line, column), Place(finding));
        Assert.StartsWith(text, finding.Text);
    }

    [TestMethod]
    public void What_concerns_a_class_is_named_at_the_class()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Replace("Models/User.cs", "\n    public string Name { get; set; } = \"\";\n", "");

        var finding = project.Build().Ours.Single();

        Assert.AreEqual(("Models/User.cs", 3, 14), Place(finding));
        Assert.StartsWith("User has no migration: drops column \"Users\".\"Name\".", finding.Text);
    }

    [TestMethod]
    public void What_concerns_no_class_is_named_at_the_context()
    {
        using var project = TestProject.CreateMigrated().Configure("builder.Ignore<User>();");

        var finding = project.Build().Ours.Single();

        Assert.AreEqual(("AppContext.cs", 6, 14), Place(finding));
        Assert.StartsWith("AppDbContext has no migration: drops table \"Users\".", finding.Text);
    }

    [TestMethod]
    public void An_index_is_named_at_its_property_and_a_changed_column_with_what_changed()
    {
        using var project = TestProject.CreateMigrated().Configure("builder.Entity<User>().HasIndex(user => user.Name).IsUnique(); builder.Entity<User>().Property(user => user.Name).HasColumnType(\"BLOB\");");

        var finding = project.Build().Ours.Single();

        Assert.AreEqual(("Models/User.cs", 7, 19), Place(finding));
        Assert.StartsWith("User.Name has no migration: changes column \"Users\".\"Name\": type TEXT to BLOB; adds unique index \"IX_Users_Name\" on \"Users\" (\"Name\").", finding.Text);
    }

    [TestMethod]
    public void What_belongs_to_a_new_class_is_one_finding_at_that_class()
    {
        using var project = TestProject.CreateMigrated().AddToUser("public List<Post> Posts { get; } = [];");
        project.Folder.Write("Models/Post.cs", "namespace App.Models;\n\n[Microsoft.EntityFrameworkCore.Index(nameof(Title))]\npublic class Post\n{\n    public int Id { get; set; }\n\n    public string? Title { get; set; }\n}\n");

        var finding = project.Build().Ours.Single();

        Assert.AreEqual(("Models/Post.cs", 4, 14), Place(finding));
        Assert.EndsWith("-p:Msg=\"create post\"", finding.Text);
    }

    [TestMethod]
    public void A_join_table_is_named_at_its_navigation()
    {
        using var project = TestProject.CreateMigrated().AddToUser("public List<User> Friends { get; } = [];").AddToUser("public List<User> FriendOf { get; } = [];")
            .Configure("builder.Entity<User>().HasMany(user => user.Friends).WithMany(user => user.FriendOf);");

        var finding = project.Build().Ours.Single();

        Assert.AreEqual("Models/User.cs", finding.File);
        Assert.StartsWith("User.Friend", finding.Text);
    }

    [TestMethod]
    public void A_property_of_the_name_of_its_type_is_found_by_its_own_name()
    {
        using var project = TestProject.CreateMigrated().AddToUser("public Mood Mood { get; set; }");
        project.Folder.Write("Models/Mood.cs", "namespace App.Models;\n\npublic enum Mood { Good, Bad }\n");

        Assert.AreEqual(("Models/User.cs", 9, 17), Place(project.Build().Ours.Single()));
    }

    [TestMethod]
    public void Ten_are_shown_and_the_rest_is_counted()
    {
        using var project = TestProject.CreateMigrated();
        for (var number = 14; number > 0; number--)
            project.AddToUser($"public int? P{number} {{ get; set; }}");

        var findings = project.Build().Ours;

        Assert.HasCount(11, findings);
        Assert.StartsWith("4 more differences between AppDbContext and its migrations. Run: dotnet build -t:DbRevision", findings[^1].Text);
    }

    [TestMethod]
    public void A_project_without_context_or_without_migrations_is_left_in_peace()
    {
        using var withoutMigrations = TestProject.Create();
        Assert.IsEmpty(withoutMigrations.Build().Ours);

        withoutMigrations.Folder.Write("AppContext.cs", "");
        Assert.IsEmpty(withoutMigrations.Build().Ours);
    }

    [TestMethod]
    [DataRow("CI", "true", true)]
    [DataRow("CI", "1", true)]
    [DataRow("CI", "false", false)]
    [DataRow("CI", "0", false)]
    [DataRow("GITHUB_ACTIONS", "true", true)]
    [DataRow("BUILD_ID", "7", false)]
    public void A_build_server_makes_errors_of_it_and_says_why(string variable, string value, bool isError)
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        var result = project.Build(new Dictionary<string, string?> { [variable] = value });

        Assert.AreEqual(isError, result.Ours.Single().IsError);
        Assert.AreEqual(!isError, result.Succeeded);
        Assert.AreEqual(isError, result.Ours.Single().Text.EndsWith($"(An error, because {variable}{(variable == "CI" ? "=" + value : " is set")}.)", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow("-p:DbDrift=error", "error")]
    [DataRow("-p:DbDrift=off", "")]
    [DataRow("-p:TreatWarningsAsErrors=true", "error")]
    [DataRow("-p:NoWarn=MIG1001", "")]
    [DataRow("-warnaserror", "error")]
    [DataRow("-p:DbCheckDuringBuild=false", "")]
    [DataRow("-p:DbCheckDuringBuild=strict", "")]
    [DataRow("-p:DbStrict=true", "error")]
    public void It_can_be_made_louder_and_silenced(string argument, string severity)
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        var findings = project.Build(argument).Ours;

        Assert.AreEqual(severity, findings.SingleOrDefault() is { } finding ? finding.IsError ? "error" : "warning" : "");
    }

    private static (string File, int Line, int Column) Place(BuildDiagnostic finding) => (finding.File, finding.Line, finding.Column);
}
