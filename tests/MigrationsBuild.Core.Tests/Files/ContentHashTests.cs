using MigrationsBuild.Files;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Files;

[TestClass]
public sealed class ContentHashTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [DataRow("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [DataRow("ä", "33e6d73fee82904c8d7afb78de1154d1e8dc2a0edb08120e63df5b9385c2d9cc")]
    public void A_hash_is_SHA256_of_UTF8_in_lower_case(string text, string hash)
    {
        Assert.AreEqual(hash, ContentHash.OfText(text));
        Assert.IsTrue(ContentHash.IsHash(hash));
    }

    [TestMethod]
    [DataRow("a\r\nb", "a\nb")]
    [DataRow("\uFEFFa\nb", "a\nb")]
    public void Line_ends_and_byte_order_mark_dont_change_a_sources_hash(string one, string other)
    {
        _folder.Write("one.cs", one).Write("other.cs", other);

        Assert.AreEqual(ContentHash.OfSource(_folder["one.cs"]), ContentHash.OfSource(_folder["other.cs"]));
    }

    [TestMethod]
    [DataRow("a\nb", "a b")]
    [DataRow("a\rb", "a\nb")]
    [DataRow("a", "")]
    public void Anything_else_does(string one, string other)
    {
        _folder.Write("one.cs", one).Write("other.cs", other);

        Assert.AreNotEqual(ContentHash.OfSource(_folder["one.cs"]), ContentHash.OfSource(_folder["other.cs"]));
    }

    [TestMethod]
    public void A_source_that_isnt_there_is_empty() => Assert.AreEqual(ContentHash.OfText(""), ContentHash.OfSource(_folder["nothing.cs"]));

    [TestMethod]
    public void A_source_in_another_encoding_has_a_hash_too()
    {
        File.WriteAllBytes(_folder["a.cs"], [(byte)'/', (byte)'/', 0xE4, 0x0D, 0x0A]);
        File.WriteAllBytes(_folder["b.cs"], [(byte)'/', (byte)'/', 0xE4, 0x0A]);
        File.WriteAllBytes(_folder["c.cs"], [(byte)'/', (byte)'/', 0xF6, 0x0A]);

        Assert.AreEqual(ContentHash.OfSource(_folder["a.cs"]), ContentHash.OfSource(_folder["b.cs"]));
        Assert.AreNotEqual(ContentHash.OfSource(_folder["b.cs"]), ContentHash.OfSource(_folder["c.cs"]));
    }

    [TestMethod]
    public void The_hash_of_hashes_knows_their_order_and_bounds()
    {
        Assert.AreNotEqual(ContentHash.OfHashes("a", "b"), ContentHash.OfHashes("b", "a"));
        Assert.AreNotEqual(ContentHash.OfHashes("ab", "c"), ContentHash.OfHashes("a", "bc"));
    }

    [TestMethod]
    [DataRow("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [DataRow("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555")]
    [DataRow("E3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [DataRow("g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [DataRow("")]
    public void Nothing_else_is_a_hash(string text) => Assert.IsFalse(ContentHash.IsHash(text));
}
