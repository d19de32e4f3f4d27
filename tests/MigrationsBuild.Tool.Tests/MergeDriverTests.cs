using System.Text.RegularExpressions;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Tool.Tests;

/// <summary>Merges by git, with the driver as <c>dotnet db init --git</c> configures it.</summary>
[TestClass]
public class MergeDriverTests
{
    private const string Snapshot = "Migrations/AppDbContextModelSnapshot.cs";
    private const string Approvals = "Migrations/AppDbContext.approvals";

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void Two_branches_with_migrations_are_merged_without_a_conflict_and_the_build_asks_for_the_order()
    {
        using var project = TestProject.CreateMigrated();
        using var git = new GitClone(project.Folder);
        project.Folder.Replace("AppContext.cs", "Set<User>();", "Set<User>();\n\n    public DbSet<Tag> Tags => Set<Tag>();");
        project.Folder.Write("Models/Tag.cs", "namespace App.Models;\n\npublic class Tag\n{\n    public int Id { get; set; }\n}\n");
        Draft("add tags");
        git.Succeed("checkout", "-q", "-b", "feature");
        project.Folder.Replace("Models/Tag.cs", "Id { get; set; }", "Id { get; set; }\n\n    public string? Color { get; set; }");
        Draft("add color");
        git.Succeed("checkout", "-q", "main");
        project.Folder.Replace("Models/User.cs", "public string Name", "public int Age { get; set; }\n\n    public string Name");
        project.Folder.Replace("Models/Tag.cs", "public int Id", "public string? Code { get; set; }\n\n    public int Id");
        Draft("add age and code");

        git.Succeed("merge", "--no-edit", "feature");

        Assert.AreEqual("MIG1005", project.Build().Ours.Single().Code);
        var later = Regex.Match(project.Folder.Read(Approvals), @"(\d+_AddAgeAndCode) ").Groups[1].Value;
        // SQLite rebuilds the table to drop a column of it, and the table now has the other column as well.
        Assert.Contains("MIG1019", project.Call(null, "approve", later).Error);
        project.Succeed("approve", later);
        Assert.Contains("No new upgrade operations detected", project.Succeed("check"));
        Assert.Contains("4 migrations verified", project.Succeed("verify"));

        void Draft(string message)
        {
            project.Run("DbRevision", "Msg=" + message);
            project.Run("DbApprove");
            git.Commit(message);
        }
    }

    [TestMethod]
    [DataRow("merge")]
    [DataRow("rebase")]
    public void A_conflict_has_the_markers_of_git(string command)
    {
        using var folder = new TestFolder();
        using var git = new GitClone(folder);
        var (first, second) = ("1_A base " + Hashes, "2_B 1_A " + Hashes);
        Commit(first);
        git.Succeed("checkout", "-q", "-b", "feature");
        Commit(first + " verified", second);
        git.Succeed("checkout", "-q", "main");
        Commit(first + " accepts MIG2102 \"unused\"");

        Assert.AreEqual(1, git.Run(command, "feature").ExitCode);

        Assert.AreEqual(
            $"{Head}<<<<<<< ours\n{first} accepts MIG2102 \"unused\"\n=======\n{first} verified\n>>>>>>> theirs\n{second}\n",
            Regex.Replace(folder.Read(Approvals), "(<<<<<<< ours\n)(.*verified\n)(=======\n)(.*\"unused\"\n)", "$1$4$3$2"));
        Assert.Contains("UU " + Approvals, git.Succeed("status", "--short"));

        void Commit(params string[] lines)
        {
            folder.Write(Approvals, Head + string.Concat(lines.Select(line => line + "\n")));
            git.Commit("change");
        }
    }

