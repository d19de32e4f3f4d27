using MigrationsBuild.Files;
using MigrationsBuild.Messages;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Files;

[TestClass]
public sealed class HashCacheTests : IDisposable
{
    private static readonly DateTime _time = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_file_of_the_same_size_and_time_isnt_read_again()
    {
        var hash = Save("one");
        WriteSource("two");

        Assert.AreEqual(hash, Cache().Of(_folder["a.cs"]));
    }

    [TestMethod]
    public void A_file_of_another_time_is()
    {
        Save("one");
        WriteSource("two");
        File.SetLastWriteTimeUtc(_folder["a.cs"], _time.AddTicks(1));

        Assert.AreEqual(ContentHash.OfText("two"), Cache().Of(_folder["a.cs"]));
    }

    [TestMethod]
    public void A_file_of_another_size_is()
    {
        Save("one");
        WriteSource("three");

        Assert.AreEqual(ContentHash.OfText("three"), Cache().Of(_folder["a.cs"]));
    }

    [TestMethod]
    public void A_file_that_came_or_went_is()
    {
        Save("one");
        File.Delete(_folder["a.cs"]);

        Assert.AreEqual(ContentHash.OfText(""), Cache().Of(_folder["a.cs"]));
        Cache().Save();
        WriteSource("one");
        Assert.AreEqual(ContentHash.OfText("one"), Cache().Of(_folder["a.cs"]));
    }

    [TestMethod]
    public void What_nobody_asks_for_any_more_is_forgotten()
    {
        Save("one");

        Cache().Save();

        Assert.AreEqual("", _folder.Read("obj/hashes"));
    }

    [TestMethod]
    [DataRow("garbage\n")]
    [DataRow("source\tfile=\n\nsource\n")]
    public void Garbage_is_an_empty_cache(string text)
    {
        _folder.Write("obj/hashes", text);
        WriteSource("one");

        Assert.AreEqual(ContentHash.OfText("one"), Cache().Of(_folder["a.cs"]));
    }

    [TestMethod]
    public void So_is_a_file_that_isnt_text()
    {
        Directory.CreateDirectory(_folder["obj"]);
        File.WriteAllBytes(_folder["obj/hashes"], [0xE4, 0x0A]);
        WriteSource("one");

        Assert.AreEqual(ContentHash.OfText("one"), Cache().Of(_folder["a.cs"]));
    }

    private string Save(string text)
    {
        WriteSource(text);
        var cache = Cache();
        var hash = cache.Of(_folder["a.cs"]);
        cache.Save();
        Assert.AreEqual(_folder["a.cs"], MessageFile.Read(_folder["obj/hashes"]).Single()["file"]);
        return hash;
    }

    private void WriteSource(string text)
    {
        _folder.Write("a.cs", text);
        File.SetLastWriteTimeUtc(_folder["a.cs"], _time);
    }

    private HashCache Cache() => new(_folder["obj/hashes"]);
}
