using MigrationsBuild.Files;
using MigrationsBuild.Messages;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Files;

[TestClass]
public sealed class FileTransactionTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FileTransaction _files = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Files_are_written_replaced_and_deleted_together()
    {
        _folder.Write("old", "old").Write("gone", "gone");
        _files.Write(_folder["new/folder/file"], "new");
        _files.Write(_folder["old"], "changed");
        _files.Delete(_folder["gone"]);
        Assert.AreEqual("gone old", Names(), "Nothing happens before the commit.");

        _files.Commit();

        Assert.AreEqual("new/folder/file old", Names());
        Assert.AreEqual("new", _folder.Read("new/folder/file"));
        Assert.AreEqual("changed", _folder.Read("old"));
    }

    [TestMethod]
    public void A_check_that_fails_restores_everything_folders_as_well()
    {
        _folder.Write("changed", "as before");
        _files.Write(_folder["new/folder/file"], "new");
        _files.Write(_folder["changed"], "new");

        Assert.ThrowsExactly<InvalidOperationException>(() => _files.Commit(() =>
        {
            Assert.AreEqual("new", _folder.Read("new/folder/file"), "It sees the files as they will be.");
            throw new InvalidOperationException();
        }));

        Assert.AreEqual("changed", Names());
        Assert.AreEqual("as before", _folder.Read("changed"));
        Assert.IsFalse(Directory.Exists(_folder["new"]));
    }

    [TestMethod]
    public void A_write_that_fails_in_the_middle_restores_everything()
    {
        Directory.CreateDirectory(_folder["folder"]);
        _folder.Write("changed", "as before").Write("deleted", "as before").Write("untouched", "as before");
        _files.Write(_folder["new"], "new");
        _files.Write(_folder["changed"], "new");
        _files.Delete(_folder["deleted"]);
        _files.Write(_folder["folder"], "there is a folder of that name");
        _files.Write(_folder["untouched"], "new");

        Assert.Throws<IOException>(_files.Commit);

        Assert.AreEqual("changed deleted untouched", Names());
        foreach (var file in new[] { "changed", "deleted", "untouched" })
            Assert.AreEqual("as before", _folder.Read(file), file);
    }

    [TestMethod]
    public void A_copy_that_cant_be_deleted_doesnt_undo_anything()
    {
        _folder.Write("a", "as before").Write("b", "as before");
        _files.Write(_folder["a"], "new");
        _files.Delete(_folder["b"]);

        _files.Commit(() =>
        {
            foreach (var copy in Directory.GetFiles(_folder.Path, "*.old.tmp"))
            {
                File.Delete(copy);
                Directory.CreateDirectory(copy);
            }
        });

        Assert.AreEqual("new", _folder.Read("a"));
        Assert.IsFalse(File.Exists(_folder["b"]));
    }

    [TestMethod]
    public void A_file_that_cant_be_restored_is_named_and_the_others_are_restored()
    {
        _folder.Write("a", "as before").Write("b", "as before").Write("c", "as before");
        foreach (var name in new[] { "a", "b", "c", "d" })
            _files.Write(_folder[name], "new");
        var copy = "";

        var failure = Assert.Throws<IOException>(() => _files.Commit(() =>
        {
            copy = Directory.GetFiles(_folder.Path, "b.*.old.tmp").Single();
            File.Delete(_folder["b"]);
            Directory.CreateDirectory(_folder["b"]);
            throw new InvalidOperationException("It doesn't compile.");
        }));

        Assert.StartsWith("It doesn't compile. ", failure.Message);
        Assert.Contains(copy, failure.Message);
        Assert.AreEqual("as before", File.ReadAllText(copy));
        Assert.AreEqual(("as before", "as before"), (_folder.Read("a"), _folder.Read("c")));
        Assert.IsFalse(File.Exists(_folder["d"]));
    }

    [TestMethod]
    public void A_content_that_cant_be_written_down_changes_nothing()
    {
        _folder.Write("changed", "as before").Write("file", "");
        _files.Write(_folder["changed"], "new");
        _files.Write(_folder["file/below"], "there is a file where a folder is needed");

        Assert.Throws<IOException>(_files.Commit);

        Assert.AreEqual("changed file", Names());
        Assert.AreEqual("as before", _folder.Read("changed"));
    }

    [TestMethod]
    public void A_file_that_holds_exactly_this_stays_untouched()
    {
        _folder.Write("a", "same\r\n");
        var time = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_folder["a"], time);

        FileTransaction.WriteFile(_folder["a"], "same\r\n");

        Assert.AreEqual(time, File.GetLastWriteTimeUtc(_folder["a"]));
        _files.Write(_folder["a"], "same\n");
        CollectionAssert.AreEqual(new[] { _folder["a"] }, _files.Written.ToArray(), "Other line ends are another content.");
    }

    [TestMethod]
    public void It_tells_what_it_will_do()
    {
        _folder.Write("a", "").Write("b", "");
        _files.Write(_folder["c"], "");
        _files.Write(_folder["a"], "new");
        _files.Delete(_folder["b"]);
        _files.Delete(_folder["not there"]);

        CollectionAssert.AreEqual(new[] { _folder["c"], _folder["a"] }, _files.Written.ToArray());
        CollectionAssert.AreEqual(new[] { _folder["b"] }, _files.Deleted.ToArray());
    }

    [TestMethod]
    [DataRow(false, new byte[] { 0xC3, 0xA4, 0x0D, 0x0A })]
    [DataRow(true, new byte[] { 0xEF, 0xBB, 0xBF, 0xC3, 0xA4, 0x0D, 0x0A })]
    public void Text_is_written_as_UTF8_with_the_line_ends_it_has(bool byteOrderMark, byte[] bytes)
    {
        _files.Write(_folder["a"], "ä\r\n", byteOrderMark);
        _files.Commit();

        CollectionAssert.AreEqual(bytes, File.ReadAllBytes(_folder["a"]));
    }

    [TestMethod]
    public void Of_several_changes_of_a_file_the_last_one_counts()
    {
        _folder.Write("back", "as before").Write("deleted", "as before").Write("kept", "as before");
        _files.Write(_folder["back"], "new");
        _files.Write(_folder["back"], "as before");
        _files.Write(_folder["never"], "new");
        _files.Delete(_folder["never"]);
        _files.Write(_folder["deleted"], "new");
        _files.Delete(_folder["deleted"]);
        _files.Delete(_folder["kept"]);
        _files.Write(_folder["kept"], "as before");

        _files.Commit();

        Assert.AreEqual("back kept", Names());
        Assert.AreEqual("as before", _folder.Read("back"));
    }

    [TestMethod]
    public void Writers_readers_and_removers_of_one_file_meet_whole_contents_only()
    {
        var path = _folder["state/file"];
        Directory.CreateDirectory(_folder["state"]);

        Parallel.For(0, 4, worker =>
        {
            for (var round = 0; round < 300; round++)
            {
                MessageFile.Write(path, Enumerable.Repeat(new MessageLine("m").With("by", worker), 50));
                var read = MessageFile.ReadIfPresent(path);
                Assert.IsTrue(read.Count is 0 or 50 && read.DistinctBy(message => message["by"]).Count() <= 1, $"{read.Count} lines");
                if (round % 3 == worker % 3)
                    File.Delete(path);
            }
        });

        Assert.IsEmpty(Directory.GetFiles(_folder["state"], "*.tmp"));
    }

    private string Names() =>
        string.Join(' ', _folder.Sources().Keys.Select(name => name.Replace('\\', '/')).Order(StringComparer.Ordinal));
}
