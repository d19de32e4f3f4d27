using System.Text;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Testing;
using MigrationsBuild.Tool.Setup;

namespace MigrationsBuild.Tool.Tests;

/// <summary>The files of a repository to which <c>dotnet db init --git</c> adds lines.</summary>
[TestClass]
public class GitStepTests
{
    private const string Owners = "CODEOWNERS";

    [TestMethod]
    public void All_bytes_of_a_file_stay()
    {
        using var folder = new TestFolder();
        using var git = new GitClone(folder);
        var before = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes("* @téam\r\n# no end")).ToArray();
        File.WriteAllBytes(folder[Owners], before);

        new GitStep(folder.Path, null).Run(_ => { }, _ => { });

        CollectionAssert.AreEqual(
            before.Concat(Encoding.UTF8.GetBytes("\r\n*.approvals @téam\r\n")).ToArray(), File.ReadAllBytes(folder[Owners]));
    }

    [TestMethod]
    [DataRow("* @team\n**/*.approvals @dba\n")]
    [DataRow("* @team\n/src/**/*.approvals\t@dba\n")]
    [DataRow("[Database]\n  Shop.approvals @dba # the gate\n* @team\n")]
    public void Owners_that_approvals_files_have_stay(string before) => Assert.AreEqual(before, Owned(before));

    [TestMethod]
    [DataRow("# *.approvals\n* @team\n", "*.approvals @team\n")]
    [DataRow("* @team\n^[Docs]\n*.md @writers\n", "[Database approvals]\n*.approvals @team\n")]
    [DataRow("[Code][2] @devs\r\n* @team\r\n", "[Database approvals]\r\n*.approvals @team\r\n")]
    public void The_owners_of_approvals_have_their_own_line_and_section(string before, string added) =>
        Assert.AreEqual(before + added, Owned(before));

    [TestMethod]
    public void A_file_that_is_not_UTF_8_is_not_changed()
    {
        using var folder = new TestFolder();
        using var git = new GitClone(folder);
        var before = Encoding.Latin1.GetBytes("# Prüfer\n* @team\n");
        File.WriteAllBytes(folder[Owners], before);

        var error = Assert.ThrowsExactly<MigrationsException>(() => new GitStep(folder.Path, null).Run(_ => { }, _ => { }));

        Assert.AreEqual(
            "CODEOWNERS isn't UTF-8 and is not changed. Convert it to UTF-8, and run the command again.", error.Diagnostic.Message);
        CollectionAssert.AreEqual(before, File.ReadAllBytes(folder[Owners]));
    }

    /// <summary>The CODEOWNERS file after the step.</summary>
    private static string Owned(string before)
    {
        using var folder = new TestFolder();
        using var git = new GitClone(folder);
        File.WriteAllText(folder[Owners], before);

        new GitStep(folder.Path, null).Run(_ => { }, _ => { });

        return File.ReadAllText(folder[Owners]);
    }
}
