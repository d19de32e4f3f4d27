using MigrationsBuild.Contexts;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Core.Tests.Protocol;

[TestClass]
public class MessagePipeTests
{
    private static readonly MessageLine[] _messages =
        [new MessageLine("a").With("text", Wire.Odd), new MessageLine("b"), new MessageLine("entity")];

    [TestMethod]
    public void Messages_come_back()
    {
        using var reader = new StringReader(MessagePipe.Text(_messages));

        Assert.AreEqual(Wire.Text(_messages), Wire.Text(MessagePipe.Read(reader)));
        Assert.AreEqual("", reader.ReadToEnd());
    }

    [TestMethod]
    public void What_follows_the_end_isnt_read()
    {
        using var reader = new StringReader(MessagePipe.Text(_messages) + "more\n");

        MessagePipe.Read(reader);

        Assert.AreEqual("more\n", reader.ReadToEnd());
    }

    [TestMethod]
    public void What_breaks_off_anywhere_is_refused()
    {
        var text = MessagePipe.Text(_messages);

        for (var length = 0; length < text.Length - 1; length++)
        {
            using var reader = new StringReader(text[..length]);
            Assert.ThrowsExactly<EndOfStreamException>(() => MessagePipe.Read(reader), $"{length} characters");
        }
    }

    [TestMethod]
    public void A_byte_order_mark_is_skipped()
    {
        using var stream = new MemoryStream([0xEF, 0xBB, 0xBF, .. "a\nend\n"u8]);

        Assert.AreEqual("a", MessagePipe.Read(MessagePipe.Reader(stream)).Single().Name);
    }

    [TestMethod]
    public void A_runner_gets_request_and_migrations_together()
    {
        var history = new HistoryTable(null, "History", "Id", "Version", Wire.Odd);
        var manifest = new Manifest("App.Shop", "Provider", "10.0.0", history, [], ["1_Other"]);
        var request = new RunnerRequest("migrate", "/project") { To = Wire.Odd };

        using var reader = new StringReader(new RunnerInput(request, manifest).ToText());
        var read = RunnerInput.Read(reader);

        Assert.AreEqual(request, read.Request);
        Assert.AreEqual(Wire.Text(manifest.ToMessages()), Wire.Text(read.Manifest.ToMessages()));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("manifest\tmigrations=0\n")]
    [DataRow("request\tverb=migrate\n")]
    [DataRow("request\tverb=migrate\nmanifest\tmigrations=1\n")]
    public void A_runner_does_nothing_without_a_whole_request(string text)
    {
        using var reader = new StringReader(text + "end\n");

        Assert.ThrowsExactly<InvalidOperationException>(() => RunnerInput.Read(reader));
    }
}
