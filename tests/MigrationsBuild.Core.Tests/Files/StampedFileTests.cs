using MigrationsBuild.Files;
using MigrationsBuild.Messages;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Files;

[TestClass]
public sealed class StampedFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Messages_hold_the_files_of_each_folder()
    {
        StampedFile[] files =
        [
            new("/a/b c/d=e.cs", "1:2"), new("/a/x.cs", "-"), new("/a/b c/tab\tline\n.cs", "3"), new("/", "4"), new("name", "5"),
        ];

        var messages = StampedFile.ToMessages("files", files).ToList();
        var read = messages.SelectMany(message => StampedFile.Read(MessageLine.Parse(message.ToString()))).ToList();

        CollectionAssert.AreEquivalent(files, read);
        CollectionAssert.AreEqual(new[] { "/a/b c/", "/a/", "/", "" }, messages.ConvertAll(message => message["folder"]));
    }

    [TestMethod]
    public void A_file_has_changed_if_it_was_edited_deleted_or_created()
    {
        _folder.Write("edited.cs", "1").Write("deleted.cs", "1").Write("same.cs", "1");
        var files = new[] { "edited.cs", "deleted.cs", "created.cs", "same.cs", "nowhere.cs" }
            .Select(name => StampedFile.Now(_folder[name])).ToList();
        Assert.DoesNotContain(file => file.HasChanged, files);

        _folder.Write("edited.cs", "12").Write("created.cs", "");
        File.Delete(_folder["deleted.cs"]);

        CollectionAssert.AreEqual(new[] { true, true, true, false, false }, files.ConvertAll(file => file.HasChanged));
    }

    [TestMethod]
    public void The_target_of_a_link_counts()
    {
        // With UseSymboliclinksIfPossible, MSBuild links assemblies instead of copying them.
        _folder.Write("obj/Lib.dll", "one").Write("elsewhere/a.sql", "1");
        File.CreateSymbolicLink(_folder["Lib.dll"], _folder["obj/Lib.dll"]);
        Directory.CreateSymbolicLink(_folder["Migrations"], _folder["elsewhere"]);
        var (file, folder) = (StampedFile.Now(_folder["Lib.dll"]), StampedFile.Now(_folder["Migrations"]));
        Assert.IsFalse(file.HasChanged);
        Assert.IsFalse(folder.HasChanged);

        _folder.Write("obj/Lib.dll", "two").Write("elsewhere/b.sql", "1");

        Assert.IsTrue(file.HasChanged);
        Assert.IsTrue(folder.HasChanged);
        File.Delete(_folder["obj/Lib.dll"]);
        Assert.AreEqual(FileStamp.Missing, FileStamp.Of(_folder["Lib.dll"]));
    }

    [TestMethod]
    public void The_stamp_of_a_folder_is_that_of_its_entries()
    {
        _folder.Write("Migrations/a.sql", "1");
        var folder = StampedFile.Now(_folder["Migrations"]);
        Assert.AreNotEqual(FileStamp.Missing, folder.Stamp);
        Assert.IsFalse(folder.HasChanged);

        _folder.Write("Migrations/b.sql", "1");

        Assert.IsTrue(folder.HasChanged);
    }
}
