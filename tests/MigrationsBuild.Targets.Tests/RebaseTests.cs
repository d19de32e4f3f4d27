using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>Two branches that have both added a migration, in real repositories with real conflicts.</summary>
[TestClass]
public class RebaseTests
{
    private const string ByHand = "migrationBuilder.Sql(\"UPDATE \\\"Users\\\" SET \\\"Avatar\\\" = 'none' WHERE \\\"Name\\\" <> '}';\");";
    private const string DownByHand = "migrationBuilder.Sql(\"DELETE FROM \\\"Users\\\" WHERE \\\"Avatar\\\" = 'none';\");";
    private const string Id = "public int Id { get; set; }";
    private const string Name = "Name { get; set; } = \"\";";
    private const string Snapshot = "Migrations/AppDbContextModelSnapshot.cs";
    private const string Approvals = "Migrations/AppDbContext.approvals";

    private static readonly Lazy<TestProject> _branches = new(MakeBranches);

    [TestMethod]
    public void In_a_rebase_the_draft_is_written_again_on_top_of_the_other_branch_with_the_statements_by_hand() => DraftAgain("rebase");

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void In_a_merge_the_draft_is_written_again_on_top_of_the_other_branch_with_the_statements_by_hand() => DraftAgain("merge");

    private static void DraftAgain(string command)
    {
        using var project = Create();
        Assert.AreNotEqual(0, Git(project, command, "main").ExitCode);
        Assert.Contains("<<<<<<<", project.Folder.Read(Snapshot));
        Assert.Contains("<<<<<<<", project.Folder.Read(Approvals));
        var old = project.Sql("AddAvatar");

        var result = project.Build("-t:DbRebase");

        Assert.IsTrue(result.Succeeded, result.ToString());
        Assert.Contains("  kept: migrationBuilder.Sql(\"UPDATE", result.Output);
        Assert.Contains("  kept: migrationBuilder.Sql(\"DELETE", result.Output);
        Assert.DoesNotContain("no longer needed:", result.Output);
        Assert.AreNotEqual(old, project.Sql("AddAvatar"));
        Assert.IsGreaterThan(0, string.CompareOrdinal(project.Sql("AddAvatar"), project.Sql("AddAge")));
        var code = project.Folder.Read(project.Sql("AddAvatar").Replace(".sql", ".cs", StringComparison.Ordinal));
        Assert.IsGreaterThan(code.IndexOf("AddColumn", StringComparison.Ordinal), code.IndexOf(ByHand, StringComparison.Ordinal));
        Assert.IsGreaterThan(code.IndexOf("Down(", StringComparison.Ordinal), code.IndexOf(DownByHand, StringComparison.Ordinal));
        Assert.DoesNotContain("Age", code);
        Assert.Contains("SET \"Avatar\" = 'none'", project.Folder.Read(project.Sql("AddAvatar")));
        Assert.AreEqual("MIG1002", project.Build().Ours.Single().Code);
        project.Run("DbApprove");
        Succeed(project, "add", "--all", "App/Migrations");
        Succeed(project, command == "merge" ? "commit" : "rebase", command == "merge" ? "--no-edit" : "--continue");
        Assert.IsTrue(project.Build(TestCode.Ci, "-t:DbCheck").Succeeded);
        Assert.Contains("3 migrations verified", project.Run("DbVerify").Output);
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void A_branch_can_be_named_when_there_were_no_conflicts()
    {
        using var project = Create();
        Git(project, "merge", "main");
        Succeed(project, "checkout", "--theirs", "App/" + Snapshot, "App/" + Approvals);
        Succeed(project, "add", "--all");
        Succeed(project, "commit", "--no-edit");
        var refused = project.Build("-t:DbRebase");
        Assert.AreEqual("MIG4020", refused.Ours.Single().Code);
        Assert.Contains("come first, and run: dotnet build -t:DbRebase -p:DbOnto=main", refused.Ours.Single().Text);

        Assert.Contains("on top of main", project.Run("DbRebase", "DbOnto=main").Output);

        Assert.AreEqual("MIG1002", project.Build().Ours.Single().Code);
        Assert.AreEqual("MIG4020", project.Build("-t:DbRebase", "-p:DbOnto=nowhere").Ours.Single().Code);
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void A_migration_with_SQL_only_is_drafted_again_too()
    {
        using var project = TestProject.CreateMigrated();
        Commit(project, "first");
        Succeed(project, "checkout", "-q", "-b", "feature");
        project.Run("DbRevision", "Msg=names", "DbEmpty=true");
        var source = project.Sql("Names").Replace(".sql", ".cs", StringComparison.Ordinal);
        const string Empty = "{\n\n        }\n\n        /// <inh";
        project.Folder.Replace(source, Empty, Empty.Replace("\n\n        }", $"\n            {DownByHand}\n        }}"));
        project.Folder.Replace(source, "Avatar", "Name");
        project.Build();
        ApproveAndAddAgeOnMain(project);
        Git(project, "merge", "main");

        var result = project.Build("-t:DbRebase", "-p:Msg=fill names");

        Assert.IsTrue(result.Succeeded, result.ToString());
        Assert.IsGreaterThan(0, string.CompareOrdinal(project.Sql("FillNames"), project.Sql("AddAge")));
        Assert.Contains("DELETE FROM", project.Folder.Read(project.Sql("FillNames")));
        Assert.AreEqual("MIG1002", project.Build().Ours.Single().Code);
    }

    [TestMethod]
    public void If_it_fails_every_file_is_as_before()
    {
        using var project = Create();
        project.Folder.Replace("Models/User.cs", "Name", "FullName");
        Succeed(project, "commit", "-q", "--all", "-m", "conflict");
        Git(project, "merge", "main");
        project.Folder.Replace("Models/User.cs", "}", "} this doesn't compile");
        Succeed(project, "add", "App/Models");
        var before = Files(project);

        var result = project.Build("-t:DbRebase");

        Assert.IsFalse(result.Succeeded);
        Assert.AreEqual("MIG4020", result.Ours.Single().Code, result.ToString());
        Assert.AreEqual(before, Files(project));
    }

    [TestMethod]
    public void Conflicts_in_the_model_are_resolved_first()
    {
        using var project = Create();
        project.Folder.Replace("Models/User.cs", Id, $"{Id}\n\n    public int Size {{ get; set; }}");
        Succeed(project, "commit", "-q", "--all", "-m", "conflict");
        Git(project, "merge", "main");
        Assert.Contains("<<<<<<<", project.Folder.Read("Models/User.cs"));
        var before = Files(project);

        var error = project.Build("-t:DbRebase").Ours.Single();

        Assert.AreEqual("MIG4020", error.Code);
        Assert.Contains("Resolve the conflicts in Models/User.cs first, and mark them as resolved: git add.", error.Text);
        Assert.AreEqual(before, Files(project));
    }

    [ClassCleanup]
    public static void Cleanup()
    {
        if (_branches.IsValueCreated)
            _branches.Value.Dispose();
    }

    /// <summary>The branch <c>feature</c> adds a column, and the branch <c>main</c> another one. It is made once and then copied.</summary>
    private static TestProject Create()
    {
        var project = TestProject.CreateMigrated();
        var source = Path.Combine(_branches.Value.Folder.Run, ".git");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(project.Folder.Run, ".git", Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Succeed(project, "reset", "-q", "--hard");
        project.Build();
        return project;
    }

    private static TestProject MakeBranches()
    {
        var project = TestProject.CreateMigrated();
        Commit(project, "first");
        Succeed(project, "checkout", "-q", "-b", "feature");
        project.Folder.Replace("Models/User.cs", Name, $"{Name}\n\n    public string? Avatar {{ get; set; }}");
        project.Run("DbRevision", "Msg=add avatar");
        AddByHand(project);
        project.Build();
        ApproveAndAddAgeOnMain(project);
        return project;
    }

    /// <summary>Commits the approved draft of <c>feature</c>, and a migration on <c>main</c>.</summary>
    private static void ApproveAndAddAgeOnMain(TestProject project)
    {
        project.Run("DbApprove");
        Succeed(project, "add", "--all");
        Succeed(project, "commit", "-q", "-m", "feature");
        Succeed(project, "checkout", "-q", "main");
        project.Folder.Replace("Models/User.cs", Id, $"{Id}\n\n    public int Age {{ get; set; }}");
        project.Run("DbRevision", "Msg=add age");
        project.Run("DbApprove");
        Succeed(project, "add", "--all");
        Succeed(project, "commit", "-q", "-m", "age");
        Succeed(project, "checkout", "-q", "feature");
    }

    private static void Commit(TestProject project, string message)
    {
        File.WriteAllText(Path.Combine(project.Folder.Run, ".gitignore"), "bin/\nobj/\n*.db\n*.binlog\n");
        Succeed(project, "init", "-q", "-b", "main");
        Succeed(project, "add", "--all");
        Succeed(project, "commit", "-q", "-m", message);
    }

    private static void AddByHand(TestProject project)
    {
        var source = project.Sql("AddAvatar").Replace(".sql", ".cs", StringComparison.Ordinal);
        project.Folder.Replace(source, "nullable: true);", $"nullable: true);\n\n            // Everybody has one.\n            {ByHand}");
        project.Folder.Replace(source, "migrationBuilder.DropColumn(", $"{DownByHand}\n\n            migrationBuilder.DropColumn(");
    }

    private static string Files(TestProject project) => string.Join("\n", Directory
        .EnumerateFiles(project.Folder["Migrations"]).Order().Select(path => $"{path}\n{File.ReadAllText(path)}"));

    private static void Succeed(TestProject project, params string[] arguments)
    {
        var result = Git(project, arguments);
        Assert.AreEqual(0, result.ExitCode, result.ToString());
    }

    private static CommandResult Git(TestProject project, params string[] arguments) => CommandLine.Run(
        project.Folder.Run,
        "git",
        ["-c", "user.name=test", "-c", "user.email=test@localhost", "-c", "core.editor=true", .. arguments]);
}
