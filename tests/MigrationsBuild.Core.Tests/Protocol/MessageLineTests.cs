using MigrationsBuild.Messages;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Protocol;

[TestClass]
public class MessageLineTests
{
    public static IEnumerable<string> Values =>
    [
        "", "plain", "two\nlines", "\r\n", "a\tb", @"C:\new\table", @"\", @"\\", "\\\n", "\"'=;", "=", "😀 ä \u0085 \u2028", " spaces ",
        "\0",
    ];

    [TestMethod]
    [DynamicData(nameof(Values))]
    public void A_value_may_be_any_text(string value)
    {
        var line = new MessageLine("name").With("before", "1").With("value", value).With("after", "2").ToString();

        Assert.DoesNotContain("\n", line);
        Assert.DoesNotContain("\r", line);
        var read = MessageLine.Parse(line);
        Assert.AreEqual(("name", "1", value, "2"), (read.Name, read["before"], read.Find("value"), read["after"]));
    }

    [TestMethod]
    public void A_message_is_a_name_and_values_between_tabs() =>
        Assert.AreEqual(
            "m\ta=1\tb=x y\tc=true\td=\te=\\n\\r\\t\\\\",
            new MessageLine("m").With("a", 1).With("b", "x y").With("c", true).With("d", "").With("e", "\n\r\t\\").ToString());

    [TestMethod]
    public void What_is_missing_isnt_what_is_empty()
    {
        var read = MessageLine.Parse(new MessageLine("m").With("empty", "").With("null", null).With("false", false).ToString());

        Assert.AreEqual(("", null, null), (read.Find("empty"), read.Find("null"), read.Find("false")));
        Assert.AreEqual("", read["null"], "The indexer returns the same for both.");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(-1)]
    [DataRow(long.MaxValue)]
    public void Numbers_come_back(long number) =>
        Assert.AreEqual(number, MessageLine.Parse(new MessageLine("m").With("n", number).ToString()).Number("n"));

    [TestMethod]
    public void What_is_no_number_or_truth_is_none()
    {
        var read = MessageLine.Parse("m\tn=many\tt=True\tu=true");

        Assert.AreEqual(
            (0, 0, false, false, true), (read.Number("n"), read.Number("missing"), read.Has("t"), read.Has("missing"), read.Has("u")));
    }

    [TestMethod]
    [DataRow("", "")]
    [DataRow("just text", "just text")]
    [DataRow("m\tno equals sign\t=no name", "m")]
    public void Any_line_is_a_message(string line, string name) => Assert.AreEqual(name, MessageLine.Parse(line).ToString());

    [TestMethod]
    public void A_file_holds_a_message_a_line()
    {
        using var folder = new TestFolder();
        var messages = Values.Select(value => new MessageLine("m").With("value", value)).ToList();

        MessageFile.Write(folder["obj/messages"], messages);

        CollectionAssert.AreEqual(Values.ToArray(), MessageFile.Read(folder["obj/messages"]).Select(message => message["value"]).ToArray());
    }

    [TestMethod]
    public void Empty_lines_of_a_file_are_skipped()
    {
        using var folder = new TestFolder();
        folder.Write("messages", "a\n\nb\r\n\r\n");

        CollectionAssert.AreEqual(new[] { "a", "b" }, MessageFile.Read(folder["messages"]).Select(message => message.Name).ToArray());
    }
}