    [TestMethod]
    public void A_conflict_with_short_markers_is_merged_once()
    {
        using var folder = new TestFolder();
        using var git = new GitClone(folder);
        folder.Write(".gitattributes", folder.Read(".gitattributes") + "*.approvals conflict-marker-size=5\n");
        CommitLine("1_A base " + Hashes);
        git.Succeed("checkout", "-q", "-b", "feature");
        CommitLine($"1_A base {Hashes} verified");
        git.Succeed("checkout", "-q", "main");
        CommitLine($"1_A base {Hashes} accepts MIG2102 \"unused\"");

        Assert.AreEqual(1, git.Run("merge", "feature").ExitCode);

        Assert.AreEqual(
            $"{Head}<<<<< ours\n1_A base {Hashes} accepts MIG2102 \"unused\"\n=====\n1_A base {Hashes} verified\n>>>>> theirs\n",
            folder.Read(Approvals));

        void CommitLine(string line)
        {
            folder.Write(Approvals, Head + line + "\n");
            git.Commit("change");
        }
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void A_result_that_cannot_be_written_leaves_both_versions_for_a_merge_of_the_lines()
    {
        using var folder = new TestFolder();
        // A result of more than 256 blocks of 512 bytes is cut off there.
        using var git = new GitClone(folder, start: "trap '' XFSZ; ulimit -f 256; export DOTNET_EnableWriteXorExecute=0");
        var lines = Enumerable.Range(1, 1000).Select(i => $"{i:0000}_A {(i == 1 ? "base" : $"{i - 1:0000}_A")} {Hashes}\n").ToArray();
        folder.Write(Approvals, Head + string.Concat(lines));
        git.Commit("first");
        git.Succeed("checkout", "-q", "-b", "feature");
        var last = lines[^1].TrimEnd();
        folder.Replace(Approvals, last, last + " verified");
        git.Commit("feature");
        git.Succeed("checkout", "-q", "main");
        var first = lines[0].TrimEnd();
        folder.Replace(Approvals, first, first + " verified");
        git.Commit("main");

        var merge = git.Run("merge", "--no-edit", "feature");

        Assert.AreEqual(0, merge.ExitCode, merge.ToString());
        Assert.Contains("error MIG4007: ", merge.Error);
        Assert.DoesNotContain("   at ", merge.Error);
        lines[0] = first + " verified\n";
        lines[^1] = last + " verified\n";
        Assert.AreEqual(Head + string.Concat(lines), folder.Read(Approvals));
        Assert.AreEqual("", git.Succeed("status", "--short"));
    }

    [TestMethod]
    [DataRow(true, DisplayName = "a file that was edited by hand")]
    [DataRow(false, DisplayName = "a clone without the tool")]
    public void Otherwise_git_merges_the_lines(bool hasTool)
    {
        using var folder = new TestFolder();
        using var git = new GitClone(folder, hasTool);
        folder.Write(Snapshot, "// 1\n// 2\n// 3\n// 4\n// 5\n");
        git.Commit("first");
        git.Succeed("checkout", "-q", "-b", "feature");
        folder.Replace(Snapshot, "// 1", "// 1 of the branch");
        git.Commit("feature");
        git.Succeed("checkout", "-q", "main");
        folder.Replace(Snapshot, "// 5", "// 5 of main");
        git.Commit("main");

        var merge = git.Run("merge", "--no-edit", "feature");

        Assert.AreEqual(0, merge.ExitCode, merge.ToString());
        Assert.AreEqual("// 1 of the branch\n// 2\n// 3\n// 4\n// 5 of main\n", folder.Read(Snapshot));
        Assert.AreEqual(hasTool, merge.Error.Contains($"MIG4021: {Snapshot} can't be merged by its structure"), merge.ToString());

        git.Succeed("reset", "-q", "--hard", "HEAD^");
        folder.Replace(Snapshot, "// 1", "// 1 of main");
        git.Commit("main");
        Assert.AreEqual(1, git.Run("merge", "--no-edit", "feature").ExitCode);
        Assert.StartsWith("<<<<<<< ours\n// 1 of main\n=======\n// 1 of the branch\n>>>>>>> theirs\n", folder.Read(Snapshot));
    }

    private const string Head = """
        # MigrationsBuild approvals 1
        # context: App.AppDbContext
        # assembly: App
        # provider: Microsoft.EntityFrameworkCore.Sqlite
        # history: __EFMigrationsHistory
        # migration previous up-sql down-sql source

        """;

    private static string Hashes { get; } = string.Join(" ", Enumerable.Repeat(new string('a', 64), 3));
}
