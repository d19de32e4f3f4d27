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
}
